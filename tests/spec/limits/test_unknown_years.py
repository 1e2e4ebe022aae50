"""Years whose holiday notice is not known 放假通知未公布的年份."""

from datetime import date, timedelta

from backend.calendars import state_council_calendar
from backend.domain.promise import promise, settle_provisional
from backend.domain.working_time import DayKind
from tests.factories import CLOSING, a_calendar, a_clause, a_promise, at

before_the_notice = a_calendar(2026, days_off=("2027-01-01",))


def made_under(calendar, within="5 工作日", accepted_at="2026-12-29 10:00"):
    return promise(clause=a_clause(within), accepted_at=at(accepted_at), calendar=calendar, closing_time=CLOSING)


def settled(told, calendar):
    return settle_provisional(told=told, calendar=calendar, closing_time=CLOSING)


def test_a_count_into_an_unknown_year_is_provisional_and_says_so():
    """R1.14: never silently Monday to Friday."""
    told = made_under(before_the_notice)
    assert told.provisional
    assert told.due == at("2027-01-06 17:30")
    assert told.reason.startswith("2027 年放假通知尚未收录")
    assert told.steps[-1].why == "2027 年放假通知尚未收录，暂按工作日算"
    assert told.steps[4].why == "2027 年放假通知尚未收录，暂按周末算"


def test_statutory_holidays_are_certain_before_the_notice_is_out():
    """国务院《全国年节及纪念日放假办法》: left out without making the promise provisional."""
    next_year = max(state_council_calendar().known_years) + 1
    day = state_council_calendar().day(date(next_year, 10, 1))
    assert (day.kind, day.why) == (DayKind.REST, "国庆节（法定节假日）")


def test_a_count_that_ends_before_the_unknown_days_is_firm():
    """R1.14."""
    told = made_under(before_the_notice, "2 工作日")
    assert not told.provisional
    assert told.reason is None


def test_nothing_is_settled_while_the_notice_is_missing():
    told = made_under(before_the_notice)
    assert settled(told, before_the_notice) == told


def test_a_make_up_day_in_the_notice_brings_the_promise_forward():
    """The earlier of told and computed."""
    told = made_under(before_the_notice)
    firm = settled(told, a_calendar(2026, 2027, days_off=("2027-01-01",), make_up_days=("2027-01-03",)))
    assert firm.due == at("2027-01-05 17:30")
    assert not firm.provisional
    assert firm.reason is None


def test_a_day_off_in_the_notice_does_not_put_the_promise_off():
    """R1.20: nothing lengthens a promise already told."""
    told = made_under(before_the_notice)
    firm = settled(told, a_calendar(2026, 2027, days_off=("2027-01-01", "2027-01-04")))
    assert firm.due == told.due
    assert not firm.provisional
    assert "维持不变" in firm.reason
    assert firm.steps[6].why == "放假"


def test_a_notice_that_changes_nothing_makes_the_promise_firm():
    told = made_under(before_the_notice)
    firm = settled(told, a_calendar(2026, 2027, days_off=("2027-01-01",)))
    assert (firm.due, firm.provisional, firm.reason) == (told.due, False, None)


def test_a_firm_promise_is_not_touched():
    """A promise is made once."""
    told = a_promise(at("2026-11-22 10:00"))
    assert settled(told, a_calendar(2026)) is told


def test_every_year_the_package_knows_is_known_and_the_next_is_not():
    calendar = state_council_calendar()
    last = max(calendar.known_years)
    assert calendar.day(date(2026, 10, 10)).kind is DayKind.WORKING
    assert calendar.day(date(last + 1, 1, 1) + timedelta(days=100)).kind is not DayKind.WORKING
