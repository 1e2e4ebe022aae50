"""`charter check`: is the charter valid, and is an owner on duty every minute of the week? `charter show`: read it."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from backend.charters import samples
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.domain.ownership import Gap, gaps_in_duty

app = typer.Typer(no_args_is_help=True, help="The public promises of an operator.")
_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@app.command()
def check(
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
    production: Annotated[bool, typer.Option("--production", help="Refuse placeholders 示例, too.")] = False,
) -> None:
    """Validate the charter; prove that every minute of the week has an owner on duty."""
    charter = charter_or_fail(operator=operator, root=root)
    gaps = gaps_in_duty(charter=charter)
    if gaps:
        fail(*(f"staff.yml: {_gap_text(gap)}" for gap in gaps), code=1)
    placeholders = samples(charter)
    if production and placeholders:
        fail(*(f"{entry} is a placeholder (sample: true), not for production" for entry in placeholders), code=1)
    typer.echo(
        f"{operator}, version {charter.version}: {len(charter.commitments)} commitments with a limit, "
        f"{len(charter.major_complaints)} rules for major complaints, {len(charter.fees)} fees, "
        f"{len(charter.areas)} areas, {len(charter.staff)} staff; "
        f"an owner is on duty every minute of the week; {len(placeholders)} placeholders 示例"
    )


def _gap_text(gap: Gap) -> str:
    where = f"area {gap.area}" if gap.area else "an address in no listed area"
    until = "24:00" if gap.end.hour == gap.end.minute == 0 else f"{gap.end:%H:%M}"
    return f"nobody on duty for {where} on {_WEEKDAYS[gap.weekday]} {gap.start:%H:%M}–{until}"


@app.command()
def show(operator: OperatorOption = DEFAULT_OPERATOR, root: RootOption = DEFAULT_ROOT) -> None:
    """The commitments, fees and processes, each with its rule and source."""
    charter = charter_or_fail(operator=operator, root=root)
    console = Console()
    console.print(f"{charter.operator.name} {charter.version} ({charter.digest[:12]})")
    console.print(f"服务热线 {charter.operator.hotline}；监督电话 {charter.operator.supervision_phone}")
    limits = Table("承诺", "时限", "规则", "出处", title="限时办结")
    for clause in charter.commitments:
        limits.add_row(clause.label, clause.limit.text, clause.rule, clause.source)
    major = Table("重大投诉", "规则", "出处", title="急事急办")
    for rule in charter.major_complaints:
        major.add_row(rule.label, rule.rule, rule.source)
    fees = Table("项目", "标准", "出处", title="收费")
    for fee in charter.fees:
        fees.add_row(fee.label, fee.text, "示例" if fee.sample else f"{fee.source} {fee.as_of}".strip())
    processes = Table("业务", "材料", "出处", title="办理")
    for process in charter.processes.values():
        processes.add_row(process.label, "；".join(process.materials), process.source)
    for table in (limits, major, fees, processes):
        console.print(table)
