"""Recorded faults of staff in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, insert, select

from backend.domain.assessment import Fault
from backend.ports.faults import RecordedFault
from backend.store.tables import recorded_fault as table


class SqlFaults:
    """`backend.ports.Faults` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, recorded: RecordedFault) -> None:
        self._sql.execute(insert(table), asdict(recorded))

    def within(self, *, first: date, last: date) -> Sequence[RecordedFault]:
        columns = [column for column in table.c if column.name != "number"]
        found = select(*columns).where(table.c.on.between(first, last)).order_by(table.c.on, table.c.number)
        rows = self._sql.execute(found).mappings()
        return tuple(RecordedFault(**{**row, "fault": Fault(row["fault"])}) for row in rows)
