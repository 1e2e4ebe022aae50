"""What changed in whichever process, made known to who listens in this one: one cheap question every moment."""

import asyncio
from typing import Final

import structlog
from sqlalchemy import Engine, func, select

from bot.conversations.hub import Hub
from bot.conversations.tables import conversations
from bot.conversations.threads import Threads

MOMENT: Final = 0.5  # seconds
MOST: Final = 500
logger: Final = structlog.get_logger()


class Changes:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database

    def newest(self) -> int:
        with self._reading.begin() as connection:
            return connection.scalar(select(func.max(conversations.c.changed))) or 0

    def after(self, change: int, *, most: int = MOST) -> list[tuple[str, int]]:
        """The conversations that changed after it, each with its last change, in order."""
        wanted = select(conversations.c.id, conversations.c.changed).where(conversations.c.changed > change)
        with self._reading.begin() as connection:
            found = connection.execute(wanted.order_by(conversations.c.changed).limit(most))
            return [(row.id, row.changed) for row in found]


class Feed:
    def __init__(self, *, changes: Changes, hub: Hub, threads: Threads, moment: float = MOMENT) -> None:
        self._changes = changes
        self._hub = hub
        self._threads = threads
        self._moment = moment
        self._last = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._last = await self._threads(self._changes.newest)
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._moment)
            try:
                changed = await self._threads(self._changes.after, self._last)
            except Exception:
                logger.exception("feed_failed")
                continue
            for conversation, number in changed:
                self._last = number
                self._hub.announce(conversation=conversation)
