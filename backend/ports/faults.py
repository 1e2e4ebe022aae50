"""Recorded faults of staff (R7.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from backend.domain.assessment import Fault


@dataclass(frozen=True, kw_only=True)
class RecordedFault:
    member: str
    fault: Fault
    on: date
    note: str
    recorded_by: str
    recorded_at: datetime


class Faults(Protocol):
    def add(self, recorded: RecordedFault) -> None: ...

    def within(self, *, first: date, last: date) -> Sequence[RecordedFault]:
        """Both days included; the earliest first."""
