"""What members of staff do about a complaint, as JSON."""

from dataclasses import dataclass
from typing import Final

from pydantic import AwareDatetime, TypeAdapter

from backend.domain.complaint import Finding
from backend.domain.staff import Decider
from backend.messages.acts import StaffAct
from backend.messages.reports import Key, Text, Written


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


@dataclass(frozen=True, kw_only=True)
class AwaitedView:
    """A complaint that its leader has yet to annotate, or to name an investigator for. `due`: of its settling."""

    ticket: str
    name: str
    accepted_at: AwareDatetime
    due: AwareDatetime | None
    handler: str
    annotated: bool
    investigator_named: bool


@dataclass(frozen=True, kw_only=True)
class AnnotationsView:
    """`rule` None: this operator's leaders don't annotate complaints. `annotated_by`: who does, as the charter names
    them; the oldest first."""

    rule: str | None
    source: str | None
    annotated_by: Decider | None
    awaited: tuple[AwaitedView, ...]


ANNOTATIONS: Final = TypeAdapter(AnnotationsView)
ANNOTATE: Final = TypeAdapter(Annotate)
NAME_INVESTIGATOR: Final = TypeAdapter(NameInvestigator)
CONCLUDE: Final = TypeAdapter(Conclude)
