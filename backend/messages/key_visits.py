"""A key customer's visit as it was made, as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import TypeAdapter

from backend.messages.reports import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class KeyVisitAct:
    """`by`: the job number of who made it; `said`: what the customer said."""

    number: int
    by: Key
    said: Text


@dataclass(frozen=True, kw_only=True)
class KeyCustomerView:
    """Whom to visit, masked."""

    phone: str
    address: str | None
    area_name: str | None
    package: str | None
    sample: bool


@dataclass(frozen=True, kw_only=True)
class KeyContact:
    """Whom to visit, as they are. `phone`: E.164."""

    phone: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class KeyVisitView:
    """`customer` None: it was made, or the operator's customer system does not tell."""

    number: int
    account: str
    planned_on: date
    staff: str
    made_at: Moment | None
    made_by: str | None
    said: str | None
    customer: KeyCustomerView | None = None


KEY_VISIT_ACT: Final = TypeAdapter(KeyVisitAct)
KEY_VISIT_VIEW: Final = TypeAdapter(KeyVisitView)
KEY_CONTACT: Final = TypeAdapter(KeyContact)
