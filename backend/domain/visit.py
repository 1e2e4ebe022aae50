"""A return visit 回访 as it went: reached or not, solved or not, how satisfied, how who came behaved (R5.6, R5.7)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backend.domain.errors import NobodyAnswered, VisitAttemptsLeft
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import Excuse, PromiseKind, TicketStatus


class VisitOutcome(StrEnum):
    ASKED = "asked"  # the question went out; the answer is another visit's outcome
    NOT_REACHED = "not_reached"
    SOLVED = "solved"
    UNSOLVED = "unsolved"


OUTCOME_LABELS = {
    VisitOutcome.ASKED: "已发问，等答复",
    VisitOutcome.NOT_REACHED: "没有联系上",
    VisitOutcome.SOLVED: "已解决",
    VisitOutcome.UNSOLVED: "没有解决",
}


class Conduct(StrEnum):
    """What is asked of those who came (R5.7, R9.2)."""

    ON_TIME = "on_time"  # 按约到达
    SHOWED_ID = "showed_id"  # 出示工作证
    POLITE = "polite"  # 文明用语
    LEFT_CLEAN = "left_clean"  # 现场整洁


@dataclass(frozen=True, kw_only=True)
class Visit:
    """`attempt` counts from 1 in a round; `satisfaction` 1 to 5."""

    number: TicketNumber
    round: int
    attempt: int
    at: datetime
    by: str
    outcome: VisitOutcome
    satisfaction: int | None = None
    conduct: Mapping[Conduct, bool] | None = None
    remark: str | None = None

    def answered(
        self, *, satisfaction: int | None, conduct: Mapping[Conduct, bool] | None, remark: str | None
    ) -> "Visit":
        """With what was asked and answered; `remark` may be of who called. Refuses with NobodyAnswered."""
        if self.outcome is VisitOutcome.NOT_REACHED and (satisfaction is not None or conduct):
            raise NobodyAnswered
        return replace(self, satisfaction=satisfaction, conduct=conduct or None, remark=remark or None)


def close_unreached(ticket: Ticket, *, tried: int, most: int, by: str, at: datetime) -> Ticket:
    """联系不上，办结: only after as many tries as the charter says. The visit is excused, not kept.

    Refuses with TransitionNotAllowed, VisitAttemptsLeft.
    """
    ticket.only_from({TicketStatus.RESOLVED}, verb="办结")
    if tried < most:
        raise VisitAttemptsLeft(left=most - tried)
    excused = tuple(
        replace(told, excused=Excuse.NOT_REACHED) if told.kind is PromiseKind.FOLLOW_UP else told
        for told in ticket.promises
    )
    closed = ticket.become(TicketStatus.CLOSED, by=by, at=at, reason=f"回访 {tried} 次没有联系上客户")
    return replace(closed, promises=excused, closed_at=at)
