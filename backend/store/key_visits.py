"""Visits of key customers in SQL."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from backend.domain.key_visit import KeyVisit
from backend.store.tables import key_visit as table


class SqlKeyVisits:
    """`backend.ports.KeyVisits` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def plan(self, visit: KeyVisit) -> KeyVisit:
        row = asdict(visit)
        del row["number"]
        number = self._sql.execute(insert(table), row).inserted_primary_key
        assert number is not None  # noqa: S101 - for the type checker
        return replace(visit, number=number[0])

    def get(self, *, number: int) -> KeyVisit | None:
        return next(iter(self._many(table.c.number == number)), None)

    def save(self, visit: KeyVisit) -> None:
        self._sql.execute(update(table).where(table.c.number == visit.number), asdict(visit))

    def last_planned(self, *, account: str) -> date | None:
        return self._sql.execute(select(func.max(table.c.planned_on)).where(table.c.account == account)).scalar()

    def planned(self, *, made: bool) -> Sequence[KeyVisit]:
        return self._many(table.c.made_at.is_not(None) if made else table.c.made_at.is_(None))

    def _many(self, condition: Any) -> Sequence[KeyVisit]:
        found = self._sql.execute(select(table).where(condition).order_by(table.c.planned_on, table.c.number))
        return tuple(KeyVisit(**row) for row in found.mappings())
