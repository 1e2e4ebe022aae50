"""The ledger in SQL."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, select

from backend.domain.ledger import Page
from backend.domain.ticket import TicketNumber
from backend.store.statements import insert_into
from backend.store.tables import ledger as table
from backend.store.tables import ticket


class SqlLedger:
    """`backend.ports.Ledger` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def last(self, *, number: TicketNumber) -> Page | None:
        # A statement of its own: only the next one sees what who held the row before has written.
        self._sql.execute(select(ticket.c.number).where(ticket.c.number == str(number)).with_for_update())
        newest = select(table).where(table.c.ticket_number == str(number)).order_by(table.c.position.desc()).limit(1)
        row = self._sql.execute(newest).mappings().first()
        return _read(row) if row else None

    def add(self, page: Page) -> None:
        row = {name: getattr(page, name) for name in table.columns.keys() if name != "ticket_number"}  # noqa: SIM118
        self._sql.execute(insert_into(table), row | {"ticket_number": page.number})

    def pages(self, *, number: TicketNumber) -> Sequence[Page]:
        written = select(table).where(table.c.ticket_number == str(number)).order_by(table.c.position)
        return tuple(_read(row) for row in self._sql.execute(written).mappings())


def _read(row: RowMapping) -> Page:
    facts = dict(row)
    return Page(number=facts.pop("ticket_number"), **facts)
