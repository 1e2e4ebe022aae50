"""Codes 验证码 sent to phones, and the phones that conversations are bound to 绑定."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code that was sent. `digest`, with `salt`: never the code itself. `attempts`: how often one was tried on it.

    `used_by`: the request that it bound the phone by.
    """

    id: int
    conversation: str
    phone: str  # E.164
    salt: str
    digest: str
    sent_at: datetime
    expires_at: datetime
    attempts: int
    used_by: str | None


@dataclass(frozen=True, kw_only=True)
class BoundPhone:
    phone: str  # E.164
    bound_at: datetime
    until: datetime


class Codes(Protocol):
    """Of a conversation only the newest code counts."""

    def enter(self) -> None:
        """From here to the end of the transaction nobody else has a code sent: what is counted stays true."""

    def add(
        self, *, conversation: str, request_id: str, phone: str, salt: str, digest: str, at: datetime, until: datetime
    ) -> Code: ...

    def of_request(self, *, conversation: str, request_id: str) -> Code | None: ...

    def newest(self, *, conversation: str) -> Code | None: ...

    def try_on(self, *, id: int, most: int, at: datetime) -> bool:  # noqa: A002 - the row's name
        """Takes one attempt, in one statement; False where none is left, it was used, or its time is over."""

    def use(self, *, id: int, by: str, at: datetime) -> bool:  # noqa: A002
        """True for the one who used it; False where somebody has."""

    def sent(self, *, since: datetime, phone: str | None = None, conversation: str | None = None) -> int:
        """How many were sent later than that: to the phone, for the conversation, in all."""

    def last_sent(self, *, phone: str) -> datetime | None: ...

    def forget(self, *, before: datetime) -> None: ...


class BoundPhones(Protocol):
    def put(self, *, conversation: str, bound: BoundPhone) -> None:
        """Takes the place of what was known of this phone there."""

    def of_conversation(self, *, conversation: str, at: datetime) -> Sequence[BoundPhone]:
        """Those that hold at that time; the latest bound first."""

    def clear(self, *, conversation: str) -> None: ...
