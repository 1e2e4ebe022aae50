"""A fault of a member of staff, as it is recorded (R7.1), as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import TypeAdapter

from backend.domain.assessment import Fault
from backend.messages.reports import Key, Written


@dataclass(frozen=True, kw_only=True)
class FaultNoted:
    """`member`, `by`: job numbers. Upheld complaints need none: their cases count (R6.1)."""

    member: Key
    fault: Fault
    on: date
    note: Written
    by: Key


FAULT_NOTED: Final = TypeAdapter(FaultNoted)
