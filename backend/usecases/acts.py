"""What members of staff do to a ticket: one transaction each, harmless twice, in the audit under their job number."""

from collections.abc import Callable, Mapping
from datetime import datetime

from backend import queries
from backend.domain import staff_acts
from backend.domain.charter import StaffMember
from backend.domain.errors import LeaderNeeded
from backend.domain.staff_acts import Verb
from backend.domain.ticket import Ticket, TicketNumber
from backend.messages.acts import StaffAct, Transfer
from backend.messages.reports import TicketView
from backend.ports import Entry, Event, Filed, Store, Tickets
from backend.refusals import StaffUnknown, TicketNotFound
from backend.usecases import once
from backend.usecases.filing import Terms


def respond(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """应答: the customer has been answered or called back (R1.6)."""

    def done(filed: Filed) -> once.Done:
        ticket = filed.ticket.respond(by=act.by, at=now)
        return ticket, [entry(ticket, Event.RESPONDED, act, now=now)]

    return carried_out(act, done, terms=terms, store=store, now=now)


def transfer(*, act: Transfer, terms: Terms, store: Store, now: datetime) -> TicketView:
    """转派: another handler, the same owner (R2.10). Refuses with StaffUnknown, SameHandler."""

    def done(filed: Filed) -> once.Done:
        member_of(terms, job_number=act.to)
        ticket = filed.ticket.transfer(to=act.to, by=act.by, at=now, reason=act.reason)
        return ticket, [entry(ticket, Event.TRANSFERRED, act, now=now, detail={"handler": act.to})]

    return carried_out(act, done, terms=terms, store=store, now=now)


def carried_out(
    act: StaffAct, done: Callable[[Filed], once.Done], *, terms: Terms, store: Store, now: datetime
) -> TicketView:
    """`done` gives the ticket as it is then, and what the audit says. Refuses with StaffUnknown, TicketNotFound."""
    return carried_out_within(act, lambda filed, _tickets: done(filed), terms=terms, store=store, now=now)


def carried_out_within(
    act: StaffAct, done: Callable[[Filed, Tickets], once.Done], *, terms: Terms, store: Store, now: datetime
) -> TicketView:
    """For what is also written beside the ticket, in the same transaction. Refuses as `carried_out` does."""
    member_of(terms, job_number=act.by)
    number = TicketNumber.parse(act.ticket_number)
    with store.writing() as tickets:
        filed = _found(number, tickets)
        once.carry_out(filed, lambda found: done(found, tickets), by=act.by, request_id=act.request_id, tickets=tickets)
        return queries.view(_found(number, tickets), urges=tickets.urges(number=number), now=now)


def refuse_others(verb: Verb, *, act: StaffAct, terms: Terms, store: Store) -> None:
    """Refuses with StaffUnknown, TicketNotFound, NotTheirsToAct."""
    member = member_of(terms, job_number=act.by)
    with store.reading() as tickets:
        ticket = _found(TicketNumber.parse(act.ticket_number), tickets).ticket
    staff_acts.refuse_others(verb, ticket=ticket, member=member)


def _found(number: TicketNumber, tickets: Tickets) -> Filed:
    filed = tickets.get(number=number)
    if filed is None:
        raise TicketNotFound
    return filed


def member_of(terms: Terms, *, job_number: str) -> StaffMember:
    """Refuses with StaffUnknown."""
    member = terms.charter.member(job_number)
    if member is None:
        raise StaffUnknown(job_number=job_number)
    return member


def leader_of(terms: Terms, *, job_number: str, verb: str) -> StaffMember:
    """Refuses with StaffUnknown, LeaderNeeded."""
    member = member_of(terms, job_number=job_number)
    if not member.is_leader:
        raise LeaderNeeded(verb=verb)
    return member


def entry(
    ticket: Ticket,
    event: Event,
    act: StaffAct,
    *,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    return Entry(
        number=ticket.number,
        at=now,
        by=act.by,
        event=event,
        status=ticket.status,
        reason=act.reason or None,
        detail={**(detail or {}), once.REQUEST: act.request_id},
    )
