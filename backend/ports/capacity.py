"""Where it can be installed: the operator's own system, or what the staff has noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Noted:
    """`area`: the charter's key; `noted_by`: a job number."""

    area: str
    is_open: bool
    noted_by: str
    noted_at: datetime


class Capacity(Protocol):
    """An operator plugs in its own system (SHOUWEN_CAPACITY). It answers within a second or raises
    CapacityUnavailable."""

    def is_open(self, *, areas: Sequence[str]) -> Mapping[str, bool]:
        """By the charter's key. Of an area that is left out the charter's own word holds."""


class CapacityNotes(Protocol):
    def put(self, noted: Noted) -> None:
        """In the place of what was noted of that area before."""

    def all(self) -> Sequence[Noted]: ...


class CapacityUnavailable(Exception):
    """The operator's system can't be reached, or is too slow."""
