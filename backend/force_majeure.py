"""不可抗力 (R1.18): declared for an area and a span; what ran there then is excused, also if it is promised later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from backend.domain.charter import Charter
from backend.domain.errors import LeaderNeeded
from backend.domain.force_majeure import Declaration, excuse, given
from backend.force_majeure_messages import Declared
from backend.ports import Change, Entry, Event, Store, Tickets
from backend.refusals import AreaUnknown, StaffUnknown


def declare(*, declared: Declared, charter: Charter, store: Store, now: datetime) -> Declaration:
    """Refuses with ForceMajeureNotGiven, AreaUnknown, StaffUnknown, LeaderNeeded, EndsBeforeItBegins."""
    rule = given(charter.force_majeure)
    if charter.area(declared.area) is None:
        raise AreaUnknown(area=declared.area)
    member = charter.member(declared.declared_by)
    if member is None:
        raise StaffUnknown(job_number=declared.declared_by)
    if not member.is_leader:
        raise LeaderNeeded(verb="声明不可抗力")
    declaration = Declaration(
        area=declared.area,
        cause=declared.cause,
        starts_at=declared.starts_at,
        until=declared.until,
        declared_by=declared.declared_by,
        declared_at=now,
    )
    with store.writing() as tickets:
        declaration = tickets.declarations.add(declaration)
        hit = tickets.promised_in(
            area=declaration.area, clauses=rule.clauses, since=declaration.starts_at, until=declaration.until
        )
        for filed in hit:
            _excuse(
                Change(before=filed, after=filed, entries=()), declaration, charter=charter, tickets=tickets, now=now
            )
    return declaration


def declared(*, store: Store) -> Sequence[Declaration]:
    with store.reading() as tickets:
        return tickets.declarations.all()


def excuse_standing(change: Change, *, charter: Charter, tickets: Tickets) -> Change:
    """What a change promises while a declaration stands is excused with it."""
    ticket, rule = change.after.ticket, charter.force_majeure
    excusable = rule and [made for made in ticket.promises if made.clause in rule.clauses and not made.excused]
    if not excusable or ticket.area is None:
        return change
    since = min(made.started_at for made in excusable)
    for declaration in tickets.declarations.of_area(area=ticket.area, since=since):
        change = _excuse(change, declaration, charter=charter, tickets=tickets, now=change.entries[-1].at)
    return change


def _excuse(change: Change, declaration: Declaration, *, charter: Charter, tickets: Tickets, now: datetime) -> Change:
    before, by = change.after.ticket, declaration.declared_by
    ticket = excuse(before, declaration=declaration, rule=given(charter.force_majeure), by=by, at=now)
    if ticket == before:
        return change
    entry = Entry(
        number=ticket.number,
        at=now,
        by=by,
        event=Event.EXCUSED,
        status=ticket.status,
        reason=declaration.cause,
        detail={"ground": "force_majeure", "declaration": declaration.number},
    )
    tickets.save(ticket)
    tickets.record(entry)
    return replace(change, after=replace(change.after, ticket=ticket), entries=(*change.entries, entry))
