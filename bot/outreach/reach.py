"""By what a message that we start reaches its customer: their own channel, as long as it lets us, else nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backend.domain.vocabulary import Channel
from bot.conversations.messages import Conversation
from bot.conversations.open_pages import OpenPages
from bot.conversations.reached import Reached
from bot.conversations.threads import Threads


class Reach(StrEnum):
    CHAT = "chat"  # read on the page that the customer has open
    WECHAT = "wechat"  # as a customer-service message 客服消息
    TEMPLATE = "template"  # as a template message 模板消息
    NONE = "none"  # it stands in the conversation, where nobody may look: who sent it finds another way


class Push(Protocol):
    """How a channel gets what stands in a conversation to its customer. It may be asked twice for one message."""

    async def __call__(self, conversation: Conversation, text: str) -> Reach: ...


class OpenPage:
    """The web chat: whoever has the page open reads it there."""

    def __init__(self, *, pages: OpenPages, threads: Threads, clock: Callable[[], datetime]) -> None:
        self._pages = pages
        self._threads = threads
        self._clock = clock

    async def __call__(self, conversation: Conversation, text: str) -> Reach:  # noqa: ARG002 - the page fetches it
        opened = await self._threads(self._pages.is_open, conversation=conversation.id, at=self._clock())
        return Reach.CHAT if opened else Reach.NONE


class Outreach:
    """`channels`: how each is reached. A call that is over, or a partner's ticket, is reached by none of them."""

    def __init__(self, *, channels: Mapping[Channel, Push], reached: Reached, threads: Threads) -> None:
        self._channels = channels
        self._reached = reached
        self._threads = threads

    async def carry(self, *, notice_id: str, conversation: Conversation, text: str) -> Reach:
        """Of a message that is in the log already. Again: what it was the first time, and nothing goes out."""
        known = await self._threads(self._reached.by, notice_id=notice_id)
        if known:
            return Reach(known)
        push = self._channels.get(Channel(conversation.channel))
        reach = await push(conversation, text) if push else Reach.NONE
        return Reach(await self._threads(self._reached.write_down, notice_id=notice_id, reach=reach))
