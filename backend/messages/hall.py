"""What the hall writes down and is shown: duty log, opinion book and the plan of key visits, as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, TypeAdapter

from backend.domain.hall import OpinionKind
from backend.domain.vocabulary import ComplaintKind, TicketStatus
from backend.messages.key_visits import KeyVisitView
from backend.messages.reports import Key, Phone, PromiseView, Written


@dataclass(frozen=True, kw_only=True)
class DutyNoted:
    """`key` makes it harmless twice; `by`: job number; `event`: unfinished, to be carried on."""

    key: Key
    by: Key
    text: Written
    event: bool = False


@dataclass(frozen=True, kw_only=True)
class DutyEnded:
    number: int
    by: Key
    outcome: Written


@dataclass(frozen=True, kw_only=True)
class OpinionNoted:
    """`by`: who notes it, and answers for it first (R2.1); `present`: colleagues beside them (R2.2). `subject`: of a
    complaint. `contact_phone`: where the answer goes; praise needs none."""

    key: Key
    kind: OpinionKind
    words: Written
    by: Key
    present: Annotated[tuple[Key, ...], Field(max_length=20)] = ()
    subject: ComplaintKind = ComplaintKind.OTHER
    contact_phone: Phone | None = None


@dataclass(frozen=True, kw_only=True)
class OpinionsAsked:
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@dataclass(frozen=True, kw_only=True)
class DutyNoteView:
    number: int
    at: AwareDatetime
    by: str
    text: str
    event: bool
    ended_at: AwareDatetime | None
    ended_by: str | None
    outcome: str | None


@dataclass(frozen=True, kw_only=True)
class ShiftView:
    job_number: str
    title: str
    start: AwareDatetime
    end: AwareDatetime


@dataclass(frozen=True, kw_only=True)
class DutyLogView:
    """A day of the duty log. `shifts`: who was on duty by the charter's duty times, as they begin; `carried`: events
    of days before that were unfinished when the day began."""

    on: date
    shifts: tuple[ShiftView, ...]
    notes: tuple[DutyNoteView, ...]
    carried: tuple[DutyNoteView, ...]


@dataclass(frozen=True, kw_only=True)
class OpinionView:
    """`owner`, `promise`, `status` of the ticket that tracks it; `answer` None: there is none yet."""

    number: int
    kind: OpinionKind
    written_at: AwareDatetime
    noted_by: str
    words: str
    ticket: str | None
    status: TicketStatus | None
    owner: str | None
    promise: PromiseView | None
    answer: str | None
    answered_at: AwareDatetime | None


@dataclass(frozen=True, kw_only=True)
class OpinionsView:
    """A page of the book: what is owed an answer first, the oldest of it first; then the newest first. `unanswered`:
    how many of all are owed one."""

    opinions: tuple[OpinionView, ...]
    total: int
    unanswered: int


@dataclass(frozen=True, kw_only=True)
class KeyVisitPlanView:
    """`every_days` None: the operator has published no regular visits (R5.5). `due`: planned and not yet made;
    `made`: the latest of `made_in_all`."""

    every_days: int | None
    rule: str | None
    source: str | None
    due: tuple[KeyVisitView, ...]
    made: tuple[KeyVisitView, ...]
    made_in_all: int


DUTY_NOTED: Final = TypeAdapter(DutyNoted)
DUTY_ENDED: Final = TypeAdapter(DutyEnded)
DUTY_NOTE: Final = TypeAdapter(DutyNoteView)
DUTY_LOG: Final = TypeAdapter(DutyLogView)
OPINION_NOTED: Final = TypeAdapter(OpinionNoted)
OPINION: Final = TypeAdapter(OpinionView)
OPINIONS_ASKED: Final = TypeAdapter(OpinionsAsked)
OPINIONS: Final = TypeAdapter(OpinionsView)
KEY_VISIT_PLAN: Final = TypeAdapter(KeyVisitPlanView)
