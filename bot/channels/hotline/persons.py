"""A call's way to a person, as the desk shows it 来电排队. The queue itself is the telephone platform's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.log import MessageLog
from bot.conversations.store import ASKED, CUSTOMER
from bot.conversations.takeover import Act, State
from bot.conversations.takeovers import Takeovers
from bot.conversations.threads import Threads


@dataclass(frozen=True, kw_only=True)
class Persons:
    """A hook that comes twice changes nothing the second time."""

    log: MessageLog
    takeovers: Takeovers
    threads: Threads
    clock: Callable[[], datetime]

    async def waits(self, conversation: str) -> bool:
        """Also who was handed over by the dialogue."""
        takeover = await self.threads(self.takeovers.of, conversation=conversation)
        return takeover.state is State.QUEUED

    async def queue(self, conversation: str) -> None:
        more = {"reason": ASKED, "who": CUSTOMER, "at": self.clock()}
        await self.log.change(self.takeovers.queue, conversation=conversation, **more)

    async def connect(self, conversation: str) -> None:
        await self._step(conversation, Act.CONNECT)

    async def come_back(self, conversation: str) -> None:
        await self._step(conversation, Act.COME_BACK)

    async def hang_up(self, conversation: str) -> None:
        await self._step(conversation, Act.HANG_UP)

    async def _step(self, conversation: str, act: Act) -> None:
        takeover = await self.threads(self.takeovers.of, conversation=conversation)
        if takeover.state in (State.QUEUED, State.AGENT):
            await self.log.change(self.takeovers.by_phone, conversation=conversation, act=act, at=self.clock())
