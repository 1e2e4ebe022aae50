"""`charter check`: is it valid, and is an owner on duty every minute of the week? `show`: read it. `diff`: compare."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from backend.charter_diff import differences, fields_in_words
from backend.charters import samples
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.domain.charter import Charter
from backend.domain.ownership import Gap, gaps_in_duty
from backend.domain.stated import Stated
from backend.domain.vocabulary import Mark

app = typer.Typer(no_args_is_help=True, help="The public promises of an operator.")
_MARKS = {Mark.SOURCE: "", Mark.PRODUCT: "（产品规则）", Mark.CONFIGURED: "（运营商自定）"}
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
    """The commitments, rules, fees and processes, each with its rule and source."""
    charter = charter_or_fail(operator=operator, root=root)
    console = Console()
    console.print(f"{charter.operator.name} {charter.version} ({charter.digest[:12]})")
    console.print(f"服务热线 {charter.operator.hotline}；监督电话 {charter.operator.supervision_phone}")
    limits = Table("承诺", "时限", "规则", "出处", title="限时办结")
    for clause in charter.commitments:
        limits.add_row(clause.label, clause.limit.text, clause.rule, _source(clause))
    for figure in charter.typical:
        limits.add_row(f"{figure.label}（以往，不是承诺）", figure.text, figure.rule, _source(figure))
    major = Table("重大投诉", "规则", "出处", title="急事急办")
    for rule in charter.major_complaints:
        major.add_row(rule.label, rule.rule, _source(rule))
    rules = Table("办理", "内容", "规则", "出处", title="办理规则")
    for name, stated in (*(("return_visits", rule) for rule in charter.return_visits), *_rules(charter)):
        rules.add_row(name, _in_words(stated), stated.rule, _source(stated))
    fees = Table("项目", "标准", "出处", title="收费")
    for fee in charter.fees:
        fees.add_row(fee.label, fee.text, "示例" if fee.sample else f"{fee.source} {fee.as_of}".strip())
    processes = Table("业务", "材料", "出处", title="办理")
    for process in charter.processes.values():
        processes.add_row(process.label, "；".join(process.materials), process.source or "示例")
    for table in (limits, major, rules, fees, processes):
        console.print(table)


def _rules(charter: Charter) -> Iterator[tuple[str, Stated]]:
    for field in fields(charter):
        value = getattr(charter, field.name)
        if isinstance(value, Stated):
            yield field.name, value


def _in_words(stated: Stated) -> str:
    own = {field.name for field in fields(Stated)}
    return "\n".join(f"{name}: {told}" for name, told in fields_in_words(stated).items() if name not in own)


def _source(stated: Stated) -> str:
    return f"{stated.source}{_MARKS[stated.mark]}"


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="An operator, or operator@date: the version in force on that day.")],
    after: Annotated[str, typer.Argument(help="What it is compared with, named the same way.")],
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """What differs between two versions or two operators: - only in the first, + only in the second, ~ changed."""
    found = differences(before=_named(before, root=root), after=_named(after, root=root))
    for each in found:
        if each.before is None:
            typer.echo(f"+ {each.place}: {each.after}")
        elif each.after is None:
            typer.echo(f"- {each.place}: {each.before}")
        else:
            typer.echo(f"~ {each.place}: {each.before} → {each.after}")
    if not found:
        typer.echo("no difference")


def _named(text: str, *, root: Path) -> Charter:
    operator, _, day = text.partition("@")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        fail(f"{text}: is not an operator, or operator@date like jiangxi@2026-11-01")
    return charter_or_fail(operator=operator, root=root, on=on)
