"""Who is signed in: the browser holds the token, the database its hash."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, Engine, delete, insert, or_, select, update

from bot.conversations.database import writing
from bot.desk.tables import accounts, sessions

SEEN_EVERY: Final = timedelta(minutes=1)  # how exactly idleness is known


@dataclass(frozen=True, kw_only=True)
class Session:
    """`token` stays in memory and in the browser's cookie."""

    token: str
    job_number: str
    one_time: bool
    opened_at: datetime

    @property
    def csrf(self) -> str:
        """What the page sends as a header; the cookie's token can't be found from it."""
        return hmac.digest(self.token.encode(), b"csrf", "sha256").hex()


class Sessions:
    """Blocking. A session ends after `idle` without a call, and `longest` after it was opened."""

    def __init__(self, database: Engine, *, idle: timedelta, longest: timedelta) -> None:
        self._reading = database
        self._writing = writing(database)
        self._idle = idle
        self.longest = longest

    def open(self, *, job_number: str, at: datetime) -> str:
        """The token. What has ended is forgotten on the way."""
        token = secrets.token_urlsafe(32)
        over = or_(sessions.c.seen_at < at - self._idle, sessions.c.opened_at < at - self.longest)
        with self._writing.begin() as connection:
            connection.execute(delete(sessions).where(over))
            row = {"token_hash": _hash(token), "job_number": job_number, "opened_at": at, "seen_at": at}
            connection.execute(insert(sessions).values(row))
        return token

    def of(self, token: str, *, at: datetime) -> Session | None:
        """The session, seen now; None: none, or it has ended."""
        mine = sessions.c.token_hash == _hash(token)
        wanted = select(sessions, accounts.c.one_time).join(accounts).where(mine, *self._lasting(at))
        with self._reading.begin() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            return None
        if row["seen_at"] < at - SEEN_EVERY:
            with self._writing.begin() as connection:
                connection.execute(update(sessions).where(mine).values(seen_at=at))
        return Session(token=token, job_number=row["job_number"], one_time=row["one_time"], opened_at=row["opened_at"])

    def lasts(self, token: str, *, at: datetime) -> bool:
        """Without being seen: who only listens is idle."""
        mine = sessions.c.token_hash == _hash(token)
        with self._reading.begin() as connection:
            return connection.scalar(select(sessions.c.job_number).where(mine, *self._lasting(at))) is not None

    def _lasting(self, at: datetime) -> tuple[ColumnElement[bool], ...]:
        return sessions.c.seen_at >= at - self._idle, sessions.c.opened_at >= at - self.longest

    def end(self, token: str) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
