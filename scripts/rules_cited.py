"""Where files name service rules: in code the innermost function or class, in other files the file."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from scripts.services import ROOT

Cited = dict[str, dict[str, set[str]]]  # rule → file → names in it; none: the file as a whole
_NAMED: Final = re.compile(r"(?:\bR|_r)([1-9])[._](\d+)(?!\.?\d)(?:–R\1\.(\d+)\b)?")  # R1.10, test_r1_10_…, R5.1–R5.3


def rules_in(text: str) -> Iterator[str]:
    """Also those between the ends of "R1.13–R1.15"."""
    for chapter, first, last in _NAMED.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"R{chapter}.{number}"


def cited(folders: Iterable[str], *, root: Path = ROOT, patterns: Iterable[str] = ("*.py",)) -> Cited:
    found: Cited = defaultdict(lambda: defaultdict(set))
    for path in (file for folder in folders for pattern in patterns for file in (root / folder).rglob(pattern)):
        text = path.read_text("utf-8")
        named = [(number, rule) for number, line in enumerate(text.splitlines(), start=1) for rule in rules_in(line)]
        names = _names_by_line(text) if named and path.suffix == ".py" else {}
        for number, rule in named:
            found[rule][path.relative_to(root).as_posix()].update({names[number]} if number in names else ())
    return found


def _names_by_line(text: str) -> Mapping[int, str]:
    names: dict[int, str] = {}
    for node in ast.walk(ast.parse(text)):  # from the outside in, so the innermost has the last word
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name))
    return names
