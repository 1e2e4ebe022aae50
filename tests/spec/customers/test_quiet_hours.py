"""静默时段: what we start of our own accord waits for the day; the hours are the operator's."""

from dataclasses import replace
from datetime import time

import pytest

from tests.factories import QUIET, at


@pytest.mark.parametrize(
    ("moment", "after", "before"),
    [
        ("2026-11-28 07:59", "2026-11-28 08:00", "2026-11-27 20:00"),
        ("2026-11-28 08:00", "2026-11-28 08:00", "2026-11-28 08:00"),
        ("2026-11-28 12:00", "2026-11-28 12:00", "2026-11-28 12:00"),
        ("2026-11-28 20:59", "2026-11-28 20:59", "2026-11-28 20:59"),
        ("2026-11-28 21:00", "2026-11-29 08:00", "2026-11-28 20:00"),
        ("2026-11-28 23:59", "2026-11-29 08:00", "2026-11-28 20:00"),
        ("2026-11-29 00:00", "2026-11-29 08:00", "2026-11-28 20:00"),
    ],
)
def test_by_night_it_waits_for_the_morning_or_is_done_the_evening_before(moment, after, before):
    assert QUIET.after(at(moment)) == at(after)
    assert QUIET.before(at(moment)) == at(before)
    assert QUIET.hold(at=at(moment)) is (after != moment)


@pytest.mark.parametrize(
    ("latest", "goes_out"), [("2026-11-29 08:00", "2026-11-29 08:00"), ("2026-11-29 07:59", "2026-11-28 22:00")]
)
def test_what_would_come_too_late_by_it_is_not_put_off(latest, goes_out):
    assert QUIET.after_unless_late(at("2026-11-28 22:00"), latest=at(latest)) == at(goes_out)


@pytest.mark.parametrize(
    ("moment", "latest", "has_time"),
    [
        ("2026-11-28 20:00", "2026-11-29 08:00", True),
        ("2026-11-28 20:00", "2026-11-29 07:59", False),
        ("2026-11-28 08:00", "2026-11-28 20:00", False),
        ("2026-11-28 22:00", "2026-11-29 08:00", True),
    ],
)
def test_what_was_not_done_in_the_day_can_wait_for_the_next_morning_if_there_is_time(moment, latest, has_time):
    assert QUIET.has_time(at(moment), latest=at(latest)) is has_time


def test_the_hours_are_the_operators():
    early = replace(QUIET, begin=time(20), end=time(7))
    assert early.after(at("2026-11-28 20:00")) == at("2026-11-29 07:00")


def test_the_shipped_operators_are_quiet_from_21_to_8_by_their_own_word(jiangxi, langzhong, zhangjiagang, zhumadian):
    for charter in (jiangxi, langzhong, zhangjiagang, zhumadian):
        quiet = charter.operator.quiet_hours
        assert (quiet.begin, quiet.end, quiet.mark) == (time(21), time(8), "configured")


def test_the_round_of_a_day_begins_in_the_morning():
    assert QUIET.round_on(at("2026-11-28 12:00").date()) == at(f"2026-11-28 {QUIET.morning:%H:%M}")
