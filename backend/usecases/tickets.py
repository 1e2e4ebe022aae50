"""What changes tickets: one transaction each. Time, charter and calendar are handed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from backend import queries
from backend.domain.errors import TransitionNotAllowed
from backend.domain.promise import Promise, promises_for
from backend.domain.promise import settle_provisional as settle_promise
from backend.domain.ticket import STATUS_LABELS, Ticket, TicketNumber
from backend.domain.vocabulary import SERVICE_LABELS, TicketStatus
from backend.domain.working_time import Calendar
from backend.messages.reports import Proof, Receipt, Report, TicketView
from backend.ports import Accounts, Entry, Event, Filed, FilingCollision, Store, StoreUnavailable, Tickets
from backend.refusals import ServiceNotOffered, TicketFinished, TicketNotFound
from backend.usecases.capacity import order_or_interest
from backend.usecases.filing import Filing, Terms
from backend.usecases.proof import prove
from backend.usecases.urgent import is_of_important_customer, report_if_urgent

TRIES: Final = 3  # a collision is over when the other transaction is; the second try finds what it wrote
AGAIN: Final = Retrying(retry=retry_if_exception_type(FilingCollision), stop=stop_after_attempt(TRIES), reraise=True)
OURSELVES: Final = "shouwen"  # what acts when no person does


def accept(
    *,
    report: Report,
    terms: Terms,
    store: Store,
    accounts: Accounts,
    now: datetime,
    reported_severity: str | None = None,
    by: str | None = None,
    beside: Callable[[Tickets, Receipt], None] | None = None,
) -> Receipt:
    """Files a report: ticket, promises, owner and audit in one transaction. `by`: the system that has sent it; without
    one the agent, or the channel. `beside`: what is written in the same transaction.

    Filing a matter again returns its first ticket. Another matter of the same customer about the same thing is not
    doubled: the unfinished ticket is told, and urged – or, where it was thought settled, reopened (R5.6).
    An install where none is possible is filed as a noted wish (R2.11). Refuses with NobodyOnDuty, ServiceNotOffered.
    """
    if report.service and report.service not in terms.charter.operator.services:
        raise ServiceNotOffered(services=SERVICE_LABELS[report.service])
    important = is_of_important_customer(report, charter=terms.charter, accounts=accounts)
    report = order_or_interest(report, charter=terms.charter, capacity=terms.capacity)

    def once() -> Receipt:
        with store.writing() as tickets:
            receipt = Filing(
                report=report,
                terms=terms,
                tickets=tickets,
                now=now,
                important=important,
                reported_severity=reported_severity,
                by=by or report.agent or report.channel.value,
            ).file()
            if beside:
                beside(tickets, receipt)
            return receipt

    try:
        return AGAIN(once)
    except FilingCollision as collision:
        raise StoreUnavailable("the same matter is being filed too often at once") from collision


def urge(*, proof: Proof, store: Store, now: datetime) -> TicketView:
    """催办. Refuses as `proof.prove` does, and with TicketFinished."""
    number = prove(proof=proof, store=store, now=now).ticket.number
    with store.writing() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        ticket = filed.ticket
        if not ticket.is_open:
            raise TicketFinished(status=STATUS_LABELS[ticket.status])
        tickets.record(Entry(number=number, at=now, by=proof.conversation, event=Event.URGED, status=ticket.status))
        return queries.view(filed, urges=tickets.urges(number=number), now=now)


def change_status(
    *, number: TicketNumber, to: TicketStatus, reason: str, by: str, terms: Terms, store: Store, now: datetime
) -> Filed:
    """The verb of the state machine that leads to `to`; already there: unchanged. Refuses as the verbs do."""
    with store.writing() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        if filed.ticket.status is to:
            return filed
        return moved(filed, to=to, reason=reason, by=by, terms=terms, tickets=tickets, now=now)


def moved(
    filed: Filed, *, to: TicketStatus, reason: str, by: str, terms: Terms, tickets: Tickets, now: datetime
) -> Filed:
    """The same inside a transaction, from a ticket that has another status."""
    ticket = becoming(filed, to=to, reason=reason, by=by, terms=terms, now=now)
    tickets.save(ticket)
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=by,
            event=Event.STATUS_CHANGED,
            status=ticket.status,
            reason=reason or None,
        )
    )
    return replace(filed, ticket=report_if_urgent(ticket, charter=terms.charter, tickets=tickets, by=by, now=now))


def promises_from(start: datetime, *, filed: Filed, terms: Terms) -> tuple[Promise, ...]:
    """What is promised for a ticket whose clock starts now, all its papers in: anew (R5.6), or at last (R1.13)."""
    return promises_for(
        charter=terms.charter,
        ticket_type=filed.ticket.ticket_type,
        subject=filed.ticket.subject,
        grade=filed.ticket.grade,
        district=filed.district,
        accepted_at=start,
        calendar=terms.calendar,
        papers_in=True,
    )


def becoming(filed: Filed, *, to: TicketStatus, reason: str, by: str, terms: Terms, now: datetime) -> Ticket:
    """The ticket as the verb that leads to `to` leaves it. Refuses as the verb does."""
    ticket = filed.ticket
    match to:
        case TicketStatus.IN_PROGRESS if ticket.status in {TicketStatus.RESOLVED, TicketStatus.CLOSED}:
            return ticket.reopen(by=by, at=now, reason=reason, promises=promises_from(now, filed=filed, terms=terms))
        case TicketStatus.IN_PROGRESS if ticket.awaits_materials:  # who starts has seen them (R1.13)
            return ticket.supply_materials(by=by, at=now, promises=promises_from(now, filed=filed, terms=terms))
        case TicketStatus.IN_PROGRESS:
            return ticket.start(by=by, at=now)
        case TicketStatus.PENDING:
            return ticket.ask_for_materials(by=by, at=now, reason=reason)
        case TicketStatus.HELD:
            return ticket.hold(by=by, at=now, reason=reason)
        case TicketStatus.RESOLVED:
            return ticket.resolve(by=by, at=now, outcome=reason)
        case TicketStatus.CLOSED:
            return ticket.close(by=by, at=now)
        case TicketStatus.CANCELLED:
            return ticket.cancel(by=by, at=now, reason=reason)
        case TicketStatus.REJECTED:
            return ticket.reject(by=by, at=now, reason=reason)
        case TicketStatus.ACKNOWLEDGED:
            raise TransitionNotAllowed(status=STATUS_LABELS[ticket.status], verb="退回已受理")


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What a run over the provisional promises did, by ticket number."""

    firm: tuple[str, ...]
    still_provisional: tuple[str, ...]


