"""Limits in hours 按小时计的时限."""

from datetime import UTC, datetime

import pytest

from backend.domain.promise import promise
from tests.factories import CLOSING, a_clause, at


def test_hour_limits_run_round_the_clock_from_acceptance(promises):
    """R1.14: nights, weekends and holidays count."""
    promises("""
        受理             | 时限    | 最迟
        2026-11-20 18:00 | 24 小时 | 2026-11-21 18:00
        2026-11-21 20:31 | 24 小时 | 2026-11-22 20:31
        2026-10-01 09:00 | 72 小时 | 2026-10-04 09:00
        2026-12-31 23:30 | 4 小时  | 2027-01-01 03:30
        2026-11-21 08:00 | 20 分钟 | 2026-11-21 08:20
    """)


def test_an_hour_limit_is_never_provisional(promises):
    """R1.14: no holiday notice changes it, so an unknown year does not matter."""
    promises("""
        受理             | 时限    | 最迟             | 暂定
        2031-02-01 10:00 | 24 小时 | 2031-02-02 10:00 | 否
    """)


def test_the_moment_counts_whatever_time_zone_it_is_written_in(calendar):
    """R1.14: Asia/Shanghai; stored in UTC."""
    accepted_at = datetime(2026, 11, 21, 2, tzinfo=UTC)
    made = promise(clause=a_clause("24 小时"), accepted_at=accepted_at, calendar=calendar, closing_time=CLOSING)
    assert made.due == at("2026-11-22 10:00")
    assert made.due.tzinfo is UTC


def test_each_day_the_hours_run_through_is_told(calendar):
    """R1.14."""
    made = promise(
        clause=a_clause("72 小时"), accepted_at=at("2026-11-20 18:00"), calendar=calendar, closing_time=CLOSING
    )
    assert [step.date.day for step in made.steps] == [20, 21, 22, 23]
    assert all(step.counted for step in made.steps)


def test_a_moment_without_a_time_zone_is_a_mistake(calendar):
    naive = datetime(2026, 11, 21, 10)  # noqa: DTZ001 - the mistake
    with pytest.raises(ValueError, match="naive"):
        promise(clause=a_clause(), accepted_at=naive, calendar=calendar, closing_time=CLOSING)
