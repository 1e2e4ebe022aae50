"""Counts of tickets for supervision and assessment, and the tickets behind them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from backend.domain.performance import AnswerTimes, Behind, Cell, Coverage, Threat
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import TicketStatus, TicketType


@dataclass(frozen=True, kw_only=True)
class Span:
    """Accepted from `since` to before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Measure:
    """By what is measured. `reply_within` None: no reply rate; `warn_at_percent` None: nothing is at risk before it is
    late; `now` decides what has run out."""

    reply_within: timedelta | None
    warn_at_percent: int | None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Among:
    """Narrows the tickets behind a figure; None leaves it wide. `area` "": the address lies in none that is listed;
    `visit_rule`: of a settled round, as `Coverage` names it; `mark`: given at a visit; `at_fault`: of an upheld
    complaint, the department, or "" where it is one person's of none; `answerable`: the job number of whose case it is.
    """

    ticket_type: TicketType | None = None
    subject: str | None = None
    area: str | None = None
    handlers: Collection[str] | None = None
    not_handlers: Collection[str] | None = None
    visit_rule: str | None = None
    mark: int | None = None
    at_fault: str | None = None
    answerable: str | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A ticket behind a figure, as a list shows it."""

    number: TicketNumber
    ticket_type: TicketType
    subject: str
    status: TicketStatus
    area: str | None
    owner: str
    handler: str
    accepted_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`counted`: what the figure counts of these tickets: promises, marks or rounds, else the tickets."""

    rows: Sequence[Row]
    total: int
    counted: int


class Tallies(Protocol):
    def cells(self, *, accepted: Span, measure: Measure) -> Sequence[Cell]: ...

    def marks(self, *, accepted: Span) -> Mapping[int, int]:
        """How often each mark was given at a return visit."""

    def upheld(self, *, accepted: Span) -> Mapping[str | None, int]:
        """投诉属实: complaints that a case was decided of, by the department at fault."""

    def answer_times(self, *, accepted: Span) -> Sequence[AnswerTimes]:
        """Of all, and of each type that has tickets."""

    def coverage(self, *, accepted: Span) -> Sequence[Coverage]: ...

    def threats(self, *, measure: Measure) -> Sequence[Threat]: ...

    def behind(
        self, behind: Behind, *, accepted: Span, among: Among, measure: Measure, offset: int, limit: int
    ) -> Rows:
        """The newest acceptance first; what is of now, whatever the span."""
