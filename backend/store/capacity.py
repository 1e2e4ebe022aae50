"""Where it can be installed, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from backend.ports import Store
from backend.ports.capacity import Noted
from backend.store.tables import capacity as table


class SqlCapacityNotes:
    """`backend.ports.CapacityNotes` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, noted: Noted) -> None:
        self._sql.execute(delete(table).where(table.c.area == noted.area))
        self._sql.execute(insert(table), asdict(noted))

    def all(self) -> Sequence[Noted]:
        return tuple(Noted(**row) for row in self._sql.execute(select(table).order_by(table.c.area)).mappings())


class TableCapacity:
    """`backend.ports.Capacity` by what the staff has noted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_open(self, *, areas: Sequence[str]) -> Mapping[str, bool]:
        with self._store.reading() as tickets:
            return {noted.area: noted.is_open for noted in tickets.capacity_notes.all() if noted.area in areas}
