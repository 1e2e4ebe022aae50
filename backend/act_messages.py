"""What members of staff do to a ticket, as JSON. Each kind of act has its own shape; all say who, to what, and why."""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from backend.messages import Key, Text


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


STAFF_ACT: Final = TypeAdapter(StaffAct)
TRANSFER: Final = TypeAdapter(Transfer)
