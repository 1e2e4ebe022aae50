"""What staff did at the desk: who, what, about which, when, why. Added to, never changed; no words of customers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from bot.conversations.database import writing
from bot.desk.tables import ABOUT_AT_MOST, audit


@dataclass(frozen=True, kw_only=True)
class Row:
    """`who`: a job number. `about`: a ticket's number, a conversation, a job number … `reason` may be empty."""

    id: int
    at: datetime
    who: str
    act: str
    about: str
    reason: str


class Audit:
    """Blocking."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def record(self, *, who: str, act: str, about: str, at: datetime, reason: str = "") -> None:
        with self._writing.begin() as connection:
            record(connection, who=who, act=act, about=about, at=at, reason=reason)

    def rows(self, *, about: str | None = None, who: str | None = None, before: int | None, most: int) -> list[Row]:
        """The newest first; `before`: only those with a smaller id."""
        wanted = select(audit).order_by(audit.c.id.desc()).limit(most)
        if about is not None:
            wanted = wanted.where(audit.c.about == about)
        if who is not None:
            wanted = wanted.where(audit.c.who == who)
        if before is not None:
            wanted = wanted.where(audit.c.id < before)
        with self._reading.begin() as connection:
            return [Row(**row) for row in connection.execute(wanted).mappings()]


def record(connection: Connection, *, who: str, act: str, about: str, at: datetime, reason: str = "") -> None:
    """Within the transaction of what was done. Of `about` as much is kept as has room."""
    connection.execute(insert(audit).values(at=at, who=who, act=act, about=about[:ABOUT_AT_MOST], reason=reason))
