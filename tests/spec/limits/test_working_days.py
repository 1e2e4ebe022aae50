"""Limits in working days 按工作日计的时限."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.calendars import state_council_calendar
from backend.domain.promise import promise
from backend.domain.working_time import DayKind, count_working_days, local
from tests.factories import CLOSING, a_clause, at


def test_working_days_skip_the_day_of_acceptance_and_end_with_the_close_of_business(promises):
    """R1.14: Monday's matter counts from Tuesday, however early it came."""
    promises("""
        受理             | 时限      | 最迟
        2026-11-16 00:00 | 1 工作日  | 2026-11-17 17:30
        2026-11-16 10:00 | 3 工作日  | 2026-11-19 17:30
        2026-11-16 23:59 | 3 工作日  | 2026-11-19 17:30
    """)


def test_weekends_are_left_out(promises):
    """R1.14: also where the matter came on one."""
    promises("""
        受理             | 时限     | 最迟
        2026-11-19 10:00 | 3 工作日 | 2026-11-24 17:30
        2026-11-21 10:00 | 1 工作日 | 2026-11-23 17:30
        2026-11-22 22:00 | 5 工作日 | 2026-11-27 17:30
    """)


def test_the_national_holiday_is_left_out_and_its_make_up_saturday_counts(promises):
    """R1.14: 1–7 October 2026 off; Saturday 10 October is worked."""
    promises("""
        受理             | 时限      | 最迟
        2026-09-28 10:00 | 5 工作日  | 2026-10-10 17:30
        2026-09-28 10:00 | 10 工作日 | 2026-10-16 17:30
        2026-10-09 10:00 | 1 工作日  | 2026-10-10 17:30
        2026-10-10 10:00 | 1 工作日  | 2026-10-12 17:30
    """)


def test_the_spring_festival_is_left_out_and_its_make_up_days_count(promises):
    """R1.14: 15–23 February 2026 off; the Saturdays 14 and 28 February are worked."""
    promises("""
        受理             | 时限     | 最迟
        2026-02-13 10:00 | 1 工作日 | 2026-02-14 17:30
        2026-02-13 10:00 | 5 工作日 | 2026-02-27 17:30
        2026-02-13 10:00 | 6 工作日 | 2026-02-28 17:30
    """)


def test_the_day_of_acceptance_is_the_day_in_shanghai(promises, calendar):
    """R1.14: 23:00 UTC on Sunday is Monday morning here."""
    accepted_at = at("2026-11-16 07:00")
    made = promise(clause=a_clause("1 工作日"), accepted_at=accepted_at, calendar=calendar, closing_time=CLOSING)
    assert local(made.due).date() == date(2026, 11, 17)


def test_each_day_is_told_with_whether_it_counted_and_why(calendar):
    """R1.14: a third party can recompute it."""
    made = promise(
        clause=a_clause("5 工作日"), accepted_at=at("2026-09-28 10:00"), calendar=calendar, closing_time=CLOSING
    )
    told = {f"{step.date:%m-%d}": (step.counted, step.why) for step in made.steps}
    assert told["09-28"] == (False, "受理当日不计")
    assert told["09-29"] == (True, "工作日")
    assert told["10-01"] == (False, "国庆节放假")
    assert told["10-10"] == (True, "国庆节调休上班")
    assert len(told) == 13


def test_a_weekend_is_told_as_a_weekend(calendar):
    assert calendar.day(date(2026, 11, 21)).why == "周末"


def test_a_limit_of_no_day_is_a_mistake(calendar):
    with pytest.raises(ValueError, match="at least one day"):
        count_working_days(start=at("2026-11-16 10:00"), days=0, calendar=calendar, closing_time=CLOSING)


moments = st.datetimes(
    min_value=at("2004-01-01 00:00").replace(tzinfo=None), max_value=at("2028-12-31 23:59").replace(tzinfo=None)
).map(lambda naive: at(naive.isoformat()))


@given(accepted_at=moments, days=st.integers(min_value=1, max_value=30))
def test_exactly_the_promised_number_of_days_is_counted_and_the_last_is_the_due_day(accepted_at, days):
    """R1.14."""
    count = count_working_days(start=accepted_at, days=days, calendar=state_council_calendar(), closing_time=CLOSING)
    assert sum(step.counted for step in count.steps) == days
    assert count.steps[-1].counted
    assert local(count.due).date() == count.steps[-1].date
    assert not count.steps[0].counted
    assert all(b.date - a.date == timedelta(days=1) for a, b in zip(count.steps, count.steps[1:], strict=False))


@given(accepted_at=moments, days=st.integers(min_value=1, max_value=20), later=st.timedeltas(min_value=timedelta(0)))
def test_a_later_acceptance_is_never_due_earlier(accepted_at, days, later):
    """R1.14."""
    accepted_later = min(accepted_at + min(later, timedelta(days=400)), at("2029-06-01 00:00"))
    limits = {"days": days, "calendar": state_council_calendar(), "closing_time": CLOSING}
    assert count_working_days(start=accepted_at, **limits).due <= count_working_days(start=accepted_later, **limits).due


@given(accepted_at=moments, days=st.integers(min_value=1, max_value=20))
def test_a_promise_is_provisional_exactly_when_it_counts_through_a_day_that_is_not_known(accepted_at, days):
    """R1.14: never silently Monday to Friday."""
    calendar = state_council_calendar()
    count = count_working_days(start=accepted_at, days=days, calendar=calendar, closing_time=CLOSING)
    unknown = {s.date.year for s in count.steps[1:] if calendar.day(s.date).kind is DayKind.UNKNOWN}
    assert set(count.unknown_years) == unknown
