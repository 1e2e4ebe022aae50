"""Cases of accountability in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from backend.domain.accountability import Answerable, Gravity, Heavier, Lighter
from backend.domain.accountability_case import Breach, Case, CaseState
from backend.domain.ticket import TicketNumber
from backend.store.agenda import insert_once
from backend.store.tables import accountability_case as table


class SqlCases:
    """`backend.ports.Cases` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def open(self, case: Case) -> None:
        insert_once(self._sql, table, _row(case))

    def get(self, *, number: int) -> Case | None:
        return next(iter(self._many(table.c.number == number)), None)

    def of_breach(self, *, key: str) -> Case | None:
        return next(iter(self._many(table.c.key == key)), None)

    def save(self, case: Case) -> None:
        self._sql.execute(update(table).where(table.c.number == case.number), _row(case))

    def opened_within(self, *, since: datetime, until: datetime) -> Sequence[Case]:
        return self._many(table.c.opened_at.between(since, until))[::-1]

    def all(self) -> Sequence[Case]:
        return self._many()

    def _many(self, *conditions: Any) -> Sequence[Case]:
        found = self._sql.execute(select(table).where(*conditions).order_by(table.c.number.desc())).mappings()
        return tuple(_read(row) for row in found)


def _row(case: Case) -> dict[str, Any]:
    row = asdict(case)
    del row["number"], row["ticket"]
    return row | {"ticket_number": str(case.ticket)}


def _read(row: RowMapping) -> Case:
    fields = dict(row)
    number, gravity = TicketNumber(fields.pop("ticket_number")), fields["gravity"]
    fields |= {
        "breach": Breach(fields["breach"]),
        "against": Answerable(fields["against"]),
        "state": CaseState(fields["state"]),
        "gravity": Gravity(gravity) if gravity else None,
        "measures": tuple(fields["measures"]),
        "heavier": tuple(map(Heavier, fields["heavier"])),
        "lighter": tuple(map(Lighter, fields["lighter"])),
    }
    return Case(ticket=number, **fields)
