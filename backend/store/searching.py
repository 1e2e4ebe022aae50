"""What tickets can be searched by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import ge, gt, le, lt
from typing import Any, Final

from sqlalchemy import ColumnElement, case, false, func, not_, or_, select

from backend.domain.vocabulary import PromiseKind, TicketType
from backend.ports import Criterion, Order
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
SEARCHABLE: Final[Mapping[str, ColumnElement[Any]]] = {
    "number": ticket.c.number,
    "ticket_type": ticket.c.ticket_type,
    "subject": ticket.c.subject,
    "status": ticket.c.status,
    "grade": ticket.c.grade,
    "contact_phone": ticket.c.contact_phone,
    "owner": ticket.c.owner,
    "handler": ticket.c.handler,
    "area_manager": ticket.c.area_manager,
    "service": ticket.c.service,
    "area": ticket.c.area,
    "district": ticket.c.district,
    "charter_version": ticket.c.charter_version,
    "channel": ticket.c.channel,
    "conversation": ticket.c.conversation,
    "accepted_at": ticket.c.accepted_at,
    "requested_at": ticket.c.requested_at,
    "expected_at": _EXPECTED,
    "resolved_at": ticket.c.resolved_at,
    "changed_at": ticket.c.status_changed_at,
}


_COMPARED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


def condition(criterion: Criterion) -> ColumnElement[bool]:
    if criterion.operator == "ne":  # where there is nothing to compare, it is not equal
        return not_(func.coalesce(condition(replace(criterion, operator="eq")), false()))
    return or_(*(_of_attribute(attribute, criterion) for attribute in criterion.attributes))


def ordering(order: Sequence[Order]) -> Iterator[ColumnElement[Any]]:
    """Ends with the number, so that no two tickets are in the same place."""
    for by in order:
        column = SEARCHABLE[by.attribute]
        directed = column.desc() if by.descending else column.asc()
        yield directed.nulls_last() if getattr(column, "nullable", True) else directed  # an index can serve the latter
    yield ticket.c.number.desc() if order and order[-1].descending else ticket.c.number.asc()


def _of_attribute(attribute: str, criterion: Criterion) -> ColumnElement[bool]:
    if attribute == "matter_id":  # also of a matter that was joined to the ticket
        return ticket.c.number.in_(select(matter.c.ticket_number).where(_compare(matter.c.matter_id, criterion)))
    return _compare(SEARCHABLE[attribute], criterion)


def _compare(column: ColumnElement[Any], criterion: Criterion) -> ColumnElement[bool]:
    if criterion.operator == "eq":
        return column.in_(criterion.values)
    (limit,) = criterion.values
    compared: ColumnElement[bool] = _COMPARED[criterion.operator](column, limit)
    return compared
