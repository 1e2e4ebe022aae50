"""Key-account orders 大客户业务 (R7.4): each step answers to the next, and how long an order stays there is watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from backend.domain.errors import StepsDone
from backend.domain.handling import KeyAccounts, KeyAccountStep
from backend.domain.promise import counted
from backend.domain.working_time import Calendar


@dataclass(frozen=True, kw_only=True)
class Entered:
    """`by`: the job number that answers for the step from then on."""

    step: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stay:
    """`until` None: the order is still in this step. `due` None: the operator has set no residence time for it."""

    step: KeyAccountStep
    by: str
    since: datetime
    until: datetime | None
    due: datetime | None

    def lasted(self, *, now: datetime) -> timedelta:
        return (self.until or now) - self.since

    def is_too_long(self, *, now: datetime) -> bool:
        return self.due is not None and (self.until or now) > self.due


def next_step(entered: Sequence[Entered], *, rule: KeyAccounts) -> KeyAccountStep:
    """In the charter's order, from the first on. Refuses with StepsDone."""
    if len(entered) == len(rule.steps):
        raise StepsDone(step=rule.steps[-1].label)
    return rule.steps[len(entered)]


def stays(
    entered: Sequence[Entered], *, rule: KeyAccounts, ended_at: datetime | None, calendar: Calendar, closing_time: time
) -> tuple[Stay, ...]:
    """`entered`: the first step first; `ended_at`: when the order was settled."""
    steps = {step.key: step for step in rule.steps}
    ends = [*(later.at for later in entered[1:]), ended_at]
    return tuple(
        Stay(
            step=steps[each.step],
            by=each.by,
            since=each.at,
            until=end,
            due=_due(steps[each.step], since=each.at, calendar=calendar, closing_time=closing_time),
        )
        for each, end in zip(entered, ends, strict=False)
    )


def _due(step: KeyAccountStep, *, since: datetime, calendar: Calendar, closing_time: time) -> datetime | None:
    if step.within is None:
        return None
    return counted(limit=step.within, start=since, calendar=calendar, closing_time=closing_time).due
