"""视为按期办结 (R1.15): not settled in time for the customer's own reasons, on narrow grounds only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.errors import (
    CustomerMayStillComplete,
    GroundNotGiven,
    NoLimitToExcuse,
    NoMaterialsAwaited,
    NotTriedEnough,
    ReportMissing,
    ReportNotAtOnce,
    TriedOutOfTime,
)
from backend.domain.handling import DeemedGround, DeemedOnTime
from backend.domain.ticket import OPEN, STATUS_LABELS, Ticket
from backend.domain.vocabulary import Excuse, TicketStatus
from backend.domain.working_time import local


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the staff states. `called_at`: calls that did not reach the customer; `at_door`: nobody was found there."""

    ground: DeemedGround
    called_at: Sequence[datetime] = ()
    at_door: datetime | None = None
    reported_in_writing: bool = False


def deem_on_time(
    ticket: Ticket, *, facts: Facts, rule: DeemedOnTime | None, by: str, at: datetime, reason: str
) -> Ticket:
    """The promise to settle is excused; it is not moved."""
    ticket.only_from(OPEN, verb="视为按期办结")
    if rule is None or facts.ground not in rule.grounds:
        raise GroundNotGiven
    made = ticket.main_promise
    if made is None or made.due is None:
        raise NoLimitToExcuse
    if facts.ground is DeemedGround.FORMALITIES_NOT_COMPLETED:
        since = _not_completed(ticket, due=made.due, at=at)
    else:
        since = _not_reached(facts, started_at=made.started_at, due=made.due, at=at)
    if rule.needs_report:
        _reported(facts, since=since, at=at)
    return ticket.noted(by=by, at=at, reason=reason).with_promise(replace(made, excused=Excuse.DEEMED_ON_TIME))


def _not_completed(ticket: Ticket, *, due: datetime, at: datetime) -> datetime:
    if not ticket.awaits_materials or ticket.status is not TicketStatus.PENDING:
        raise NoMaterialsAwaited(status=STATUS_LABELS[ticket.status])
    if at < due:
        raise CustomerMayStillComplete
    return due


def _not_reached(facts: Facts, *, started_at: datetime, due: datetime, at: datetime) -> datetime:
    """Both: one missed call is not enough, and neither is a door that stayed shut."""
    if not facts.called_at or facts.at_door is None:
        raise NotTriedEnough
    tried = (*facts.called_at, facts.at_door)
    if min(tried) < started_at or max(tried) > min(due, at):
        raise TriedOutOfTime
    return max(tried)


def _reported(facts: Facts, *, since: datetime, at: datetime) -> None:
    if not facts.reported_in_writing:
        raise ReportMissing
    # 及时: the source gives no figure; a report of another day was not made at once.
    if local(at).date() != local(since).date():
        raise ReportNotAtOnce
