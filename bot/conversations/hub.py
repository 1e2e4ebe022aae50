"""Who listens to which conversation in this process. It says only that there is news; the log says what.

What another process wrote is announced here by `conversations.feed`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.errors import TooManyStreams

MOST_STREAMS: Final = 10
EVERYTHING: Final = "*"  # who listens to this hears of every conversation


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
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

    def announce(self, *, conversation: str) -> None:
        for news in self._listeners.get(conversation, ()):
            news.set()

    def close(self) -> None:
        """Ends every stream, so that the process can stop at once."""
        self.closed = True
        for conversation in list(self._listeners):
            self.announce(conversation=conversation)
