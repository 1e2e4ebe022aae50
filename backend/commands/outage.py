"""`outage add|list|move|end`: known outages 已知故障 and maintenance 停机检修. Times are in Shanghai."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from backend.client import Announcement, Moving, OutageView, ShapeInvalid
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.charter import Charter
from backend.domain.outage import KIND_LABELS, Outage
from backend.domain.vocabulary import OutageKind, Service
from backend.domain.working_time import SHANGHAI, local
from backend.refusals import AreaUnknown
from backend.settings import database_url
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="Known outages and planned maintenance.")
By = Annotated[str, typer.Option("--by", help="Your job number.")]


@app.callback()
def _group() -> None:
    """Known outages and planned maintenance."""


@app.command()
def add(
    *,
    area: Annotated[list[str], typer.Option(help="Key or name in areas.yml; for each an announcement of its own.")],
    service: Annotated[list[Service], typer.Option(help="May be given several times.")],
    cause: Annotated[str, typer.Option(help="As customers shall hear it, e.g. 光缆被挖断.")],
    by: By,
    kind: OutageKind = OutageKind.KNOWN_OUTAGE,
    since: Annotated[str | None, typer.Option("--from", help="2026-11-22 20:00; without it, now.")] = None,
    until: Annotated[str | None, typer.Option(help="When it is expected to be over; needed for maintenance.")] = None,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """Announce it; customers of the area are told from now on."""
    charter = charter_or_fail(operator=operator, root=root)
    for key in [_key(charter, named) for named in area]:
        announcement = Announcement(
            kind=kind,
            area=key,
            services=frozenset(service),
            cause=cause,
            starts_at=_moment(since) if since else datetime.now(UTC),
            expected_until=_moment(until) if until else None,
            announced_by=by,
        )
        typer.echo(_line(_announced(announcement), charter))
    if kind is OutageKind.MAINTENANCE:
        for pledge in charter.pledges:
            if pledge.rule == "R1.10":
                typer.echo(f"公开承诺：{pledge.text}")


@app.command()
def move(
    number: int,
    *,
    since: Annotated[str, typer.Option("--from", help="When it begins instead, like 2026-11-22 20:00.")],
    by: By,
    until: Annotated[str | None, typer.Option(help="When it is expected to be over; needed for maintenance.")] = None,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """改期: planned work is at another time; who was told of it is told again."""
    charter = charter_or_fail(operator=operator, root=root)
    moving = Moving(starts_at=_moment(since), expected_until=_moment(until) if until else None, moved_by=by)
    moved = ask_backend(lambda backend, turn: backend.move_outage(moving, number=number, correlation_id=turn))
    typer.echo(_line(moved, charter))


@app.command("end")
def end_outage(
    number: int, *, by: By, operator: OperatorOption = DEFAULT_OPERATOR, root: RootOption = DEFAULT_ROOT
) -> None:
    """It is mended, or called off."""
    charter = charter_or_fail(operator=operator, root=root)
    ended = ask_backend(lambda backend, turn: backend.end_outage(number=number, ended_by=by, correlation_id=turn))
    typer.echo(f"{_line(ended, charter)}  结束")


@app.command("list")
def list_outages(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
) -> None:
    """What is announced, the earliest first."""
    charter, now = charter_or_fail(operator=operator, root=root), datetime.now(UTC)
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        outages = tickets.outages.all()
    shown = [outage for outage in outages if everything or not outage.is_over(at=now)]
    for outage in shown:
        over = f"  结束（{outage.ended_by or '按计划'}）" if outage.is_over(at=now) else ""
        typer.echo(f"{_line(outage, charter)}  工号 {outage.announced_by}{over}")
    if not shown:
        typer.echo("没有公告")


def _announced(announcement: Announcement) -> OutageView:
    try:
        checked = Announcement.from_json(announcement.to_json())
    except ShapeInvalid as wrong:
        fail(*wrong.problems)
    return ask_backend(lambda backend, turn: backend.announce_outage(checked, correlation_id=turn))


def _key(charter: Charter, said: str) -> str:
    found = next((area.key for area in charter.areas if said in {area.key, area.name}), None)
    if found is None:
        fail(AreaUnknown(area=said).message, code=1)
    return found


def _moment(text: str) -> datetime:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{text}: must be like 2026-11-22 20:00")
    return said if said.tzinfo else said.replace(tzinfo=SHANGHAI)


def _line(outage: Outage | OutageView, charter: Charter) -> str:
    area = charter.area(outage.area)
    until = f"{local(outage.expected_until):%Y-%m-%d %H:%M}" if outage.expected_until else "未定"
    services = "、".join(sorted(outage.services))
    return (
        f"{outage.number}  {KIND_LABELS[outage.kind]}  {area.name if area else outage.area}  {services}  {outage.cause}"
        f"  {local(outage.starts_at):%Y-%m-%d %H:%M} → {until}"
    )
