"""What members of staff do about a complaint, as JSON."""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from backend.act_messages import StaffAct
from backend.domain.complaint import Finding
from backend.messages import Key, Text, Written


@dataclass(frozen=True, kw_only=True)
class Annotate(StaffAct):
    text: Written


@dataclass(frozen=True, kw_only=True)
class NameInvestigator(StaffAct):
    to: Key  # job number


@dataclass(frozen=True, kw_only=True)
class Conclude(StaffAct):
    """`answer` and `remedy` as the customer shall read them; `staff`: whose fault it was, where one person's."""

    finding: Finding
    answer: Written
    remedy: Text = ""
    staff: Key | None = None


ANNOTATE: Final = TypeAdapter(Annotate)
NAME_INVESTIGATOR: Final = TypeAdapter(NameInvestigator)
CONCLUDE: Final = TypeAdapter(Conclude)
