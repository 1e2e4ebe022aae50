"""`ticket verify|erase`: whether a ticket is as its ledger 台账 says, and taking a customer's words out of it."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.charters import CharterInvalid
from backend.commands.common import DEFAULT_ROOT, RootOption, fail
from backend.commands.running import ask_backend
from backend.commands.store import readable_engine
from backend.domain.errors import Refusal
from backend.domain.ticket import TicketNumber
from backend.domain.working_time import local
from backend.messages.acts import StaffAct
from backend.settings import database_url
from backend.store.repository import SqlStore
from backend.usecases.ledger import Verified, extensions
from backend.usecases.ledger import verify as verify_ledger
from backend.usecases.recount import Recount, recount


def verify(number: str, *, root: RootOption = DEFAULT_ROOT) -> None:
    """Recompute the ledger and the promises from scratch; anything that does not agree is told, and the exit code 1."""
    with readable_engine(database_url(os.environ)) as engine, SqlStore(engine).reading() as tickets:
        try:
            verified = verify_ledger(number=TicketNumber.parse(number), tickets=tickets)
        except Refusal as refusal:
            fail(f"{number}: {refusal.message}", code=1)
    try:
        charters = CharterBook(operator=verified.filed.charter_operator, root=root)
    except CharterInvalid as wrong:
        fail(*wrong.problems, code=1)
    recounts = _recounts(verified, charters)
    for line in (*_pages(verified), *(line for each in recounts for line in _promised(each))):
        typer.echo(line)
    problems = [*verified.problems, *(f"{each.stored.label}：{each.problem}" for each in recounts if each.problem)]
    if problems:
        fail(*problems, code=1)
    typer.echo("台账与工单、承诺、操作记录一致")


def erase(
    number: str,
    *,
    by: Annotated[str, typer.Option("--by", help="Your job number; a leader's.")],
    reason: Annotated[str, typer.Option(help="Why, e.g. 客户书面要求.")],
) -> None:
    """Take phone, address, description and the customer's words out of a finished ticket, for good."""
    act = StaffAct(request_id=f"erase-{uuid4().hex}", ticket_number=number, by=by, reason=reason)
    erased = ask_backend(lambda backend, turn: backend.act("erase", act, correlation_id=turn))
    typer.echo(f"工单 {erased.number}：客户的电话、地址和文字已抹除，台账保留")


def _recounts(verified: Verified, charters: CharterBook) -> list[Recount]:
    ticket, calendar = verified.filed.ticket, state_council_calendar()
    return [
        recount(
            made,
            extended_to=extensions(verified.pages, clause=made.clause),
            charters=charters,
            calendar=calendar,
        )
        for made in (*ticket.promises, *ticket.breached)
    ]


def _pages(verified: Verified) -> Iterator[str]:
    filed = verified.filed
    yield f"工单 {filed.ticket.number}  承诺书 {filed.charter_operator} {filed.charter_version}"
    for page in verified.pages:
        events = "、".join(entry["event"] for entry in page.facts["entries"])
        erased = "（文字已抹除）" if page.is_erased else ""
        yield f"  第 {page.position} 页  {_spoken(page.at)}  {events}{erased}  {page.digest[:16]}"


def _promised(found: Recount) -> Iterator[str]:
    stored, counted = found.stored, found.counted
    if counted is None or stored.due is None or counted.due is None:
        yield f"  承诺 {stored.label}：没有时限可算（{stored.reason}）"
        return
    same = "一致" if counted.due == stored.due else f"重算 {_spoken(counted.due)}"
    yield f"  承诺 {stored.label} {stored.rule} 起算 {_spoken(stored.started_at)} 最迟 {_spoken(stored.due)}：{same}"
    for step in counted.steps:
        yield f"    {'计入' if step.counted else '不计'} {step.date}  {step.why}"


def _spoken(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"
