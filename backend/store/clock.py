"""Extensions and declared force majeure in SQL."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backend.domain.extension import ExtensionRequest
from backend.domain.force_majeure import Declaration
from backend.domain.ticket import TicketNumber
from backend.store.tables import extension, force_majeure


class SqlExtensions:
    """`backend.ports.Extensions` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, asked: ExtensionRequest) -> ExtensionRequest:
        return replace(asked, id=_inserted(self._sql, extension, _row(asked)))

    def pending(self, *, number: TicketNumber) -> ExtensionRequest | None:
        undecided = extension.c.ticket_number == str(number), extension.c.approved.is_(None)
        row = self._sql.execute(select(extension).where(*undecided)).mappings().first()
        return _request(row) if row else None

    def save(self, decided: ExtensionRequest) -> None:
        self._sql.execute(update(extension).where(extension.c.id == decided.id), _row(decided))


class SqlDeclarations:
    """`backend.ports.Declarations` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, declaration: Declaration) -> Declaration:
        row = asdict(declaration)
        del row["number"]
        return replace(declaration, number=_inserted(self._sql, force_majeure, row))

    def of_area(self, *, area: str, since: datetime) -> Sequence[Declaration]:
        return self._many(force_majeure.c.area == area, force_majeure.c.until > since)

    def all(self) -> Sequence[Declaration]:
        return self._many()

    def _many(self, *conditions: Any) -> Sequence[Declaration]:
        found = select(force_majeure).where(*conditions).order_by(force_majeure.c.starts_at, force_majeure.c.number)
        return tuple(Declaration(**row) for row in self._sql.execute(found).mappings())


def _inserted(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None  # noqa: S101 - for the type checker
    number: int = key[0]
    return number


def _row(asked: ExtensionRequest) -> dict[str, Any]:
    row = asdict(asked)
    del row["id"], row["number"]
    return row | {"ticket_number": str(asked.number)}


def _request(row: RowMapping) -> ExtensionRequest:
    facts = dict(row)
    return ExtensionRequest(number=TicketNumber(facts.pop("ticket_number")), **facts)
