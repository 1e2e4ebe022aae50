"""Visits of key customers 大客户回访."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from backend.domain.key_visit import KeyVisit


class KeyVisits(Protocol):
    def plan(self, visit: KeyVisit) -> KeyVisit:
        """Gives it its number."""

    def get(self, *, number: int) -> KeyVisit | None: ...

    def save(self, visit: KeyVisit) -> None: ...

    def last_planned(self, *, account: str) -> date | None: ...

    def planned(self, *, made: bool) -> Sequence[KeyVisit]:
        """The earliest first."""
