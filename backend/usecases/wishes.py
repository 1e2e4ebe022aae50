"""What a customer wants done with a ticket of theirs: one transaction each, harmless twice, in the audit.

All refuse as `proof.prove` does, and all but the answer to a return visit with PhoneNotBound; the same request again
changes nothing and is answered the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from backend import queries
from backend.domain.extension import at_wish
from backend.domain.ticket import STATUS_LABELS, Ticket
from backend.domain.vocabulary import PromiseKind, TicketStatus
from backend.messages.reports import Appointment, TicketView, VisitAnswer, Wish
from backend.ports import Entry, Event, Filed, Store, Tickets
from backend.refusals import AlreadyWithdrawn, TicketFinished, TicketNotFound
from backend.usecases import once
from backend.usecases.extensions import extended_to
from backend.usecases.filing import Terms
from backend.usecases.proof import prove, refuse_unbound
from backend.usecases.tickets import promises_from
from backend.usecases.urgent import report_if_urgent
from backend.usecases.visiting import note_answer

SETTLED: Final = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})


def change_appointment(*, wish: Appointment, terms: Terms, store: Store, now: datetime) -> TicketView:
    """改约: the customer's own wish, beside the promise, which stays as it was told (R1.20, R1.21) – unless the charter
    leaves extending to that very wish (R1.17)."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        before = filed.ticket
        ticket = before.reschedule(by=wish.conversation, at=now, wished_at=wish.wished_at, wished=wish.wished)
        detail = {
            "requestedAt": _written(wish.wished_at),
            "requestedText": wish.wished,
            "before": before.requested_text,
            "laterThanPromised": _is_later(wish.wished_at, than=before),
            "said": wish.text,
        }
        changed = _entry(ticket, Event.APPOINTMENT_CHANGED, wish, now=now, detail=detail)
        postponed = at_wish(
            ticket,
            rule=terms.charter.extension,
            wished_at=wish.wished_at,
            words=wish.text,
            by=wish.conversation,
            at=now,
        )
        if postponed is None:
            return ticket, [changed]
        ticket, moved = extended_to(ticket, tickets.extensions.add(postponed), tickets=tickets, now=now)
        return ticket, [changed, _entry(ticket, Event.EXTENDED, wish, now=now, detail=moved)]

    return _carried_out_within(wish, done, terms=terms, store=store, now=now, by_phone=True)


def withdraw(*, wish: Wish, terms: Terms, store: Store, now: datetime) -> TicketView:
    """撤单. Refuses with AlreadyWithdrawn, TransitionNotAllowed, UrgentNotWithdrawn."""

    def done(filed: Filed) -> once.Done:
        if filed.ticket.status is TicketStatus.CANCELLED:
            raise AlreadyWithdrawn
        urgent = terms.charter.is_urgent(subject=filed.ticket.subject)
        reason = f"客户撤单：{wish.text}"
        ticket = filed.ticket.cancel(by=wish.conversation, at=now, reason=reason, urgent=urgent)
        return ticket, [_entry(ticket, Event.STATUS_CHANGED, wish, now=now, reason=reason)]

    return _carried_out(wish, done, terms=terms, store=store, now=now)


def supply_materials(*, wish: Wish, terms: Terms, store: Store, now: datetime) -> TicketView:
    """补材料: the customer says that all is there, and the clock starts (R1.13). Nobody has checked yet."""

    def done(filed: Filed) -> once.Done:
        promises = promises_from(wish.said_at, filed=filed, terms=terms)
        ticket = filed.ticket.supply_materials(by=wish.conversation, at=now, promises=promises)
        reason = f"客户称材料已备齐，待核对：{wish.text}"
        return ticket, [_entry(ticket, Event.STATUS_CHANGED, wish, now=now, reason=reason)]

    return _carried_out(wish, done, terms=terms, store=store, now=now)


