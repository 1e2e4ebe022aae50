"""The board of tickets in SQL: the same rules as `Ticket.outstanding`, so that the database sorts and counts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, true

from backend.domain.board import View
from backend.domain.ticket import OPEN
from backend.domain.vocabulary import PromiseKind, TicketStatus, TicketType
from backend.ports import Event, Filed
from backend.ports.board import BoardPage, Wanted
from backend.store.tables import audit, promise, ticket

_IS_OPEN: Final = ticket.c.status.in_(OPEN)
_IS_RESOLVED: Final = ticket.c.status == TicketStatus.RESOLVED
_OUTSTANDING: Final = case(
    (promise.c.kind == PromiseKind.FOLLOW_UP, and_(_IS_RESOLVED, ticket.c.visited_at.is_(None))),
    (promise.c.kind == PromiseKind.DISPATCH, and_(_IS_OPEN, ticket.c.dispatched_at.is_(None))),
    (promise.c.kind == PromiseKind.CONTACT, and_(_IS_OPEN, ticket.c.contacted_at.is_(None))),
    (promise.c.kind == PromiseKind.RESPOND, and_(_IS_OPEN, ticket.c.responded_at.is_(None))),
    else_=_IS_OPEN,
)
NEXT_DUE: Final = (
    select(func.min(promise.c.due, type_=promise.c.due.type))
    .where(promise.c.ticket_number == ticket.c.number, ~promise.c.breached, promise.c.excused.is_(None), _OUTSTANDING)
    .scalar_subquery()
)
_WAITS: Final = exists().where(
    promise.c.ticket_number == ticket.c.number,
    ~promise.c.breached,
    promise.c.due.is_(None),
    promise.c.limit_amount.is_not(None),
)
_AWAITS_MATERIALS: Final = and_(
    _IS_OPEN, ticket.c.ticket_type == TicketType.ORDER, or_(ticket.c.status == TicketStatus.PENDING, _WAITS)
)


class SqlBoard:
    """`backend.ports.Board` on one connection, inside one transaction."""

    def __init__(self, connection: Connection, *, read: Callable[[Select[Any]], list[Filed]]) -> None:
        self._sql = connection
        self._read = read

    def page(self, wanted: Wanted, *, now: datetime, offset: int, limit: int) -> BoardPage:
        here = and_(or_(_IS_OPEN, _IS_RESOLVED), _of_view(wanted, now=now), *_narrowed(wanted))
        total = self._sql.execute(select(func.count()).select_from(ticket).where(here)).scalar_one()
        by_due = NEXT_DUE.asc().nulls_last(), ticket.c.accepted_at, ticket.c.number
        filed = self._read(select(ticket).where(here).order_by(*by_due).offset(offset).limit(limit))
        return BoardPage(filed=tuple(filed), urges=self._urges(filed), total=total)

    def _urges(self, filed: Sequence[Filed]) -> list[int]:
        numbers = [str(each.ticket.number) for each in filed]
        urged = audit.c.ticket_number.in_(numbers), audit.c.event == Event.URGED
        counted = (
            select(audit.c.ticket_number, func.count().label("urges")).where(*urged).group_by(audit.c.ticket_number)
        )
        times = {row.ticket_number: row.urges for row in self._sql.execute(counted)}
        return [times.get(number, 0) for number in numbers]


def _of_view(wanted: Wanted, *, now: datetime) -> ColumnElement[bool]:
    match wanted.view:
        case View.MINE:
            return or_(ticket.c.handler == wanted.job_number, ticket.c.owner == wanted.job_number)
        case View.AREA:
            return or_(ticket.c.area.in_(wanted.areas), ticket.c.handler.in_(wanted.handlers))
        case View.OVERDUE:
            return now > NEXT_DUE
        case View.AT_RISK:
            return now <= NEXT_DUE
        case View.MATERIALS:
            return _AWAITS_MATERIALS
        case View.VISITS:
            return and_(_IS_RESOLVED, ticket.c.needs_return_visit, ticket.c.visited_at.is_(None))
        case View.COMPLAINTS:
            return ticket.c.ticket_type == TicketType.COMPLAINT
        case View.UNFINISHED:
            return true()


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed = []
    if wanted.ticket_type:
        narrowed.append(ticket.c.ticket_type == wanted.ticket_type)
    if wanted.area:
        narrowed.append(ticket.c.area == wanted.area)
    return narrowed
