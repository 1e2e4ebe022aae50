"""How often one address may open conversations, and one conversation may write."""

import time
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any, Final

import limits
import structlog
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from backend.domain.errors import Refusal
from bot.errors import TooManyMessages, TooManyPhotos, TooManySessions

PHOTO_RATE: Final = "10/minute"  # of one conversation; each has to be read and written anew
SIGN_RATE: Final = "120/minute"  # of one conversation: typing and reading
REDIS_WITHIN: Final = 0.5  # seconds
REDIS_AGAIN_AFTER: Final = 5.0
logger: Final = structlog.get_logger()


class Rates:
    """A refusal carries `retry_after`, in seconds, in its details.

    `redis_url`: where all processes count together. While Redis is away, or without one, each counts for itself: a
    customer is not turned away because a counter can't be reached.
    """

    def __init__(self, *, sessions: str, messages: str, photos: str = PHOTO_RATE, redis_url: str = "") -> None:
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._redis = _connections(redis_url) if redis_url else None
        self._shared = MovingWindowRateLimiter(_counters(redis_url, self._redis)) if self._redis else None
        self._away_until = 0.0
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

    async def close(self) -> None:
        if self._redis:
            await self._redis.aclose()

    async def _hit(self, rate: limits.RateLimitItem, who: str, refusal: type[Refusal]) -> None:
        if self._shared and time.monotonic() >= self._away_until:
            try:
                await _count(self._shared, rate, who, refusal)
            except StorageError as away:
                self._away_until = time.monotonic() + REDIS_AGAIN_AFTER
                logger.warning("redis_away", why=repr(away.__cause__ or away))
            else:
                return
        await _count(self._here, rate, who, refusal)


async def _count(
    limiter: MovingWindowRateLimiter, rate: limits.RateLimitItem, who: str, refusal: type[Refusal]
) -> None:
    if not await limiter.hit(rate, refusal.code, who):
        window = await limiter.get_window_stats(rate, refusal.code, who)
        raise refusal(retry_after=max(1, ceil(window.reset_time - time.time())))


def _connections(url: str) -> ConnectionPool:
    """None is made before it is wanted."""
    again = Retry(NoBackoff(), 1)
    return ConnectionPool.from_url(url, socket_timeout=REDIS_WITHIN, socket_connect_timeout=REDIS_WITHIN, retry=again)


def _counters(url: str, connections: ConnectionPool) -> RedisStorage:
    pool: dict[str, Any] = {"connection_pool": connections}
    return RedisStorage(f"async+{url}", wrap_exceptions=True, implementation="redispy", key_prefix="shouwen", **pool)


def network(address: str) -> str:
    """One IPv6 customer owns a /64 and could otherwise open conversations from 2^64 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
