"""Hand-overs of shifts 交接班."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.handover import Handover


class Handovers(Protocol):
    def add(self, handover: Handover) -> Handover:
        """Gives it its number."""

    def get(self, *, number: int) -> Handover | None: ...

    def save(self, handover: Handover) -> None: ...

    def all(self) -> Sequence[Handover]:
        """The newest first."""
