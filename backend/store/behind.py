"""Which tickets stand behind a figure, in SQL."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, exists, false, func, literal, not_, or_, select, true

from backend.domain.accountability_case import Breach, CaseState
from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketStatus
from backend.ports.tallies import Among, Measure, Span
from backend.store.seconds import seconds_between
from backend.store.standing import at_risk, counted_late, kept_in_time, overdue
from backend.store.tables import accountability_case, promise, ticket, visit, visit_draw
from backend.store.tables.base import UtcDateTime

_THIS_ROUND: Final = visit_draw.c.round == ticket.c.times_reopened
_UNVISITED: Final = and_(visit_draw.c.drawn, _THIS_ROUND, ticket.c.visited_at.is_(None))
WAS_VISITED: Final = or_(visit_draw.c.round < ticket.c.times_reopened, ticket.c.visited_at.is_not(None))
VISIT_WAITS: Final = and_(_UNVISITED, ticket.c.status == TicketStatus.RESOLVED)
NOT_REACHED: Final = and_(_UNVISITED, ticket.c.status == TicketStatus.CLOSED)
UPHELD: Final = and_(accountability_case.c.breach == Breach.COMPLAINT, accountability_case.c.state == CaseState.DECIDED)
OF_NOW: Final = frozenset({Behind.AT_RISK, Behind.OVERDUE})
WHENEVER_ACCEPTED: Final = OF_NOW | {Behind.HELD_TO_ACCOUNT}


def accepted_within(span: Span) -> ColumnElement[bool]:
    return and_(ticket.c.accepted_at >= span.since, ticket.c.accepted_at < span.until)


def answered_in_time(measure: Measure) -> ColumnElement[bool]:
    """Within the charter's span; false where it has none, or there is no answer."""
    if measure.reply_within is None:
        return false()
    took = seconds_between(ticket.c.accepted_at, ticket.c.first_answered_at)
    return func.coalesce(took <= measure.reply_within.total_seconds(), false())


def answerable(measure: Measure) -> ColumnElement[bool]:
    """It was answered, or its span of answering is over."""
    if measure.reply_within is None:
        return false()
    accepted_before = literal(measure.now - measure.reply_within, UtcDateTime())
    return or_(ticket.c.first_answered_at.is_not(None), ticket.c.accepted_at < accepted_before)


def stands_behind(behind: Behind, *, among: Among, accepted: Span, measure: Measure) -> ColumnElement[bool]:
    """Of the ticket. A figure that is not measured has nothing behind it."""
    thing, happened = _happened(behind, among=among, accepted=accepted, measure=measure)
    of_ticket = happened if thing is None else exists().where(thing.c.ticket_number == ticket.c.number, happened)
    return and_(of_ticket, *_within(behind, among=among, accepted=accepted))


def counting(behind: Behind, *, among: Among, accepted: Span, measure: Measure) -> Select[Any]:
    """How many of what the figure counts: promises, marks, rounds, or the tickets themselves."""
    thing, happened = _happened(behind, among=among, accepted=accepted, measure=measure)
    counted = ticket if thing is None else thing.join(ticket, thing.c.ticket_number == ticket.c.number)
    within = _within(behind, among=among, accepted=accepted)
    return select(func.count()).select_from(counted).where(happened, *within)


def _within(behind: Behind, *, among: Among, accepted: Span) -> list[ColumnElement[bool]]:
    of_span = [] if behind in WHENEVER_ACCEPTED else [accepted_within(accepted)]
    return [*of_span, *_narrowed(among)]


def _happened(
    behind: Behind, *, among: Among, accepted: Span, measure: Measure
) -> tuple[Table | None, ColumnElement[bool]]:
    """Of which table's rows the figure counts, None: of tickets; and which of them."""
    match behind:
        case Behind.KEPT:
            return promise, kept_in_time(measure)
        case Behind.LATE:
            return promise, counted_late(measure)
        case Behind.AT_RISK:
            return promise, at_risk(measure)
        case Behind.OVERDUE:
            return promise, overdue(measure)
        case Behind.ANSWERED:
            return None, ticket.c.first_answered_at.is_not(None)
        case Behind.UNANSWERED:
            return None, ticket.c.first_answered_at.is_(None)
        case Behind.ANSWERED_IN_TIME:
            return None, answered_in_time(measure)
        case Behind.ANSWERED_LATE:
            return None, and_(answerable(measure), not_(answered_in_time(measure)))
        case Behind.MARKED:
            return visit, _marked(among)
        case Behind.UPHELD:
            of_ticket = accountability_case.c.ticket_number == ticket.c.number
            return None, exists().where(of_ticket, UPHELD, *_at_fault(among))
        case Behind.HELD_TO_ACCOUNT:
            opened = accountability_case.c.opened_at
            within = opened >= accepted.since, opened < accepted.until
            return accountability_case, and_(UPHELD, *within, *_at_fault(among))
        case Behind.SETTLED:
            return visit_draw, _of_rule(among)
        case Behind.VISITED:
            return visit_draw, and_(_of_rule(among), WAS_VISITED)
        case Behind.VISIT_WAITS:
            return visit_draw, and_(_of_rule(among), VISIT_WAITS)
        case Behind.NOT_REACHED:
            return visit_draw, and_(_of_rule(among), NOT_REACHED)
        case Behind.TICKETS:
            return None, true()


def _marked(among: Among) -> ColumnElement[bool]:
    return visit.c.satisfaction.is_not(None) if among.mark is None else visit.c.satisfaction == among.mark


def _of_rule(among: Among) -> ColumnElement[bool]:
    return visit_draw.c.rule == among.visit_rule if among.visit_rule else true()


def _at_fault(among: Among) -> Iterator[ColumnElement[bool]]:
    department = accountability_case.c.department
    if among.at_fault is not None:
        yield department == among.at_fault if among.at_fault else department.is_(None)
    if among.answerable is not None:
        yield accountability_case.c.answerable == among.answerable


def _narrowed(among: Among) -> Iterator[ColumnElement[bool]]:
    if among.ticket_type:
        yield ticket.c.ticket_type == among.ticket_type
    if among.subject:
        yield ticket.c.subject == among.subject
    if among.area is not None:
        yield ticket.c.area == among.area if among.area else ticket.c.area.is_(None)
    if among.handlers is not None:
        yield ticket.c.handler.in_(among.handlers)
    if among.not_handlers is not None:
        yield ticket.c.handler.not_in(among.not_handlers)
