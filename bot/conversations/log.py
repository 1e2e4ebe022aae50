"""The message log as the event loop sees it: the store in a thread of its own, and its listeners told."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, ParamSpec, TypeVar

from bot.conversations.hub import Hub
from bot.conversations.messages import Accepted, Backlog, Message, Reply, Turn, TurnState
from bot.conversations.store import Store

PAGE: Final = 500
P = ParamSpec("P")
T = TypeVar("T")


class MessageLog:
    """`on_accepted` is called with the conversation of every new customer message."""

    def __init__(self, *, store: Store, hub: Hub, threads: int = 1) -> None:
        # One thread on SQLite: its writers exclude each other anyway, and would wait by polling.
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="message-log")
        self._store = store
        self._hub = hub
        self._writes: set[asyncio.Task[Any]] = set()
        self.on_accepted: Callable[[str], None] = lambda _conversation: None

    async def open(self, *, conversation: str, channel: str, at: datetime) -> None:
        await self._in_thread(self._store.open, conversation=conversation, channel=channel, at=at)

    async def accept(
        self, *, conversation: str, client_id: str, text: str, correlation_id: str, at: datetime
    ) -> Accepted:
        """See Store.accept."""

        async def write() -> Accepted:
            accepted = await self._in_thread(
                self._store.accept,
                conversation=conversation,
                client_id=client_id,
                text=text,
                correlation_id=correlation_id,
                at=at,
            )
            self._hub.announce(conversation=conversation)
            self.on_accepted(conversation)
            return accepted

        return await self._whole(write())

    async def notice(self, *, notice_id: str, conversation: str, text: str, at: datetime) -> Accepted:
        """See Store.notice."""

        async def write() -> Accepted:
            accepted = await self._in_thread(
                self._store.notice, notice_id=notice_id, conversation=conversation, text=text, at=at
            )
            self._hub.announce(conversation=conversation)
            return accepted

        return await self._whole(write())

    async def close_turn(self, *, turn: Turn, state: TurnState, replies: Sequence[Reply], at: datetime) -> bool:
        """See Store.close_turn."""

        async def write() -> bool:
            closed = await self._in_thread(self._store.close_turn, turn=turn, state=state, replies=replies, at=at)
            self._hub.announce(conversation=turn.conversation)
            return closed

        return await self._whole(write())

    async def tell(self, *, conversation: str, up_to: int, text: str, at: datetime) -> bool:
        """See Store.tell."""

        async def write() -> bool:
            told = await self._in_thread(self._store.tell, conversation=conversation, up_to=up_to, text=text, at=at)
            self._hub.announce(conversation=conversation)
            return told

        return await self._whole(write())

    async def remark(self, *, turn: Turn, text: str, at: datetime) -> bool:
        """See Store.remark."""

        async def write() -> bool:
            said = await self._in_thread(self._store.remark, turn=turn, text=text, at=at)
            self._hub.announce(conversation=turn.conversation)
            return said

        return await self._whole(write())

    async def exists(self, *, conversation: str) -> bool:
        return await self._in_thread(self._store.exists, conversation=conversation)

    async def messages(self, *, conversation: str, after: int) -> list[Message]:
        """At most PAGE of them."""
        return await self._in_thread(self._store.messages, conversation=conversation, after=after, most=PAGE)

    async def open_turns(self, *, conversation: str) -> list[Turn]:
        return await self._in_thread(self._store.open_turns, conversation=conversation)

    async def unanswered(self) -> list[str]:
        return await self._in_thread(self._store.unanswered)

    async def backlog(self) -> Backlog:
        return await self._in_thread(self._store.backlog)

    async def close(self) -> None:
        """After the writes that are under way."""
        await asyncio.gather(*self._writes, return_exceptions=True)
        self._threads.shutdown()

    async def _in_thread(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: call(*args, **kwargs))

    async def _whole(self, write: Coroutine[Any, Any, T]) -> T:
        """A customer who hangs up in the middle can't separate a write from what follows it."""
        task = asyncio.create_task(write)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return await asyncio.shield(task)
