"""What import-linter can't say: "only" rules. design.md, Layout."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_THE_BACKEND = {"backend.client", "backend.charters", "backend.calendars", "backend.domain", "backend.telemetry"}


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from ([f"backend.{alias.name}" for alias in node.names] if module == "backend" else [module])


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules("backend/domain"), ids=lambda path: path.stem)
def test_the_domain_imports_the_standard_library_only(path):
    for name in imported_by(path):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("backend.domain"), name


@pytest.mark.parametrize("path", [*modules("bot"), *modules("actions")], ids=lambda path: path.stem)
def test_bot_and_actions_import_only_what_the_backend_gives_out(path):
    of_backend = {name for name in imported_by(path) if name.split(".")[0] == "backend"}
    assert {".".join(name.split(".")[:2]) for name in of_backend} <= OF_THE_BACKEND
