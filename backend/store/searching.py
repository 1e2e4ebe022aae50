"""What tickets can be searched by."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, or_, select

from backend.domain.vocabulary import PromiseKind, TicketType
from backend.ports import Criterion
from backend.store.tables import matter, promise, ticket


def _due(kind: PromiseKind) -> ColumnElement[Any]:
    return (
        select(func.min(promise.c.due, type_=promise.c.due.type))
        .where(promise.c.ticket_number == ticket.c.number, promise.c.kind == kind, ~promise.c.breached)
        .scalar_subquery()
    )


# The same rule as queries.main_promise.
_EXPECTED: Final = func.coalesce(
    _due(PromiseKind.SETTLE),
    case((ticket.c.ticket_type == TicketType.QUESTION, _due(PromiseKind.RESPOND))),
    type_=promise.c.due.type,
)
SEARCHABLE: Final[Mapping[str, tuple[ColumnElement[Any], ...]]] = {
    "number": (ticket.c.number,),
    "ticket_type": (ticket.c.ticket_type,),
    "subject": (ticket.c.subject,),
    "status": (ticket.c.status,),
    "grade": (ticket.c.grade,),
    "staff": (ticket.c.owner, ticket.c.handler, ticket.c.area_manager),
    "area": (ticket.c.area,),
    "channel": (ticket.c.channel,),
    "conversation": (ticket.c.conversation,),
    "accepted_at": (ticket.c.accepted_at,),
    "requested_at": (ticket.c.requested_at,),
    "expected_at": (_EXPECTED,),
    "resolved_at": (ticket.c.resolved_at,),
    "changed_at": (ticket.c.status_changed_at,),
}


def condition(criterion: Criterion) -> ColumnElement[bool]:
    if criterion.attribute == "matter_id":  # also of a matter that was joined to the ticket
        return ticket.c.number.in_(select(matter.c.ticket_number).where(_compare(matter.c.matter_id, criterion)))
    return or_(*(_compare(column, criterion) for column in SEARCHABLE[criterion.attribute]))


def _compare(column: ColumnElement[Any], criterion: Criterion) -> ColumnElement[bool]:
    if criterion.operator == "eq":
        return column.in_(criterion.values)
    (limit,) = criterion.values
    match criterion.operator:
        case "gt":
            return column > limit
        case "gte":
            return column >= limit
        case "lt":
            return column < limit
        case "lte":
            return column <= limit
