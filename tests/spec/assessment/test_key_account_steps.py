"""R7.4: a key-account order goes from step to step, and how long it stays in each is watched."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.errors import StepsDone
from backend.domain.key_account_steps import Entered, next_step, stays
from tests.factories import CLOSING, a_limit, at

MONDAY, TUESDAY, FRIDAY = at("2026-11-23 09:00"), at("2026-11-24 09:00"), at("2026-11-27 09:00")


@pytest.fixture
def rule(zhumadian):
    return zhumadian.key_accounts


def entered(rule, *times):
    return [
        Entered(step=step.key, by=str(n), at=time)
        for n, (step, time) in enumerate(zip(rule.steps, times, strict=False))
    ]


def test_the_steps_follow_one_another_in_the_charters_order(rule):
    assert [next_step(entered(rule, *[MONDAY] * done), rule=rule).label for done in range(3)] == [
        "通信规划",
        "设计",
        "组网",
    ]


def test_after_the_last_step_there_is_none(rule):
    with pytest.raises(StepsDone, match="售后服务"):
        next_step(entered(rule, *[MONDAY] * len(rule.steps)), rule=rule)


def test_a_step_lasts_until_the_next_one_and_the_last_until_the_order_is_settled(rule, calendar):
    order = entered(rule, MONDAY, TUESDAY)
    running = stays(order, rule=rule, ended_at=None, calendar=calendar, closing_time=CLOSING)
    settled = stays(order, rule=rule, ended_at=FRIDAY, calendar=calendar, closing_time=CLOSING)

    assert [stay.lasted(now=FRIDAY + timedelta(days=1)).days for stay in running] == [1, 4]
    assert [stay.lasted(now=FRIDAY + timedelta(days=1)).days for stay in settled] == [1, 3]
    assert [stay.by for stay in settled] == ["0", "1"]


def test_no_residence_time_is_published_so_nothing_is_too_long(rule, calendar):
    (stay,) = stays(entered(rule, MONDAY), rule=rule, ended_at=None, calendar=calendar, closing_time=CLOSING)

    assert (stay.due, stay.is_too_long(now=at("2027-11-23 09:00"))) == (None, False)


def test_a_residence_time_of_the_operators_own_is_watched_in_working_days(rule, calendar):
    own = replace(rule, steps=(replace(rule.steps[0], within=a_limit("2 工作日")), *rule.steps[1:]))
    (stay,) = stays(entered(own, MONDAY), rule=own, ended_at=None, calendar=calendar, closing_time=CLOSING)

    assert stay.due == at("2026-11-25 17:30")
    assert [stay.is_too_long(now=now) for now in (TUESDAY, FRIDAY)] == [False, True]
