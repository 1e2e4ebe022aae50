"""Tables as CSV for a spreadsheet: UTF-8 with its mark, and no cell that it would take for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final
from urllib.parse import quote

from sanic.response import HTTPResponse

MARK: Final = "\ufeff"  # by it a spreadsheet knows that it is UTF-8
FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
Cell = str | int | float | None


def sheet(name: str, *, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HTTPResponse:
    """A file to save. `name` without its ending; what is None is an empty cell."""
    out = StringIO(MARK, newline="")
    out.seek(0, 2)
    csv.writer(out).writerows([head, *([_harmless(cell) for cell in row] for row in rows)])
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}.csv"}
    return HTTPResponse(out.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


def _harmless(cell: Cell) -> Cell:
    """Text that would be a formula is led by an apostrophe; a number below zero is none."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
