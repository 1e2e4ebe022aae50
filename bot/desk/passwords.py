"""Passwords of the desk: argon2id, and the one-time ones that are issued."""

import asyncio
import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import PasswordTooWeak

SHORTEST: Final = 10
LONGEST: Final = 128
FEWEST_SIGNS: Final = 5  # different ones
ONE_TIME_GROUPS: Final = 4  # of four signs out of 31: 79 bits
_READABLE: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # no sign that is read as another
AT_ONCE: Final = 2  # each takes 64 MiB and a core


class Passwords:
    """Slow on purpose: 64 MiB and tens of milliseconds each, in threads of their own and few at once."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobody = _nobodys()

    def hash(self, password: str) -> str:
        """Blocking."""
        return self._hasher.hash(_folded(password))

    async def hashed(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self.hash, password)

    async def fits(self, password: str, *, hashed: str | None) -> bool:
        """`hashed` None: nobody has such an account, which takes as long to find."""
        async with self._turn:
            matches = await asyncio.to_thread(self._verify, hashed or self._nobody, _folded(password))
        return matches and hashed is not None

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    """Made once in a process, at its start: so that the first of nobody takes no longer either."""
    return PasswordHasher().hash(secrets.token_hex())


def one_time() -> str:
    """Easy to read out and to type: four groups of four."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(ONE_TIME_GROUPS))
    return "-".join(groups)


def check(password: str, *, job_number: str, before: str) -> None:
    """Raises PasswordTooWeak."""
    folded = _folded(password)
    if not SHORTEST <= len(folded) <= LONGEST:
        raise PasswordTooWeak(what=f"应有 {SHORTEST} 到 {LONGEST} 个字符")
    if len(set(folded)) < FEWEST_SIGNS:
        raise PasswordTooWeak(what="重复的字符太多")
    if job_number in folded:
        raise PasswordTooWeak(what="不能含有工号")
    if folded == _folded(before):
        raise PasswordTooWeak(what="不能和原来的一样")


def _folded(password: str) -> str:
    """The same whatever keyboard composed it."""
    return unicodedata.normalize("NFKC", password)
