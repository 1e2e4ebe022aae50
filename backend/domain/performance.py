"""Figures of supervision and assessment 考核 (R4.3, R7.3): what happened of tickets, counted, and the rates of it.

What nothing happened of has no figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Final

from backend.domain.areas import Area
from backend.domain.assessment import Assessment, Indicator, Measured
from backend.domain.vocabulary import TicketType

BEST_MARK: Final = 5  # of a return visit


class Behind(StrEnum):
    """Which tickets stand behind a figure, which may count promises, visits or rounds of them. The last two are of now,
    the others of a span of acceptance, and `HELD_TO_ACCOUNT` of one in which the case was opened."""

    TICKETS = "tickets"  # 受理
    KEPT = "kept"  # 有按期兑现的承诺
    LATE = "late"  # 有逾期的承诺
    ANSWERED_IN_TIME = "answered_in_time"  # 时限内首次回复
    ANSWERED_LATE = "answered_late"  # 超过时限才回复, or still not
    ANSWERED = "answered"  # 已首次回复
    UNANSWERED = "unanswered"  # 尚未回复
    MARKED = "marked"  # 有满意度评分
    UPHELD = "upheld"  # 投诉属实
    HELD_TO_ACCOUNT = "held_to_account"  # 期间立案追究的属实投诉
    SETTLED = "settled"  # 已处理，按回访规则抽取过
    VISITED = "visited"  # 已回访到
    VISIT_WAITS = "visit_waits"  # 待回访
    NOT_REACHED = "not_reached"  # 回访没有联系上
    AT_RISK = "at_risk"  # 承诺临期
    OVERDUE = "overdue"  # 承诺已过时限仍未兑现


@dataclass(frozen=True, kw_only=True)
class Rate:
    part: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """None: there is nothing that it could be a part of."""
        return (Decimal(100) * self.part / self.of).quantize(Decimal("0.01")) if self.of else None


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of some tickets; they add up.

    `kept`, `late`: promises of every round that were kept in time or deemed so (R1.15, R1.18), and that were kept too
    late or ran out. A visit that nobody could be reached for counts neither way, and so does what the customer withdrew
    before its time.
    `answered_in_time` of `answerable`: first answered, reached or settled within the charter's span; what may still be
    answered within it is not answerable yet. `marks`: the sum of `marked` marks of return visits, 1 to 5 each.
    """

    tickets: int = 0
    kept: int = 0
    late: int = 0
    answered_in_time: int = 0
    answerable: int = 0
    marks: int = 0
    marked: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        names = [field.name for field in fields(self)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The tickets of one area, handler and matter. `area` None: the address lies in none that is listed."""

    area: str | None
    handler: str
    ticket_type: TicketType
    subject: str
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`replied` None: the operator does not measure it."""

    tickets: int
    on_time: Rate
    replied: Rate | None
    satisfied: Rate


def reply_indicator(assessment: Assessment | None) -> Indicator | None:
    """工单回复率 (R4.3), where the operator measures it within a span."""
    indicators = assessment.indicators if assessment else ()
    return next((each for each in indicators if each.measured is Measured.REPLY_RATE and each.within), None)


def figures(cells: Iterable[Cell], *, assessment: Assessment | None) -> Figures:
    """按期率, 工单回复率 and 满意度 of them together."""
    tally = sum((cell.tally for cell in cells), Tally())
    return Figures(
        tickets=tally.tickets,
        on_time=Rate(part=tally.kept, of=tally.kept + tally.late),
        replied=Rate(part=tally.answered_in_time, of=tally.answerable) if reply_indicator(assessment) else None,
        satisfied=Rate(part=tally.marks, of=BEST_MARK * tally.marked),
    )


def complaint_rate(cells: Iterable[Cell], *, households: int) -> Rate:
    """片区用户投诉率: complaints to the households of the area."""
    complaints = sum(cell.tally.tickets for cell in cells if cell.ticket_type is TicketType.COMPLAINT)
    return Rate(part=complaints, of=households)


@dataclass(frozen=True, kw_only=True)
class AnswerTimes:
    """首次响应: from acceptance to the first answer, of the tickets of a type (None: of all). Seconds; `median` and
    `ninth` – nine of ten were answered within it – None where nothing was answered."""

    ticket_type: TicketType | None
    answered: int
    unanswered: int
    median: float | None
    ninth: float | None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """回访覆盖 (R5.1–R5.3) under one rule: rounds of tickets that were settled, and what came of them. The rest was
    not drawn. A round that the customer's own answer reopened was visited: it found the matter unsolved (R5.6)."""

    rule: str
    settled: int
    drawn: int
    visited: int
    waits: int
    not_reached: int


@dataclass(frozen=True, kw_only=True)
class Threat:
    """承诺临期: promises of an area's and a handler's tickets that are still to be kept, by now."""

    area: str | None
    handler: str
    at_risk: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Load:
    """承包 (R4.1). `each`: households to one of the team, None without a team; `norm` None: the operator has none."""

    households: int
    team: int
    each: int | None
    norm: int | None


def load(area: Area, *, assessment: Assessment) -> Load:
    norm, team = assessment.households_per_person, len(area.team)
    return Load(
        households=area.households,
        team=team,
        each=round(area.households / team) if team else None,
        norm=norm.households.get(area.level) if norm and area.level else None,
    )
