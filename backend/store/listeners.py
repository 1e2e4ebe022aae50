"""Listeners in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, delete, select, update

from backend.ports import Listener
from backend.store.agenda import insert_once
from backend.store.tables import listener as table

_ALL: Final = select(table).order_by(table.c.registered_at, table.c.id)  # asked by every change: built once


class SqlListeners:
    """`backend.ports.Listeners` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, listener: Listener) -> None:
        row = asdict(listener)
        if not insert_once(self._sql, table, row):
            self._sql.execute(update(table).where(table.c.id == listener.id).values(row))

    def get(self, *, id: str) -> Listener | None:  # noqa: A002
        row = self._sql.execute(select(table).where(table.c.id == id)).mappings().first()
        return Listener(**row) if row else None

    def all(self) -> Sequence[Listener]:
        return tuple(Listener(**row) for row in self._sql.execute(_ALL).mappings())

    def remove(self, *, id: str) -> bool:  # noqa: A002
        return self._sql.execute(delete(table).where(table.c.id == id)).rowcount > 0
