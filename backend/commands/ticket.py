"""`ticket show NUMBER`: a stored ticket with its promises and history. Of the phone only the last four digits."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime

import typer

from backend import queries
from backend.commands.common import fail
from backend.commands.store import readable_engine
from backend.domain.errors import Refusal
from backend.domain.promise import Promise
from backend.domain.ticket import STATUS_LABELS, TicketNumber
from backend.domain.working_time import local
from backend.ports import Entry, Filed
from backend.settings import database_url
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="Stored tickets.")


@app.callback()
def _group() -> None:
    """Stored tickets."""


@app.command()
def show(number: str) -> None:
    """A ticket with its promises and history."""
    with readable_engine(database_url(os.environ)) as engine:
        try:
            filed, history = queries.read(number=TicketNumber.parse(number), store=SqlStore(engine))
        except Refusal as refusal:
            fail(f"{number}: {refusal.message}", code=1)
    typer.echo("\n".join(_listed(filed, history)))


def _listed(filed: Filed, history: Sequence[Entry]) -> Iterator[str]:
    ticket = filed.ticket
    sample = "（示例）" if filed.owner_sample else ""
    yield f"工单 {ticket.number}  {STATUS_LABELS[ticket.status]} ({ticket.status})"
    yield f"  类型 {ticket.ticket_type} / {ticket.subject}，等级 {ticket.grade}，片区 {ticket.area or '未定'}"
    yield f"  受理 {_spoken(ticket.accepted_at)}，建单 {_spoken(filed.filed_at)}，渠道 {ticket.channel}"
    yield f"  电话尾号 {ticket.contact_phone[-4:]}"
    yield f"  首问责任人 {ticket.owner} {filed.owner_role}{sample}（{filed.owner_chosen_by}），经办人 {ticket.handler}"
    if ticket.reported_to:
        yield f"  急事，已报告负责人 {ticket.reported_to}"
    yield f"  承诺书 {filed.charter_operator} {filed.charter_version} ({filed.charter_digest[:12]})"
    for made in ticket.promises:
        yield f"  承诺 {_promised(made)}"
    for made in ticket.breached:
        yield f"  逾期记录 {_promised(made)}"
    for entry in history:
        yield f"  {_spoken(entry.at)} {entry.event} {entry.by}{'：' + entry.reason if entry.reason else ''}"


def _promised(made: Promise) -> str:
    due = f"最迟 {_spoken(made.due)}" if made.due else f"无时限：{made.reason}"
    provisional = "（暂定）" if made.provisional else ""
    return f"{made.label} {made.rule or ''} {due}{provisional}，{made.calendar}"


def _spoken(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"
