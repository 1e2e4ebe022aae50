"""What import-linter can't say: only the standard library. The other arrows: pyproject.toml, by design.md, Layout."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", sorted((ROOT / "backend/domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_imports_the_standard_library_only(path):
    for name in imported_by(path):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("backend.domain"), name
