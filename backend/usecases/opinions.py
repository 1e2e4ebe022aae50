"""客户意见簿 (R2.7, R7.6): what customers write in the hall's book becomes a ticket with an owner and a promise, and
the entry shows its answer. Praise is kept as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend import queries
from backend.domain.hall import Opinion, OpinionKind
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import Channel, QuestionKind
from backend.messages.hall import OpinionNoted, OpinionsView, OpinionView
from backend.messages.reports import Receipt, Report
from backend.ports import Accounts, Entry, Event, Store, Tickets
from backend.refusals import PhoneNeeded
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms
from backend.usecases.tickets import accept

IN_THE_TICKET: Final = "意见簿："  # before the customer's words, for who handles it


def note(*, noted: OpinionNoted, terms: Terms, store: Store, accounts: Accounts, now: datetime) -> OpinionView:
    """Refuses with StaffUnknown, PhoneNeeded, NobodyOnDuty."""
    by = member_of(terms, job_number=noted.by).job_number

    def enter(tickets: Tickets, receipt: Receipt | None) -> None:
        tickets.opinions.add(
            Opinion(
                key=noted.key,
                kind=noted.kind,
                written_at=now,
                noted_by=by,
                ticket=TicketNumber(receipt.ticket_number) if receipt else None,
                words=None if receipt else noted.words.strip(),
            )
        )

    report = _report(noted, now=now)
    if report is None:
        with store.writing() as tickets:
            enter(tickets, None)
    else:
        accept(report=report, terms=terms, store=store, accounts=accounts, now=now, beside=enter)
    with store.reading() as tickets:
        return _view(tickets.opinions.of_key(key=noted.key), tickets)


def page(*, offset: int, limit: int, store: Store) -> OpinionsView:
    """What is owed an answer first (R2.7)."""
    with store.reading() as tickets:
        return OpinionsView(
            opinions=tuple(_view(opinion, tickets) for opinion in tickets.opinions.page(offset=offset, limit=limit)),
            total=tickets.opinions.count(),
            unanswered=tickets.opinions.unanswered(),
        )


def _report(noted: OpinionNoted, *, now: datetime) -> Report | None:
    """None: nothing is owed."""
    ticket_type = noted.kind.ticket_type
    if ticket_type is None:
        return None
    if noted.contact_phone is None:
        raise PhoneNeeded
    return Report(
        matter_id=noted.key,
        ticket_type=ticket_type,
        subject=noted.subject if noted.kind is OpinionKind.COMPLAINT else QuestionKind.ANSWER,
        description=f"{IN_THE_TICKET}{noted.words.strip()}",
        contact_phone=noted.contact_phone,
        accepted_at=now,
        channel=Channel.COUNTER,
        conversation=f"opinion-{noted.key}",
        agent=noted.by,
        present=noted.present,
    )


def _view(opinion: Opinion, tickets: Tickets) -> OpinionView:
    filed = tickets.get(number=opinion.ticket) if opinion.ticket else None
    answered = _answer(tickets.history(numbers=[filed.ticket.number])[filed.ticket.number]) if filed else None
    promise = filed.ticket.main_promise if filed else None
    return OpinionView(
        number=opinion.number,
        kind=opinion.kind,
        written_at=opinion.written_at,
        noted_by=opinion.noted_by,
        words=filed.ticket.description.removeprefix(IN_THE_TICKET) if filed else opinion.words or "",
        ticket=str(filed.ticket.number) if filed else None,
        status=filed.ticket.status if filed else None,
        owner=filed.ticket.owner if filed else None,
        promise=queries.promise_view(promise) if promise else None,
        answer=(filed.ticket.outcome if filed else None) or (answered.reason if answered else None),
        answered_at=(filed.ticket.resolved_at if filed else None) or (answered.at if answered else None),
    )


def _answer(history: Sequence[Entry]) -> Entry | None:
    """The latest that the customer was told."""
    return next((entry for entry in reversed(history) if entry.event is Event.RESPONDED and entry.reason), None)
