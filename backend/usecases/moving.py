"""What staff do that only moves a ticket from one state to another, and the notes they leave on it."""

from collections.abc import Callable
from datetime import datetime

from backend.domain.ticket import OPEN
from backend.domain.ticket_facts import written
from backend.domain.vocabulary import TicketStatus
from backend.messages.acts import StaffAct
from backend.messages.reports import TicketView
from backend.ports import Event, Filed, Store, Tickets
from backend.usecases import once
from backend.usecases.acts import carried_out, carried_out_within, entry
from backend.usecases.filing import Terms
from backend.usecases.tickets import becoming, promises_from
from backend.usecases.urgent import report_if_urgent

Move = Callable[..., TicketView]


def to(status: TicketStatus) -> Move:
    """By the verb of the state machine that leads there; refuses as that verb does, also where it is there already."""

    def move(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
        def done(filed: Filed) -> once.Done:
            if status is TicketStatus.IN_PROGRESS:
                filed.ticket.only_from(OPEN, verb="开始处理")  # reopening is another act
            ticket = becoming(filed, to=status, reason=act.reason, by=act.by, terms=terms, now=now)
            return ticket, [entry(ticket, Event.STATUS_CHANGED, act, now=now)]

        return carried_out(act, done, terms=terms, store=store, now=now)

    return move


def reopen(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """重新打开: the same ticket and owner, a new promise (R5.6). Refuses with TransitionNotAllowed, ReasonMissing."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        promises = promises_from(now, filed=filed, terms=terms)
        ticket = filed.ticket.reopen(by=act.by, at=now, reason=act.reason, promises=promises)
        tickets.save(ticket)
        tickets.record(entry(ticket, Event.STATUS_CHANGED, act, now=now))
        return report_if_urgent(ticket, charter=terms.charter, tickets=tickets, by=act.by, now=now), []

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def cancel(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """撤销, at the customer's word. Refuses with TransitionNotAllowed, ReasonMissing, UrgentNotWithdrawn."""

    def done(filed: Filed) -> once.Done:
        urgent = terms.charter.is_urgent(subject=filed.ticket.subject)
        ticket = filed.ticket.cancel(by=act.by, at=now, reason=act.reason, urgent=urgent)
        return ticket, [entry(ticket, Event.STATUS_CHANGED, act, now=now)]

    return carried_out(act, done, terms=terms, store=store, now=now)


def remark(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """备注: for the other staff; nothing changes. Refuses with ReasonMissing."""

    def done(filed: Filed) -> once.Done:
        text = written(act.reason, verb="备注")
        return filed.ticket, [entry(filed.ticket, Event.REMARKED, act, now=now, detail={"text": text})]

    return carried_out(act, done, terms=terms, store=store, now=now)
