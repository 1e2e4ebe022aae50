"""A key customer's visit as it was made, as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import TypeAdapter

from backend.messages import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class KeyVisitAct:
    """`by`: the job number of who made it; `said`: what the customer said."""

    number: int
    by: Key
    said: Text


@dataclass(frozen=True, kw_only=True)
class KeyVisitView:
    number: int
    account: str
    planned_on: date
    staff: str
    made_at: Moment | None
    made_by: str | None
    said: str | None


KEY_VISIT_ACT: Final = TypeAdapter(KeyVisitAct)
KEY_VISIT_VIEW: Final = TypeAdapter(KeyVisitView)
