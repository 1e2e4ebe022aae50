"""Customers 客户资料: the operator's own system, and who has tried to prove to be which customer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from backend.domain.account import Account


class Accounts(Protocol):
    """The customer lookup 客户资料. An operator plugs in its own system (SHOUWEN_ACCOUNTS).

    It answers within a second or raises AccountsUnavailable; the numbers and phones it is asked for are not logged.
    """

    def of_number(self, *, number: str) -> Account | None:
        """`number`: letters and digits only."""

    def of_phone(self, *, phone: str) -> Sequence[Account]:
        """For our own judgement (who is important, R1.16), never told to who asks. `phone`: E.164."""

    def of_area(self, *, area: str, after: str, limit: int) -> Sequence[Account]:
        """Whom a notice to an area reaches (R1.10), by number, those after `after`. `area`: the charter's key."""

    def running_out(self, *, until: date, after: str, limit: int) -> Sequence[Account]:
        """Active, paid until that day or an earlier one; by number, those after `after` (R1.11)."""

    def important(self, *, after: str, limit: int) -> Sequence[Account]:
        """The key customers 大客户 (R5.5); by number, those after `after`."""


class AccountsUnavailable(Exception):
    """The operator's customer system can't be reached, or is too slow."""


class AccountAttempts(Protocol):
    """Who has tried to prove to be which customer; every attempt is kept."""

    def enter(self) -> None:
        """From here to the end of the transaction nobody else attempts, be it at accounts or at tickets: what is
        counted stays true."""

    def record(self, *, number: str, conversation: str, at: datetime, proven: bool) -> None: ...

    def failed_of_conversation(self, *, conversation: str, since: datetime) -> int: ...

    def failed_at_account(self, *, number: str, since: datetime) -> int: ...

    def has_proven(self, *, number: str, conversation: str) -> bool: ...
