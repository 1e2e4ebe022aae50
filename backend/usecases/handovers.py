"""Hand-over of a shift 交接班 (R2.9): listed, offered, taken and kept. What was handled passes to the next shift; the
owner stays (R2.10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend.domain.charter import Charter
from backend.domain.handover import Handover, Matter, follow_up, offer, sudden_event
from backend.domain.ticket import OPEN, Ticket
from backend.domain.ticket_facts import written
from backend.messages.acts import StaffAct
from backend.messages.handovers import Offering, Taking
from backend.messages.reports import TicketView
from backend.ports import Criterion, Entry, Event, Filed, Order, Store, Tickets
from backend.refusals import HandoverNotFound
from backend.usecases import once
from backend.usecases.acts import carried_out, entry, member_of
from backend.usecases.filing import Terms

ALL: Final = 1_000_000  # more than one member of staff has in hand
_BEGINS_ANEW: Final = frozenset(  # comes into other hands, or is an event only now
    {Event.FILED, Event.TRANSFERRED, Event.OWNER_CHANGED, Event.REPORTED_TO_LEADER, Event.HUNG_UNDER_INCIDENT}
)


def stop(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """告一段落: what was done about a sudden event, and what is safe to leave to the next shift. Refuses with
    TransitionNotAllowed, ReasonMissing."""

    def done(filed: Filed) -> once.Done:
        filed.ticket.only_from(OPEN, verb="登记告一段落")
        written(act.reason, verb="登记告一段落")
        return filed.ticket, [entry(filed.ticket, Event.STOPPING_POINT, act, now=now)]

    return carried_out(act, done, terms=terms, store=store, now=now)


def in_hand(*, job_number: str, terms: Terms, store: Store, now: datetime) -> Sequence[Matter]:
    """Every open matter of a member of staff, as handler and as owner, the oldest first. Refuses with StaffUnknown."""
    member_of(terms, job_number=job_number)
    with store.reading() as tickets:
        return _in_hand(job_number, charter=terms.charter, tickets=tickets, now=now)


def make_offer(*, offering: Offering, terms: Terms, store: Store, now: datetime) -> Handover:
    """Offered again while nobody has taken it, it is the same. Refuses with StaffUnknown, SameShift,
    EventsUnfinished."""
    for job_number in (offering.leaving, offering.taking):
        member_of(terms, job_number=job_number)
    with store.writing() as tickets:
        matters = _in_hand(offering.leaving, charter=terms.charter, tickets=tickets, now=now)
        made = offer(
            leaving=offering.leaving, taking=offering.taking, at=now, note=offering.note.strip(), matters=matters
        )
        again = (each for each in tickets.handovers.all() if each.says_the_same(made))
        return next(again, None) or tickets.handovers.add(made)


def take(*, taking: Taking, store: Store, now: datetime) -> Handover:
    """接班: what the leaving member still handles is handled by who takes it. Refuses with HandoverNotFound,
    HandoverTaken, NotTheirsToTake."""
    with store.writing() as tickets:
        handover = tickets.handovers.get(number=taking.handover)
        if handover is None:
            raise HandoverNotFound(number=taking.handover)
        handover = handover.take(by=taking.by, at=now)
        tickets.handovers.save(handover)
        for matter in handover.matters:
            filed = tickets.get(number=matter.ticket)
            if filed and filed.ticket.is_open and filed.ticket.handler == handover.leaving:
                _pass_on(filed.ticket, handover, tickets=tickets, now=now)
        return handover


def every(*, store: Store) -> Sequence[Handover]:
    """The newest first."""
    with store.reading() as tickets:
        return tickets.handovers.all()


def _in_hand(job_number: str, *, charter: Charter, tickets: Tickets, now: datetime) -> tuple[Matter, ...]:
    theirs = Criterion(attributes=("handler", "owner"), operator="eq", values=(job_number,))
    unfinished = Criterion(attributes=("status",), operator="eq", values=tuple(OPEN))
    oldest_first = [Order(attribute="accepted_at"), Order(attribute="number")]
    page = tickets.search(criteria=[theirs, unfinished], order=oldest_first, offset=0, limit=ALL)
    return tuple(
        _matter(
            filed.ticket, page.history[filed.ticket.number], whose=job_number, charter=charter, tickets=tickets, now=now
        )
        for filed in page.filed
    )


def _matter(
    ticket: Ticket, history: Sequence[Entry], *, whose: str, charter: Charter, tickets: Tickets, now: datetime
) -> Matter:
    leaders = {member.job_number for member in charter.staff if member.is_leader} | {ticket.reported_to}
    return Matter(
        ticket=ticket.number,
        as_handler=ticket.handler == whose,
        as_owner=ticket.owner == whose,
        follow_up=follow_up(ticket, now=now),
        event=sudden_event(
            ticket,
            urgent=charter.is_urgent(subject=ticket.subject),
            under_incident=_under_incident(ticket, tickets),
            leader_spoke=any(entry.by in leaders for entry in history),
        ),
        stopped=_stopped(history),
    )


def _under_incident(ticket: Ticket, tickets: Tickets) -> bool:
    if ticket.area is None or ticket.service is None:
        return False
    standing = tickets.incidents.standing(area=ticket.area, service=ticket.service)
    return standing is not None and ticket.number in tickets.incidents.tickets_of(number=standing.number)


def _stopped(history: Sequence[Entry]) -> str | None:
    """The latest note since the ticket came into the hands it is in: each shift needs a stopping point of its own."""
    note = None
    for each in history:
        if each.event is Event.STOPPING_POINT:
            note = each.reason
        elif each.event in _BEGINS_ANEW:
            note = None
    return note


def _pass_on(ticket: Ticket, handover: Handover, *, tickets: Tickets, now: datetime) -> None:
    reason = f"交接班 {handover.number} 号"
    ticket = ticket.transfer(to=handover.taking, by=handover.taking, at=now, reason=reason)
    tickets.save(ticket)
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=handover.taking,
            event=Event.TRANSFERRED,
            status=ticket.status,
            reason=reason,
            detail={"handler": handover.taking, "handover": handover.number},
        )
    )
