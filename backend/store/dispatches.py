"""Orders to the repair staff in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backend.domain.dispatch import Dispatch
from backend.domain.ticket import TicketNumber
from backend.store.tables import dispatch as table


class SqlDispatches:
    """`backend.ports.Dispatches` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, dispatch: Dispatch) -> None:
        self._sql.execute(insert(table), _row(dispatch))

    def save(self, dispatch: Dispatch) -> None:
        this = table.c.ticket_number == str(dispatch.number), table.c.turn == dispatch.turn
        self._sql.execute(update(table).where(*this), _row(dispatch))

    def of_ticket(self, *, number: TicketNumber) -> Sequence[Dispatch]:
        return self._many(table.c.ticket_number == str(number))

    def of_token(self, *, receipt_token: str) -> Dispatch | None:
        return next(iter(self._many(table.c.receipt_token == receipt_token)), None)

    def _many(self, condition: Any) -> Sequence[Dispatch]:
        found = self._sql.execute(select(table).where(condition).order_by(table.c.turn)).mappings()
        return tuple(_read(row) for row in found)


def _row(dispatch: Dispatch) -> dict[str, Any]:
    row = asdict(dispatch)
    del row["number"]
    return {**row, "ticket_number": str(dispatch.number)}


def _read(row: RowMapping) -> Dispatch:
    fields = dict(row)
    return Dispatch(number=TicketNumber(fields.pop("ticket_number")), **fields)
