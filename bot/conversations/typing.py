"""Who is typing 正在输入, for the other processes: a row that lasts for seconds."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.hub import TYPING, Typist
from bot.conversations.messages import Speaker
from bot.conversations.tables import typing

LASTS: Final = timedelta(seconds=TYPING)


class Typing:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def tell(self, *, begun: Collection[Typist], ended: Collection[Typist], at: datetime) -> None:
        """Of this process; what has lapsed is forgotten on the way."""
        over = tuple_(typing.c.conversation, typing.c.speaker).in_(sorted(ended))
        rows = [{"conversation": each, "speaker": who, "until": at + LASTS} for each, who in sorted(begun)]
        with self._writing.begin() as connection:
            connection.execute(delete(typing).where(or_(over, typing.c.until <= at)))
            if rows:
                upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
                told = upsert(typing).values(rows)
                key = [typing.c.conversation, typing.c.speaker]
                connection.execute(told.on_conflict_do_update(index_elements=key, set_={"until": at + LASTS}))

    def known(self, *, at: datetime) -> frozenset[Typist]:
        with self._reading.begin() as connection:
            found = connection.execute(select(typing.c.conversation, typing.c.speaker).where(typing.c.until > at))
            return frozenset((row.conversation, Speaker(row.speaker)) for row in found)
