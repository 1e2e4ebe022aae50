"""What every filing asks, built once: to build a statement costs as much as to run it."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Insert,
    Integer,
    Table,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from backend.domain.ticket import OPEN
from backend.domain.vocabulary import TicketStatus
from backend.store.tables import day_counter, matter, promise, ticket


@cache
def insert_into(table: Table) -> Insert:
    return insert(table)


def _is_one_of(statuses: Iterable[TicketStatus]) -> ColumnElement[bool]:
    # Literals: a list of values would be spelt out anew with each execution.
    return ticket.c.status.in_([literal(status.value) for status in sorted(statuses)])


IS_OPEN: Final = _is_one_of(OPEN)
IS_UNFINISHED: Final = _is_one_of(OPEN | {TicketStatus.RESOLVED})

TAKE_NUMBER: Final = (
    text(
        "INSERT INTO day_counter (day, last_number) VALUES (:day, 1)"
        " ON CONFLICT (day) DO UPDATE SET last_number = day_counter.last_number + 1 RETURNING last_number"
    )
    .bindparams(bindparam("day", type_=Date()))
    .columns(last_number=Integer())
)
GIVE_NUMBER_BACK: Final = (
    update(day_counter)
    .where(day_counter.c.day == bindparam("of_day"))
    .values(last_number=day_counter.c.last_number - 1)
)

_its_ticket = select(matter.c.ticket_number).where(matter.c.matter_id == bindparam("matter_id")).scalar_subquery()
OF_REPORT: Final = (  # the numbers alone: mostly there are none
    select(ticket.c.number)
    .where(
        or_(
            ticket.c.number == _its_ticket,
            and_(
                ticket.c.contact_phone == bindparam("contact_phone"),
                ticket.c.ticket_type == bindparam("ticket_type"),
                ticket.c.subject == bindparam("subject"),
                IS_UNFINISHED,
            ),
        )
    )
    .order_by(ticket.c.number)  # locked in one order by all
    .with_for_update(of=ticket, key_share=True)
)
FIRST_ANSWER: Final = (
    update(ticket)
    .where(ticket.c.number == bindparam("of_ticket"), ticket.c.first_answered_at.is_(None))
    .values(first_answered_at=bindparam("at"))
)
OPEN_MATTERS: Final = select(ticket.c.owner, func.count().label("open_now")).where(IS_OPEN).group_by(ticket.c.owner)

_of_numbers: BindParameter[Sequence[str]] = bindparam("numbers", expanding=True)
PROMISES: Final = select(promise).where(promise.c.ticket_number.in_(_of_numbers)).order_by(promise.c.position)
MATTERS: Final = (
    select(matter).where(matter.c.ticket_number.in_(_of_numbers)).order_by(matter.c.reported_at, matter.c.matter_id)
)
