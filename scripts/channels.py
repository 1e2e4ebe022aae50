"""`python -m scripts.channels`: docs/channels.md, which feature works on which channel, and the tests that show it."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from scripts.rules import places
from scripts.services import ROOT

FILE: Final = ROOT / "docs" / "channels.md"
NAMES: Final = Path(__file__).with_suffix(".yml")
TESTS: Final = ROOT / "tests"
MARK: Final = "pytest.mark.channel"
_HEAD: Final = """# Channels

Made by `python -m scripts.channels` from the marks on the tests (`@pytest.mark.channel("web", feature="图片上传")`),
never by hand: how many tests show that a feature works on a channel; “–”: no test shows it; “n/a”: why stands below.
"""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A mark on a test: `test` is its name, `file` relative to the repository."""

    channel: str
    feature: str
    file: str
    test: str


@dataclass(frozen=True, kw_only=True)
class Feature:
    """`tests` by channel and file; `not_on`: by channel, why it isn't there."""

    name: str
    what: str
    not_on: Mapping[str, str]
    tests: Mapping[str, Mapping[str, set[str]]]


def channels() -> dict[str, str]:
    """What each is called, by its key."""
    return dict(yaml.safe_load(NAMES.read_text("utf-8"))["channels"])


def features(marks: list[Marked]) -> list[Feature]:
    tests: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mark in marks:
        tests[mark.feature, mark.channel][mark.file].add(mark.test)
    return [
        Feature(
            name=name,
            what=said["what"],
            not_on=said.get("not_on", {}),
            tests={channel: tests[name, channel] for channel in channels() if (name, channel) in tests},
        )
        for name, said in yaml.safe_load(NAMES.read_text("utf-8"))["features"].items()
    ]


def marked(folder: Path = TESTS) -> list[Marked]:
    """Every mark on a test of the folder, or on the whole of a module (`pytestmark`)."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text("utf-8")
        if MARK in text:
            file = path.relative_to(folder.parent).as_posix()
            found += [
                Marked(channel=channel, feature=feature, file=file, test=test)
                for test, channel, feature in _marks(ast.parse(text))
            ]
    return found


def _marks(module: ast.Module) -> Iterator[tuple[str, str, str]]:
    """(test, channel, feature)."""
    of_all: list[ast.expr] = []
    for node in module.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["pytestmark"]:
            of_all += node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for mark in (*node.decorator_list, *of_all):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                    said = [*mark.args, *(keyword.value for keyword in mark.keywords if keyword.arg == "feature")]
                    channel, feature = (ast.literal_eval(value) for value in said)
                    yield node.name, channel, feature


def written(rows: list[Feature]) -> str:
    named = channels()
    parts = [_HEAD, "| " + " | ".join(("feature", *named.values())) + " |", "| --- " * (len(named) + 1) + "|"]
    parts += [f"| {row.name} | " + " | ".join(_cell(row, channel) for channel in named) + " |" for row in rows]
    return "\n".join((*parts, "", *(_section(row, named) for row in rows)))


def _cell(row: Feature, channel: str) -> str:
    if channel in row.tests:
        return str(sum(len(names) for names in row.tests[channel].values()))
    return "n/a" if channel in row.not_on else "–"


def _section(row: Feature, named: Mapping[str, str]) -> str:
    lines = [f"## {row.name}\n", f"{row.what[0].upper()}{row.what[1:]}.\n"]
    lines += [f"- {named[channel]}: {places(tests)}" for channel, tests in row.tests.items()]
    lines += [f"- {named[channel]}: n/a, {why}" for channel, why in row.not_on.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    FILE.write_text(written(features(marked())), encoding="utf-8")


if __name__ == "__main__":
    main()
