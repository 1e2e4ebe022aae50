"""`assessment --month 2026-11`: the sheet of a month or a year, as a table and as CSV; `fault`: what points go for."""

import csv
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.assessment import Fault
from backend.domain.performance import Rate
from backend.messages.faults import FaultNoted
from backend.settings import database_url
from backend.store.repository import SqlStore
from backend.usecases.assessment import Line, Whose, assess

NO_DATA: Final = "无数据"
_LABELS: Final = {Whose.AREA: "片区", Whose.PERSON: "个人", Whose.DEPARTMENT: "部门"}
_COLUMNS: Final = (
    *("对象", "编号", "名称", "工单", "按期率", "投诉率", "回复率", "满意度"),
    *("户数/人", "标准", "积分", "奖惩（元）", "其他"),
)


def show_assessment(
    *,
    month: Annotated[str, typer.Option(help="2026-11")] = "",
    year: Annotated[str, typer.Option(help="2026")] = "",
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Written as CSV, too.")] = None,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """Figures per area, person and department; what nothing happened of says so."""
    since, until = _span(month=month, year=year)
    charter = charter_or_fail(operator=operator, root=root)
    if charter.assessment is None:
        fail(f"{operator}: no assessment is published", code=1)
    with readable_engine(database_url(os.environ)) as engine:
        lines = assess(
            since=since,
            until=until,
            assessment=charter.assessment,
            charter=charter,
            store=SqlStore(engine),
            now=datetime.now(UTC),
        )
    rows = [_row(line) for line in lines]
    table = Table(*_COLUMNS, title=f"{charter.operator.short_name}考核 {month or year}")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    if csv_file:
        _write(csv_file, rows)


def record_fault(
    *,
    member: Annotated[str, typer.Option(help="The job number it is about.")],
    fault: Annotated[Fault, typer.Option()],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    note: Annotated[str, typer.Option()],
    by: Annotated[str, typer.Option("--by", help="Your job number: a leader.")],
) -> None:
    """A fault that takes points (R7.1). Upheld complaints count by themselves."""
    noted = FaultNoted(member=member, fault=fault, on=on.date(), note=note, by=by)
    ask_backend(lambda backend, turn: backend.record_fault(noted, correlation_id=turn))
    typer.echo(f"工号 {member}  {on:%Y-%m-%d}  {fault}  {note}")


def _span(*, month: str, year: str) -> tuple[date, date]:
    """Its first day, and the first day after it."""
    if bool(month) is bool(year):
        fail("one of --month and --year, please")
    try:
        since = date.fromisoformat(f"{month}-01" if month else f"{year}-01-01")
    except ValueError:
        fail(f"{month or year}: must be like {'2026-11' if month else '2026'}")
    if year or since.month == 12:
        return since, date(since.year + 1, 1, 1)
    return since, date(since.year, since.month + 1, 1)


def _row(line: Line) -> tuple[str, ...]:
    found, load, month = line.figures, line.load, line.month
    return (
        _LABELS[line.whose],
        line.key,
        line.name,
        str(found.tickets),
        _percent(found.on_time),
        _percent(line.complaints),
        _percent(found.replied) if found.replied else "",
        _percent(found.satisfied),
        str(load.each or NO_DATA) if load else "",
        str(load.norm or "") if load else "",
        str(month.points) if month else "",
        str(month.yuan) if month else "",
        "；".join(month.consequences) if month else "",
    )


def _percent(rate: Rate) -> str:
    return NO_DATA if rate.percent is None else f"{rate.percent}%"


def _write(file: Path, rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8-sig") as out:  # the mark lets spreadsheets read it as UTF-8
        csv.writer(out).writerows([_COLUMNS, *rows])
