"""Announced outages in SQL."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backend.domain.outage import Outage
from backend.domain.vocabulary import OutageKind, Service
from backend.store.tables import outage as table


class SqlOutages:
    """`backend.ports.Outages` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, outage: Outage) -> Outage:
        row = _row(outage)
        del row["number"]
        number = self._sql.execute(insert(table), row).inserted_primary_key
        assert number is not None  # noqa: S101 - for the type checker
        return replace(outage, number=number[0])

    def get(self, *, number: int) -> Outage | None:
        row = self._sql.execute(select(table).where(table.c.number == number).with_for_update()).mappings().first()
        return _read(row) if row else None

    def save(self, outage: Outage) -> None:
        self._sql.execute(update(table).where(table.c.number == outage.number), _row(outage))

    def not_ended(self) -> Sequence[Outage]:
        return self._many(table.c.ended_at.is_(None))

    def all(self) -> Sequence[Outage]:
        return self._many()

    def _many(self, *conditions: Any) -> Sequence[Outage]:
        found = self._sql.execute(select(table).where(*conditions).order_by(table.c.starts_at, table.c.number))
        return tuple(_read(row) for row in found.mappings())


def _row(outage: Outage) -> dict[str, Any]:
    return {**asdict(outage), "services": sorted(outage.services)}


def _read(row: RowMapping) -> Outage:
    services = frozenset(map(Service, row["services"]))
    return Outage(**{**row, "kind": OutageKind(row["kind"]), "services": services})
