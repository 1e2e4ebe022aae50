"""The message log as the event loop sees it: the store in threads, and its listeners told."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, TypeVar

from bot.conversations.hub import Hub
from bot.conversations.messages import Accepted, Backlog, Bound, Button, Message, Reply, Turn, TurnState
from bot.conversations.store import Store
from bot.conversations.threads import Threads

PAGE: Final = 500
T = TypeVar("T")


class MessageLog:
    """`on_accepted` is called with the conversation of every new customer message."""

    def __init__(self, *, store: Store, hub: Hub, threads: Threads) -> None:
        self._threads = threads
        self._store = store
        self._hub = hub
        self._writes: set[asyncio.Task[Any]] = set()
        self.on_accepted: Callable[[str], None] = lambda _conversation: None

    async def accept(
        self,
        *,
        conversation: str,
        client_id: str,
        text: str,
        correlation_id: str,
        at: datetime,
        attachment: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Accepted:
        """See Store.accept."""

        async def write() -> Accepted:
            accepted = await self._threads(
                self._store.accept,
                conversation=conversation,
                client_id=client_id,
                text=text,
                correlation_id=correlation_id,
                at=at,
                attachment=attachment,
                details=details,
            )
            self._hub.announce(conversation=conversation)
            self.on_accepted(conversation)
            return accepted

        return await self._whole(write())

    async def notice(
        self,
        *,
        notice_id: str,
        conversation: str,
        text: str,
        at: datetime,
        visit: str | None = None,
        buttons: Sequence[Button] = (),
    ) -> Accepted:
        """See Store.notice."""

        async def write() -> Accepted:
            accepted = await self._threads(
                self._store.notice,
                notice_id=notice_id,
                conversation=conversation,
                text=text,
                at=at,
                visit=visit,
                buttons=buttons,
            )
            self._hub.announce(conversation=conversation)
            return accepted

        return await self._whole(write())

    async def close_turn(
        self,
        *,
        turn: Turn,
        state: TurnState,
        replies: Sequence[Reply],
        at: datetime,
        handoff: str | None = None,
        understood: Mapping[str, Any] | None = None,
        bound: Bound | None = None,
    ) -> bool:
        """See Store.close_turn."""

        async def write() -> bool:
            closed = await self._threads(
                self._store.close_turn,
                turn=turn,
                state=state,
                replies=replies,
                at=at,
                handoff=handoff,
                understood=understood,
                bound=bound,
            )
            self._hub.announce(conversation=turn.conversation)
            return closed

        return await self._whole(write())

    async def tell(self, *, conversation: str, up_to: int, text: str, at: datetime) -> bool:
        """See Store.tell."""

        async def write() -> bool:
            told = await self._threads(self._store.tell, conversation=conversation, up_to=up_to, text=text, at=at)
            self._hub.announce(conversation=conversation)
            return told

        return await self._whole(write())

    async def remark(self, *, turn: Turn, text: str, at: datetime) -> bool:
        """See Store.remark."""

        async def write() -> bool:
            said = await self._threads(self._store.remark, turn=turn, text=text, at=at)
            self._hub.announce(conversation=turn.conversation)
            return said

        return await self._whole(write())

    async def change(self, change: Callable[..., T], *, conversation: str, **given: Any) -> T:
        """A step of `Takeovers`, with who listens told of it and the turn that it may open woken."""

        async def write() -> T:
            result = await self._threads(change, conversation=conversation, **given)
            self._hub.announce(conversation=conversation)
            self.on_accepted(conversation)
            return result

        return await self._whole(write())

    async def answered(self, *, conversation: str, seq: int, within: float) -> bool:
        """Waits for the answer to a message, `within` seconds; False when it has not come."""
        with self._hub.listen(conversation=conversation) as news, suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not self._hub.closed:
                    news.clear()
                    if await self._threads(self._store.is_closed, conversation=conversation, number=seq):
                        return True
                    await news.wait()
        return False

    async def messages(self, *, conversation: str, after: int) -> list[Message]:
        """At most PAGE of them."""
        return await self._threads(self._store.messages, conversation=conversation, after=after, most=PAGE)

    async def open_turns(self, *, conversation: str) -> list[Turn]:
        return await self._threads(self._store.open_turns, conversation=conversation)

    async def unanswered(self) -> list[str]:
        return await self._threads(self._store.unanswered)

    async def backlog(self) -> Backlog:
        return await self._threads(self._store.backlog)

    async def close(self) -> None:
        """After the writes that are under way."""
        await asyncio.gather(*self._writes, return_exceptions=True)

    async def _whole(self, write: Coroutine[Any, Any, T]) -> T:
        """A customer who hangs up in the middle can't separate a write from what follows it."""
        task = asyncio.create_task(write)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return await asyncio.shield(task)
