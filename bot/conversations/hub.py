"""Who listens to which conversation in this process. It says only that there is news; the log says what.

What another process wrote, and who types there, is announced here by `conversations.feed`.
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
TYPING: Final = 5.0  # seconds that one sign of it lasts
Typist = tuple[str, Speaker]  # in which conversation, on which side
EVERYTHING: Final = "*"  # who listens to this hears of every conversation


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._typing: dict[Typist, float] = {}
        self._typing_elsewhere: frozenset[Typist] = frozenset()
        self._begun: set[Typist] = set()
        self._ended: set[Typist] = set()
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
        """正在输入: somebody is typing now."""
        loop = asyncio.get_running_loop()
        self._typing[conversation, who] = loop.time() + TYPING
        self._begun.add((conversation, who))
        self._ended.discard((conversation, who))
        for key in [key for key, until in self._typing.items() if until <= loop.time()]:
            del self._typing[key]
        self.announce(conversation=conversation)
        loop.call_later(TYPING, partial(self.announce, conversation=conversation))

    def is_typing(self, *, conversation: str, who: Speaker) -> bool:
        return conversation in self.who_types(who)

    def who_types(self, who: Speaker) -> frozenset[str]:
        """The conversations in which this side is typing."""
        now = asyncio.get_running_loop().time()
        here = {key for key, until in self._typing.items() if until > now}
        return frozenset(conversation for conversation, side in here | self._typing_elsewhere if side is who)

    def stops_typing(self, *, conversation: str, who: Speaker) -> None:
        key = conversation, who
        self._begun.discard(key)
        if self._typing.pop(key, None) or key in self._typing_elsewhere:
            self._typing_elsewhere -= {key}
            self._ended.add(key)

    def typing_since(self) -> tuple[frozenset[Typist], frozenset[Typist]]:
        """Who began, or went on, and who ended since this was asked."""
        since = frozenset(self._begun), frozenset(self._ended)
        self._begun.clear()
        self._ended.clear()
        return since

    def types_elsewhere(self, known: frozenset[Typist]) -> None:
        """As all processes say, this one included; what ended here meanwhile has ended."""
        before, self._typing_elsewhere = self._typing_elsewhere, known - self._ended
        for conversation, _ in before ^ self._typing_elsewhere:
            self.announce(conversation=conversation)

    def close(self) -> None:
        """Ends every stream, so that the process can stop at once."""
        self.closed = True
        for conversation in list(self._listeners):
            self.announce(conversation=conversation)
