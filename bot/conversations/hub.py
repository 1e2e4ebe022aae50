"""Who listens to which conversation in this process. It says only that there is news; the log says what.

What another process wrote is announced here by `conversations.feed`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from bot.conversations.messages import Speaker
from bot.errors import TooManyStreams

MOST_STREAMS: Final = 10
TYPING: Final = 5.0  # seconds that one word of it lasts
EVERYTHING: Final = "*"  # who listens to this hears of every conversation


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._typing: dict[tuple[str, Speaker], float] = {}
        self.closed = False

    @contextmanager
    def listen(self, *, conversation: str, most: int = MOST_STREAMS) -> Iterator[asyncio.Event]:
        """An event that is set when there is news. Raises TooManyStreams."""
        listeners = self._listeners[conversation]
        if len(listeners) >= most:
            raise TooManyStreams
        news = asyncio.Event()
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                self._listeners.pop(conversation, None)

    def is_heard(self, *, conversation: str) -> bool:
        return conversation in self._listeners

    def announce(self, *, conversation: str) -> None:
        for listeners in (self._listeners.get(conversation, ()), self._listeners.get(EVERYTHING, ())):
            for news in listeners:
                news.set()

    def types(self, *, conversation: str, who: Speaker) -> None:
        """正在输入: somebody is typing now. Kept nowhere; who listens in another process does not hear of it."""
        loop = asyncio.get_running_loop()
        self._typing[conversation, who] = loop.time() + TYPING
        for key in [key for key, until in self._typing.items() if until <= loop.time()]:
            del self._typing[key]
        self.announce(conversation=conversation)
        loop.call_later(TYPING, partial(self.announce, conversation=conversation))

    def is_typing(self, *, conversation: str, who: Speaker) -> bool:
        return self._typing.get((conversation, who), 0.0) > asyncio.get_running_loop().time()

    def who_types(self, who: Speaker) -> frozenset[str]:
        """The conversations in which this side is typing."""
        now = asyncio.get_running_loop().time()
        return frozenset(key[0] for key, until in self._typing.items() if key[1] is who and until > now)

    def stops_typing(self, *, conversation: str, who: Speaker) -> None:
        self._typing.pop((conversation, who), None)

    def close(self) -> None:
        """Ends every stream, so that the process can stop at once."""
        self.closed = True
        for conversation in list(self._listeners):
            self.announce(conversation=conversation)
