"""What members of staff do to a ticket, as JSON. Each kind of act has its own shape; all say who, to what, and why."""

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from backend.domain.visit import Conduct
from backend.messages.reports import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class StaffAct:
    """`by`: the job number of who acts; `request_id` makes the act harmless twice."""

    request_id: Key
    ticket_number: Key
    by: Key
    reason: Text = ""


@dataclass(frozen=True, kw_only=True)
class Transfer(StaffAct):
    to: Key  # job number


@dataclass(frozen=True, kw_only=True)
class Contacted(StaffAct):
    """`visit_at`: the time agreed with the customer; not `reached`: a call in vain (R1.15)."""

    reached: bool
    visit_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class Resolved(StaffAct):
    """`reason` says what was done; `also`: other tickets of the address that the same visit settled."""

    also: tuple[Key, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReceiptCode:
    """接单码, as it stands in the order: whoever has it confirms the receipt."""

    receipt_token: Key


@dataclass(frozen=True, kw_only=True)
class VisitMade(StaffAct):
    """回访. `reason`: what the customer said; `conduct`: how who came behaved (R5.7), as far as it was asked."""

    outcome: Literal["not_reached", "solved", "unsolved"]
    satisfaction: Annotated[int, Field(ge=1, le=5)] | None = None
    conduct: dict[Conduct, bool] = field(default_factory=dict)


VISIT_MADE: Final = TypeAdapter(VisitMade)
RECEIPT_CODE: Final = TypeAdapter(ReceiptCode)
STAFF_ACT: Final = TypeAdapter(StaffAct)
TRANSFER: Final = TypeAdapter(Transfer)
CONTACTED: Final = TypeAdapter(Contacted)
RESOLVED: Final = TypeAdapter(Resolved)
