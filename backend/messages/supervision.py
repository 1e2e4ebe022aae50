"""Figures of supervision, the tickets behind them and the sheet of an assessment, as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, TypeAdapter

from backend.domain.performance import Behind, Rate
from backend.domain.vocabulary import Mark, TicketStatus, TicketType
from backend.messages.reports import Key

MOST_ROWS: Final = 500  # of one page
Text128 = Annotated[str, Field(max_length=128)]


@dataclass(frozen=True, kw_only=True)
class SpanAsked:
    """Accepted from the first day to before the second, in Asia/Shanghai."""

    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class BehindAsked(SpanAsked):
    """Which tickets; what is left out is not narrowed. `area` and `department` "": in none that is listed."""

    behind: Behind
    ticket_type: TicketType | None = None
    subject: Key | None = None
    area: Text128 | None = None
    department: Text128 | None = None
    handler: Key | None = None
    visit_rule: Key | None = None
    mark: Annotated[int, Field(ge=1, le=5)] | None = None
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 50


@dataclass(frozen=True, kw_only=True)
class RateView:
    """`percent` None: nothing happened that it could be a part of."""

    part: int
    of: int
    percent: float | None


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """The figures of a matter, area or department, or of all. `key` "": of what lies in none that is listed.

    `replied` None: the operator does not measure it. `complaint_rate`: of an area, or of all, complaints to its
    households; of a department, those upheld to the tickets it handles; None of a matter. `at_risk`, `overdue`:
    promises, by now, whatever the span; None of a matter.
    """

    key: str
    name: str
    tickets: int
    on_time: RateView
    replied: RateView | None
    satisfied: RateView
    complaint_rate: RateView | None = None
    at_risk: int | None = None
    overdue: int | None = None
    ticket_type: TicketType | None = None
    subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerTimesView:
    """首次响应, in minutes. `ticket_type` None: of all."""

    ticket_type: TicketType | None
    name: str
    answered: int
    unanswered: int
    median: float | None
    ninth: float | None


@dataclass(frozen=True, kw_only=True)
class CoverageView:
    """回访覆盖 beside the rate of the charter. `published` None: the charter has no such rule (any more)."""

    visit_rule: str
    name: str
    published: int | None  # of a hundred
    rule: str | None
    source: str | None
    mark: Mark | None
    settled: int
    drawn: int
    visited: int
    waits: int
    not_reached: int
    covered: RateView


@dataclass(frozen=True, kw_only=True)
class SupervisionView:
    """`unpublished`: what the operator has not published, and is therefore not measured; for people.

    `reply_minutes`: the span of the reply rate; `warn_at_percent`: of a promise's time, from when it is at risk.
    `marks`: how often each mark was given, from 1 to 5. `upheld`: complaints.
    """

    since: date
    until: date
    now: AwareDatetime
    whole: GroupView
    by_matter: tuple[GroupView, ...]
    by_area: tuple[GroupView, ...]
    by_department: tuple[GroupView, ...]
    answer_times: tuple[AnswerTimesView, ...]
    marks: tuple[int, int, int, int, int]
    upheld: int
    return_visits: tuple[CoverageView, ...]
    reply_minutes: float | None
    warn_at_percent: int | None
    unpublished: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RowView:
    number: str
    ticket_type: TicketType
    subject: str
    name: str
    status: TicketStatus
    area: str | None
    owner: str
    handler: str
    accepted_at: AwareDatetime


@dataclass(frozen=True, kw_only=True)
class RowsView:
    """`counted`: what the figure counts of these tickets – promises, marks, rounds – which may be more than they."""

    rows: tuple[RowView, ...]
    total: int
    counted: int


SPAN_ASKED: Final = TypeAdapter(SpanAsked)
BEHIND_ASKED: Final = TypeAdapter(BehindAsked)
SUPERVISION: Final = TypeAdapter(SupervisionView)
ROWS: Final = TypeAdapter(RowsView)


def rate_view(rate: Rate) -> RateView:
    return RateView(part=rate.part, of=rate.of, percent=None if rate.percent is None else float(rate.percent))
