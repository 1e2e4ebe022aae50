"""Announced outages and maintenance."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.outage import Outage


class Outages(Protocol):
    """What staff has announced."""

    def add(self, outage: Outage) -> Outage:
        """Gives it its number."""

    def get(self, *, number: int) -> Outage | None: ...

    def save(self, outage: Outage) -> None: ...

    def not_ended(self) -> Sequence[Outage]:
        """Those that nobody has ended, the earliest first."""
