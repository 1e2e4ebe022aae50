"""`python -m scripts.lookups`: the place names of all charters as lookup tables for the engine, data/nlu/lookups/."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from backend.charters import load_charter
from backend.domain.charter import Charter
from scripts.services import ROOT

FILE: Final = ROOT / "data" / "nlu" / "lookups" / "places.yml"
_HEAD: Final = "# Made by `python -m scripts.lookups` from charters/, never by hand: places that addresses name.\n"


def charters(root: Path = ROOT / "charters") -> list[Charter]:
    return [load_charter(operator=folder.name, root=root) for folder in sorted(root.iterdir()) if folder.is_dir()]


def tables(read: Iterable[Charter]) -> dict[str, list[str]]:
    """`area`: what areas 片区 are called; `outlet`: districts and streets of the outlets 营业厅."""
    found: dict[str, set[str]] = {"area": set(), "outlet": set()}
    for charter in read:
        for area in charter.areas:
            found["area"].update(area.aliases)
        for outlet in charter.outlets:
            street = outlet.address.removeprefix(outlet.district).rstrip(" 0123456789号")
            found["outlet"].update({outlet.name.removesuffix("营业厅"), outlet.district, street})
    return {table: sorted(name for name in names if len(name) > 1) for table, names in found.items()}


def written(found: dict[str, list[str]]) -> str:
    """In Rasa's format."""
    entries = (
        f"  - lookup: {table}\n    examples: |\n" + "".join(f"      - {name}\n" for name in names)
        for table, names in found.items()
    )
    return _HEAD + 'version: "3.1"\nnlu:\n' + "".join(entries)


def main() -> None:
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(written(tables(charters())), encoding="utf-8")


if __name__ == "__main__":
    main()
