"""不可抗力 (R1.18): declared for an area and a span; what ran there then is excused, also if it is promised later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from backend.domain.charter import Charter
from backend.domain.errors import LeaderNeeded
from backend.domain.force_majeure import Declaration, excuse, given
from backend.domain.handling import ForceMajeure
from backend.domain.vocabulary import Excuse
from backend.messages.force_majeure import Declared
from backend.ports import Change, Entry, Event, Filed, Store, Tickets
from backend.refusals import AreaUnknown, StaffUnknown


def declare(*, declared: Declared, charter: Charter, store: Store, now: datetime) -> Declaration:
    """Said again, it is the same declaration. Refuses with ForceMajeureNotGiven, AreaUnknown, StaffUnknown,
    LeaderNeeded, EndsBeforeItBegins."""
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
        if again := next((each for each in tickets.declarations.all() if each.says_the_same(declaration)), None):
            return again
        declaration = tickets.declarations.add(declaration)
        hit = tickets.promised_in(
            area=declaration.area, clauses=rule.clauses, since=declaration.starts_at, until=declaration.until
        )
        for filed in hit:
            _excuse(filed, declaration, rule=rule, tickets=tickets, now=now)
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
        now = change.entries[-1].at
        after, entries = _excuse(change.after, declaration, rule=given(rule), tickets=tickets, now=now)
        change = replace(change, after=after, entries=(*change.entries, *entries))
    return change


def _excuse(
    filed: Filed, declaration: Declaration, *, rule: ForceMajeure, tickets: Tickets, now: datetime
) -> tuple[Filed, Sequence[Entry]]:
    """The ticket as it is then, and what the audit says; nothing where there is nothing to excuse."""
    by = declaration.declared_by
    ticket = excuse(filed.ticket, declaration=declaration, rule=rule, by=by, at=now)
    if ticket == filed.ticket:
        return filed, ()
    entry = Entry(
        number=ticket.number,
        at=now,
        by=by,
        event=Event.EXCUSED,
        status=ticket.status,
        reason=declaration.cause,
        detail={"ground": Excuse.FORCE_MAJEURE, "declaration": declaration.number},
    )
    tickets.save(ticket)
    tickets.record(entry)
    return replace(filed, ticket=ticket), (entry,)
