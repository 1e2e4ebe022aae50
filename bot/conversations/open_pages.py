"""Who has the chat open: its page says so again and again while it listens, whichever of our processes it asks."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.tables import seen

SAID_AGAIN: Final = timedelta(seconds=25)  # as long as the longest wait for an answer to a page that can't listen
PRESENT_FOR: Final = timedelta(seconds=60)  # two of them, and time to spare


class OpenPages:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def seen(self, *, conversation: str, at: datetime) -> None:
        """Its page is open now. Looked up first, so that a page that asks often writes seldom."""
        last = self._last(conversation)
        if last and at - last < SAID_AGAIN:
            return
        upsert = postgresql.insert if self._writing.dialect.name == "postgresql" else sqlite.insert
        row = upsert(seen).values(conversation=conversation, at=at)
        with self._writing.begin() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["conversation"], set_={"at": at}))

    def gone(self, *, conversation: str) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(seen).where(seen.c.conversation == conversation))

    def is_open(self, *, conversation: str, at: datetime) -> bool:
        last = self._last(conversation)
        return last is not None and at - last < PRESENT_FOR

    def _last(self, conversation: str) -> datetime | None:
        with self._reading.begin() as connection:
            return connection.scalar(select(seen.c.at).where(seen.c.conversation == conversation))
