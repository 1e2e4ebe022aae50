"""What changed and who types in whichever process, made known to who listens in this one: two cheap questions every
moment."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Engine, func, select

from bot.conversations.hub import Hub
from bot.conversations.tables import conversations
from bot.conversations.threads import Threads
from bot.conversations.typing import Typing

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
    def __init__(
        self,
        *,
        changes: Changes,
        typing: Typing,
        hub: Hub,
        threads: Threads,
        clock: Callable[[], datetime],
        moment: float = MOMENT,
    ) -> None:
        self._changes = changes
        self._typing = typing
        self._clock = clock
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
                await self._tell_changes()
                await self._share_typing()
            except Exception:
                logger.exception("feed_failed")

    async def _tell_changes(self) -> None:
        for conversation, number in await self._threads(self._changes.after, self._last):
            self._last = number
            self._hub.announce(conversation=conversation)

    async def _share_typing(self) -> None:
        begun, ended = self._hub.typing_since()
        if begun or ended:
            await self._threads(self._typing.tell, begun=begun, ended=ended, at=self._clock())
        self._hub.types_elsewhere(await self._threads(self._typing.known, at=self._clock()))
