"""WeChat posts a message up to three times until it is answered: which try it is, and what the answered one was given.

An older try has nobody at its other end any more. One that comes after an answer was given has not received it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.channels.wechat.tables import tries
from bot.conversations.database import writing

KEPT: Final = timedelta(days=1)  # WeChat gives up after seconds


@dataclass(frozen=True, kw_only=True)
class Try:
    """`number` counts from 1."""

    key: str
    conversation: str
    number: int


class Tries:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def begin(self, *, key: str, conversation: str, at: datetime) -> Try:
        row = {"key": key, "conversation": conversation, "tries": 1, "at": at}
        with self._writing.begin() as connection:
            there = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(tries)
            counted = there.values({**row, "given": 0, "given_after": 0, "given_up_to": 0}).on_conflict_do_update(
                index_elements=["key"], set_={"tries": tries.c.tries + 1}
            )
            number = connection.execute(counted.returning(tries.c.tries)).scalar_one()
        return Try(key=key, conversation=conversation, number=number)

    def is_newest(self, this: Try) -> bool:
        with self._reading.begin() as connection:
            return connection.scalar(select(tries.c.tries).where(tries.c.key == this.key)) == this.number

    def given(self, this: Try) -> tuple[int, int]:
        """What a try before was answered with: the messages after the first and up to the second seq; 0, 0 for none."""
        with self._reading.begin() as connection:
            row = connection.execute(select(tries).where(tries.c.key == this.key)).mappings().one()
        return (row["given_after"], row["given_up_to"]) if row["given"] < this.number else (0, 0)

    def forget(self, *, now: datetime) -> None:
        """Those that WeChat can't try again."""
        with self._writing.begin() as connection:
            connection.execute(delete(tries).where(tries.c.at < now - KEPT))
