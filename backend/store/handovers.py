"""Hand-overs of shifts in SQL; the matters of one are kept as they stood when it was offered."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backend.domain.handover import Handover, Matter, SuddenEvent
from backend.domain.ticket import TicketNumber
from backend.store.tables import handover as table


class SqlHandovers:
    """`backend.ports.Handovers` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, handover: Handover) -> Handover:
        number = self._sql.execute(insert(table), _row(handover)).inserted_primary_key
        assert number is not None  # noqa: S101 - for the type checker
        return replace(handover, number=number[0])

    def get(self, *, number: int) -> Handover | None:
        return next(iter(self._many(table.c.number == number)), None)

    def save(self, handover: Handover) -> None:
        self._sql.execute(update(table).where(table.c.number == handover.number), _row(handover))

    def all(self) -> Sequence[Handover]:
        return self._many()

    def _many(self, *conditions: Any) -> Sequence[Handover]:
        found = self._sql.execute(select(table).where(*conditions).order_by(table.c.number.desc())).mappings()
        return tuple(_read(row) for row in found)


def _row(handover: Handover) -> dict[str, Any]:
    row = asdict(handover)
    del row["number"]
    return row | {"matters": [asdict(matter) | {"ticket": str(matter.ticket)} for matter in handover.matters]}


def _read(row: RowMapping) -> Handover:
    return Handover(**{**row, "matters": tuple(_matter(matter) for matter in row["matters"])})


def _matter(kept: dict[str, Any]) -> Matter:
    told = {"ticket": TicketNumber(kept["ticket"]), "follow_up": tuple(kept["follow_up"])}
    return Matter(**{**kept, **told, "event": SuddenEvent(kept["event"]) if kept["event"] else None})
