"""`python -m scripts.rules`: docs/rules.md, each service rule with its clauses, its functions and its tests."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from scripts.rules_cited import cited, rules_in
from scripts.services import ROOT

FILE: Final = ROOT / "docs" / "rules.md"
NAMES: Final = Path(__file__).with_suffix(".yml")
CHARTERS: Final = ROOT / "charters"
CODE: Final = ("actions", "backend", "bot")
TESTS: Final = (
    "tests/acceptance",
    "tests/contract",
    "tests/dialogues",
    "tests/integration",
    "tests/spec",
    "tests/unit/actions",
)
CHAPTERS: Final = (
    "Limits 限时办结",
    "First-inquiry responsibility 首问负责制",
    "Publicity 服务项目公示",
    "Area contracts 承包制",
    "Return visits 回访",
    "Accountability 责任追究",
    "Supervision, assessment, training",
    "How to speak",
    "Conveniences",
)
_NOT_TOLD: Final = frozenset({"aliases", "effective_from", "label", "mark", "rule", "source", "text"})
_HEAD: Final = """# Rules

Made by `python -m scripts.rules`, never by hand: each service rule with the clauses of the operators' charters that
hold it, the code that names it and the tests that name it. [S]: the source says it; [P]: the product's own; [C]:
configured by the operator. An operator that is not listed under a rule is silent about it; where none is listed, the
rule is the same for all.
"""


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A rule and where it stands. `clauses`: by operator; `issue`: where what is missing belongs."""

    rule: str
    what: str
    marks: tuple[str, ...]
    clauses: Mapping[str, list[str]]
    code: Mapping[str, set[str]]
    tests: Mapping[str, set[str]]
    issue: str | None
    part: str | None

    @property
    def is_kept(self) -> bool:
        return bool((self.clauses or self.code) and self.tests)


def traced() -> list[Traced]:
    names = yaml.safe_load(NAMES.read_text("utf-8"))
    held, code, tests = clauses(), cited(CODE), cited(TESTS, patterns=("test_*.py", "*.yml"))
    return [
        Traced(
            rule=rule,
            what=said["what"],
            marks=tuple(said["mark"].split()),
            clauses=held.get(rule, {}),
            code=code.get(rule, {}),
            tests=tests.get(rule, {}),
            issue=said.get("issue"),
            part=said.get("part"),
        )
        for rule, said in names.items()
    ]


def written(rules: list[Traced]) -> str:
    parts = [_HEAD]
    for number, chapter in enumerate(CHAPTERS, start=1):
        parts.append(f"## {number} {chapter}\n")
        parts += [_section(rule) for rule in rules if rule.rule.startswith(f"R{number}.")]
    return "\n".join(parts)


def _section(rule: Traced) -> str:
    lines = [f"### {rule.rule} {rule.what} {' '.join(f'[{mark}]' for mark in rule.marks)}\n"]
    lines += [f"- {operator}: {'; '.join(clauses)}" for operator, clauses in sorted(rule.clauses.items())]
    lines += [f"- {kind}: {places(found)}" for kind, found in (("code", rule.code), ("tests", rule.tests)) if found]
    if rule.issue:
        lines.append(f"- issue “{rule.issue}”{f': {rule.part}' if rule.part else ''}")
    return "\n".join(lines) + "\n"


def places(found: Mapping[str, set[str]]) -> str:
    places = ((f"`{file}`", ", ".join(sorted(names))) for file, names in sorted(found.items()))
    return "; ".join(f"{file} ({names})" if names else file for file, names in places)


def clauses() -> dict[str, dict[str, list[str]]]:
    """By rule and operator. A file whose remarks name a rule that none of its entries has stands there as a whole."""
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(CHARTERS.glob("*/*.yml")):
        operator, text = path.parent.name, path.read_text("utf-8")
        entries = list(_entries(yaml.load(text, Loader=yaml.CSafeLoader)))
        for rule, clause in entries:
            held[rule][operator].append(clause)
        remarked = {rule for line in text.splitlines() for rule in rules_in(line.partition("#")[2])}
        for rule in remarked - {rule for rule, _ in entries}:
            held[rule][operator].append(f"`{path.name}`")
    return held


def _entries(value: object, *, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _entries(each, path=path)
    if isinstance(value, dict):
        if isinstance(value.get("rule"), str):
            yield value["rule"], _told(value, path=path)
        for key, inner in value.items():
            yield from _entries(inner, path=f"{path}.{key}" if path else str(key))


def _told(entry: Mapping[str, Any], *, path: str) -> str:
    """The key, the figures beside it, and who says it where it is not the source."""
    figures = [f"{key} {_plain(value)}" for key, value in entry.items() if key not in _NOT_TOLD and _plain(value)]
    mark = [str(entry["mark"])] if "mark" in entry else []
    return f"`{path}`" + (f" ({', '.join(figures + mark)})" if figures or mark else "")


def _plain(value: object) -> str:
    if value is None:
        return "not published"
    return str(value).lower() if isinstance(value, bool | int) else value if _is_short(value) else ""


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= len("after_month_assessment")


def main() -> None:
    FILE.write_text(written(traced()), encoding="utf-8")


if __name__ == "__main__":
    main()
