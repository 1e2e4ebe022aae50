"""Extensions and declared force majeure in SQL."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from backend.domain.extension import ExtensionRequest
from backend.domain.force_majeure import Declaration
from backend.domain.ticket import TicketNumber
from backend.store.tables import extension, force_majeure

_DECLARED: Final = select(force_majeure).order_by(force_majeure.c.starts_at, force_majeure.c.number)
_OF_AREA: Final = _DECLARED.where(
    force_majeure.c.area == bindparam("of_area"), force_majeure.c.until > bindparam("since")
)  # asked by every filing: built once


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
        found = self._sql.execute(_OF_AREA, {"of_area": area, "since": since})
        return tuple(Declaration(**row) for row in found.mappings())

    def all(self) -> Sequence[Declaration]:
        return tuple(Declaration(**row) for row in self._sql.execute(_DECLARED).mappings())


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
