"""Figures of an assessment 考核 from what happened (R4.3, R7.3): per area, person and department, of a month or a year.

What nothing happened of has no figure.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from backend.domain.areas import Area
from backend.domain.assessment import Assessment, Measured
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Excuse, TicketType

BEST_MARK: Final = 5  # of a return visit


@dataclass(frozen=True, kw_only=True)
class Rate:
    part: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """None: there is nothing that it could be a part of."""
        return (Decimal(100) * self.part / self.of).quantize(Decimal("0.01")) if self.of else None


@dataclass(frozen=True, kw_only=True)
class Work:
    """A ticket as it is assessed. `answered_at`: first answered, reached or settled; `marks`: satisfaction, 1 to 5."""

    ticket: Ticket
    answered_at: datetime | None = None
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`replied` None: the operator does not measure it."""

    tickets: int
    on_time: Rate
    replied: Rate | None
    satisfied: Rate


def figures(work: Collection[Work], *, assessment: Assessment, now: datetime) -> Figures:
    reply = next((each for each in assessment.indicators if each.measured is Measured.REPLY_RATE), None)
    return Figures(
        tickets=len(work),
        on_time=on_time(work, now=now),
        replied=replied(work, within=reply.within, now=now) if reply and reply.within else None,
        satisfied=satisfied(work),
    )


def on_time(work: Collection[Work], *, now: datetime) -> Rate:
    """按期率: of the promises kept or run out, of every round, those kept in time or deemed so (R1.15, R1.18). A visit
    that nobody could be reached for counts neither way."""
    kept, late = 0, 0
    for ticket in (each.ticket for each in work):
        late_now = ticket.late_promises(now=now)
        late += len(late_now) + len(ticket.breached)
        kept += sum(
            told.excused is not Excuse.NOT_REACHED and bool(told.excused or ticket.kept_at(told))
            for told in ticket.promises
            if told.due and told not in late_now
        )
    return Rate(part=kept, of=kept + late)


def replied(work: Collection[Work], *, within: timedelta, now: datetime) -> Rate:
    """工单回复率: answered within the span; what may still be is not counted yet."""
    in_time = [each for each in work if each.answered_at and each.answered_at - each.ticket.accepted_at <= within]
    open_still = [each for each in work if not each.answered_at and now - each.ticket.accepted_at <= within]
    return Rate(part=len(in_time), of=len(work) - len(open_still))


def satisfied(work: Collection[Work]) -> Rate:
    """满意度: the marks given at return visits, of the best ones."""
    marks = [mark for each in work for mark in each.marks]
    return Rate(part=sum(marks), of=BEST_MARK * len(marks))


def complaint_rate(work: Collection[Work], *, households: int) -> Rate:
    """片区用户投诉率: complaints to the households of the area."""
    return Rate(part=sum(each.ticket.ticket_type is TicketType.COMPLAINT for each in work), of=households)


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