def settle_provisional(
    *, calendar: Calendar, closing_time_of: Callable[[str], time], store: Store, now: datetime
) -> Settled:
    """Makes provisional promises firm where the year's holiday notice is known: the earlier of told and computed.

    `closing_time_of`: an operator's close of business. One transaction a ticket, so that a run that dies half way
    has done half, and the next does the rest.
    """
    with store.reading() as tickets:
        waiting = [filed.ticket.number for filed in tickets.with_provisional_promises()]
    firm: list[str] = []
    for number in waiting:
        with store.writing() as tickets:
            filed = tickets.get(number=number)
            if filed is None:
                raise TicketNotFound
            closing_time = closing_time_of(filed.charter_operator)
            settled = tuple(
                settle_promise(told=told, calendar=calendar, closing_time=closing_time)
                for told in filed.ticket.promises
            )
            if settled == filed.ticket.promises:
                continue
            tickets.save(replace(filed.ticket, promises=settled))
            for told, made in zip(filed.ticket.promises, settled, strict=True):
                if told != made:
                    tickets.record(
                        Entry(
                            number=number,
                            at=now,
                            by=OURSELVES,
                            event=Event.PROMISE_SETTLED,
                            status=filed.ticket.status,
                            reason=made.reason,
                            detail={"clause": made.clause, "told": str(told.due), "due": str(made.due)},
                        )
                    )
            firm.append(str(number))
    left = tuple(str(number) for number in waiting if str(number) not in firm)
    return Settled(firm=tuple(firm), still_provisional=left)