def answer_visit(*, answer: VisitAnswer, terms: Terms, store: Store, now: datetime) -> TicketView:
    """回访: solved closes, unless the customer is not satisfied; unsolved reopens the same ticket, with a new promise
    (R5.6) – or urges one still open.

    Refuses with TicketFinished where the ticket was withdrawn or not accepted.
    """

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        ticket, by = filed.ticket, answer.conversation
        said = {
            "solved": answer.solved,
            "satisfaction": answer.satisfaction,
            "remark": answer.remark,
            "said": answer.text,
        }
        visit = _entry(ticket, Event.RETURN_VISIT, answer, now=now, detail=said)
        if answer.solved:
            if ticket.status is not TicketStatus.CLOSED:
                ticket = ticket.confirm_solved(by=by, at=now)
            made = note_answer(answer=answer, filed=filed, terms=terms, tickets=tickets, now=now)
            stays = answer.goes_on or not terms.charter.is_content(made.satisfaction)
            if ticket.status is TicketStatus.CLOSED or stays:
                return ticket, [visit]
            closed = ticket.close(by=by, at=now)
            return closed, [visit, _entry(closed, Event.STATUS_CHANGED, answer, now=now)]
        if ticket.is_open:
            return ticket, [_entry(ticket, Event.URGED, answer, now=now, detail={"description": answer.text})]
        if ticket.status not in SETTLED:
            raise TicketFinished(status=STATUS_LABELS[ticket.status])
        note_answer(answer=answer, filed=filed, terms=terms, tickets=tickets, now=now)
        promises = promises_from(answer.said_at, filed=filed, terms=terms)
        reopened = ticket.reopen(by=by, at=now, reason=f"客户说没有修好：{answer.text}", promises=promises)
        return reopened, [
            visit,
            _entry(reopened, Event.STATUS_CHANGED, answer, now=now, reason=reopened.status_reason),
        ]

    return _carried_out_within(answer, done, terms=terms, store=store, now=now, by_phone=False)


def _carried_out(
    wish: Wish,
    done: Callable[[Filed], once.Done],
    *,
    terms: Terms,
    store: Store,
    now: datetime,
) -> TicketView:
    return _carried_out_within(
        wish, lambda filed, _tickets: done(filed), terms=terms, store=store, now=now, by_phone=True
    )


def _carried_out_within(
    wish: Wish,
    done: Callable[[Filed, Tickets], once.Done],
    *,
    terms: Terms,
    store: Store,
    now: datetime,
    by_phone: bool,
) -> TicketView:
    """For what is also written beside the ticket, in the same transaction. `by_phone`: only for who has its phone."""
    number = prove(proof=wish, store=store, now=now).ticket.number
    with store.writing() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        if by_phone:
            refuse_unbound(filed, proof=wish, tickets=tickets, now=now)
        by, charter = wish.conversation, terms.charter
        filed = once.carry_out(
            filed, lambda found: done(found, tickets), by=by, request_id=wish.request_id, tickets=tickets
        )
        filed = replace(filed, ticket=report_if_urgent(filed.ticket, charter=charter, tickets=tickets, by=by, now=now))
        entries = once.entries_of(wish.request_id, by=by, filed=filed, tickets=tickets)
        changes = [entry.status for entry in entries if entry.event is Event.STATUS_CHANGED]
        reopened = isinstance(wish, VisitAnswer) and TicketStatus.IN_PROGRESS in changes
        postponed = any(entry.event is Event.EXTENDED for entry in entries)
        view = queries.view(filed, urges=tickets.urges(number=number), now=now)
        return replace(view, reopened=reopened, postponed=postponed)


def _entry(
    ticket: Ticket,
    event: Event,
    wish: Wish,
    *,
    now: datetime,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    told = {name: value for name, value in (detail or {}).items() if value is not None}
    return Entry(
        number=ticket.number,
        at=now,
        by=wish.conversation,
        event=event,
        status=ticket.status,
        reason=reason,
        detail={**told, once.REQUEST: wish.request_id},
    )


def _is_later(wished: datetime | None, *, than: Ticket) -> bool:
    dues = [told.due for told in than.promises if told.kind is PromiseKind.SETTLE and told.due]
    return wished is not None and any(wished > due for due in dues)


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
