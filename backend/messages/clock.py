"""What members of staff do to the clock and the owner of a ticket, as JSON."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from backend.domain.handling import DeemedGround
from backend.domain.vocabulary import Grade
from backend.messages.acts import StaffAct
from backend.messages.reports import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class MissingMaterials(StaffAct):
    missing: Annotated[tuple[Key, ...], Field(max_length=30)]


@dataclass(frozen=True, kw_only=True)
class AskExtension(StaffAct):
    """`words`: the customer's own, where it is their wish."""

    wished_due: Moment
    words: Text = ""


@dataclass(frozen=True, kw_only=True)
class DecideExtension(StaffAct):
    approved: bool


@dataclass(frozen=True, kw_only=True)
class DeemOnTime(StaffAct):
    """`report`: the written report, to the head of this job number."""

    ground: DeemedGround
    called_at: Annotated[tuple[Moment, ...], Field(max_length=30)] = ()
    at_door: Moment | None = None
    report: Text = ""
    reported_to: Key | None = None


@dataclass(frozen=True, kw_only=True)
class Regrade(StaffAct):
    """`rule`: of the charter, by key; without one a leader decides."""

    grade: Grade
    rule: Key | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeOwner(StaffAct):
    to: Key  # job number


@dataclass(frozen=True, kw_only=True)
class Refer(StaffAct):
    """`contacted`: who of the department was reached (job number), and when."""

    department: Key
    contacted: Key | None = None
    contacted_at: Moment | None = None


MISSING_MATERIALS: Final = TypeAdapter(MissingMaterials)
ASK_EXTENSION: Final = TypeAdapter(AskExtension)
DECIDE_EXTENSION: Final = TypeAdapter(DecideExtension)
DEEM_ON_TIME: Final = TypeAdapter(DeemOnTime)
REGRADE: Final = TypeAdapter(Regrade)
CHANGE_OWNER: Final = TypeAdapter(ChangeOwner)
REFER: Final = TypeAdapter(Refer)
