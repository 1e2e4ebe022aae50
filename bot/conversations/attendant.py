"""The attendant 排队管理: tells those who wait their place, nudges, reminds, and sends home whom nobody can serve.

Any number of processes may run it: each step is checked again under the conversation's lock, and done once.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from bot.conversations.log import MessageLog
from bot.conversations.presence import Presence
from bot.conversations.takeover import State, Surroundings, Takeover, first_free
from bot.conversations.takeovers import Takeovers
from bot.conversations.threads import Threads
from bot.conversations.told import is_worth_telling

TICK: Final = 2.0  # seconds
logger: Final = structlog.get_logger()


class Attendant:
    def __init__(
        self,
        *,
        log: MessageLog,
        takeovers: Takeovers,
        presence: Presence,
        threads: Threads,
        clock: Callable[[], datetime],
        is_open: Callable[[datetime], bool],
        tick: float = TICK,
    ) -> None:
        self._log = log
        self._takeovers = takeovers
        self._presence = presence
        self._threads = threads
        self._clock = clock
        self._is_open = is_open
        self._tick = tick
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self, *, at: datetime) -> None:
        """Once round everybody who waits or is served."""
        seats = await self._threads(self._presence.seats, at=at)
        here = Surroundings(at=at, present=frozenset(seat.agent for seat in seats), open=self._is_open(at))
        live = await self._threads(self._takeovers.live)
        for each in live:
            if each.due(here, patience=self._takeovers.patience) is not None:
                await self._attend(each, here)
        waiting = [each for each in live if each.state is State.QUEUED and not each.by_phone]
        for ahead, each in enumerate(first_free(waiting)):
            if ahead != each.told_ahead and is_worth_telling(ahead, channel=each.channel):
                await self._log.change(self._takeovers.tell_place, conversation=each.conversation, at=at)

    async def _attend(self, takeover: Takeover, here: Surroundings) -> None:
        conversation = takeover.conversation
        act = await self._log.change(self._takeovers.attend, conversation=conversation, here=here)
        logger.info("attended", conversation=conversation, act=act, agent=takeover.agent)

    async def _run(self) -> None:
        while True:
            try:
                await self.look(at=self._clock())
            except Exception:
                logger.exception("attendant_failed")
            await asyncio.sleep(self._tick)
