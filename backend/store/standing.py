"""How a promise stands, in SQL: `TicketFacts.kept_at`, `outstanding` and `late_promises`, for joins of promise and
ticket."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_

from backend.domain.vocabulary import Excuse, PromiseKind, TicketStatus
from backend.ports.tallies import Measure
from backend.store.seconds import seconds_between
from backend.store.statements import IS_OPEN
from backend.store.tables import promise, ticket
from backend.store.tables.base import UtcDateTime

_WITHDRAWN: Final = ticket.c.status.in_([TicketStatus.CANCELLED, TicketStatus.REJECTED])
_OF_RECORD: Final = and_(promise.c.due.is_not(None), promise.c.excused.is_(None))
_IS_VISIT: Final = promise.c.kind == PromiseKind.FOLLOW_UP
_KEPT_AT: Final = case(
    (_IS_VISIT, ticket.c.visited_at),
    (promise.c.kind == PromiseKind.DISPATCH, func.coalesce(ticket.c.dispatched_at, ticket.c.resolved_at)),
    (promise.c.kind == PromiseKind.CONTACT, func.coalesce(ticket.c.contacted_at, ticket.c.resolved_at)),
    (promise.c.kind == PromiseKind.RESPOND, func.coalesce(ticket.c.responded_at, ticket.c.resolved_at)),
    else_=ticket.c.resolved_at,
)
STANDING: Final = and_(
    _OF_RECORD,
    ~promise.c.breached,
    _KEPT_AT.is_(None),
    or_(and_(_IS_VISIT, ticket.c.status == TicketStatus.RESOLVED), and_(~_IS_VISIT, IS_OPEN)),
)


def counted_late(measure: Measure) -> ColumnElement[bool]:
    """Kept too late, or run out. What was withdrawn is asked at its end, not now."""
    ended = case((_WITHDRAWN, ticket.c.status_changed_at), else_=_now(measure))
    return or_(promise.c.breached, and_(_OF_RECORD, func.coalesce(_KEPT_AT, ended) > promise.c.due))


def kept_in_time(measure: Measure) -> ColumnElement[bool]:
    """Or deemed so. A visit that nobody answered is neither kept nor late."""
    excused = func.coalesce(promise.c.excused, "")
    kept = or_(excused.in_([Excuse.DEEMED_ON_TIME, Excuse.FORCE_MAJEURE]), and_(excused == "", _KEPT_AT.is_not(None)))
    return and_(promise.c.due.is_not(None), kept, ~counted_late(measure))


def overdue(measure: Measure) -> ColumnElement[bool]:
    return and_(STANDING, promise.c.due < _now(measure))


def at_risk(measure: Measure) -> ColumnElement[bool]:
    """Past the charter's share of its time, and not late yet (R1.19)."""
    if measure.warn_at_percent is None:
        return false()
    whole = seconds_between(promise.c.started_at, promise.c.due)
    gone = seconds_between(promise.c.started_at, _now(measure))
    return and_(STANDING, promise.c.due >= _now(measure), gone * 100 >= whole * measure.warn_at_percent)


def _now(measure: Measure) -> ColumnElement[Any]:
    return literal(measure.now, UtcDateTime())
