"""How often one address may open conversations, and one conversation may write."""

import time
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Final

import limits
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from backend.domain.errors import Refusal
from bot.errors import TooManyMessages, TooManyPhotos, TooManySessions

PHOTO_RATE: Final = "10/minute"  # of one conversation; each has to be read and written anew
SIGN_RATE: Final = "120/minute"  # of one conversation: typing and reading


class Rates:
    """A refusal carries `retry_after`, in seconds, in its details."""

    def __init__(self, *, sessions: str, messages: str, photos: str = PHOTO_RATE) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._sessions = limits.parse(sessions)
        self._messages = limits.parse(messages)
        self._photos = limits.parse(photos)
        self._signs = limits.parse(SIGN_RATE)

    async def session(self, *, address: str) -> None:
        """Raises TooManySessions."""
        await self._hit(self._sessions, network(address), TooManySessions)

    async def message(self, *, conversation: str) -> None:
        """Raises TooManyMessages."""
        await self._hit(self._messages, conversation, TooManyMessages)

    async def photo(self, *, conversation: str) -> None:
        """Raises TooManyPhotos."""
        await self._hit(self._photos, conversation, TooManyPhotos)

    async def sign(self, *, conversation: str) -> None:
        """Raises TooManyMessages."""
        await self._hit(self._signs, f"sign:{conversation}", TooManyMessages)

    async def _hit(self, rate: limits.RateLimitItem, who: str, refusal: type[Refusal]) -> None:
        if not await self._limiter.hit(rate, refusal.code, who):
            window = await self._limiter.get_window_stats(rate, refusal.code, who)
            raise refusal(retry_after=max(1, ceil(window.reset_time - time.time())))


def network(address: str) -> str:
    """One IPv6 customer owns a /64 and could otherwise open conversations from 2^64 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
