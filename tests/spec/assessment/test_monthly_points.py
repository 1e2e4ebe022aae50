"""R7.1: a hundred points a month, and money for the first, the last and for complaints."""

from datetime import date

import pytest

from backend.domain.assessment import Fault, Place
from backend.domain.monthly_points import FaultOfMember, month_of, place_of, score

NOVEMBER = date(2026, 11, 1)
MEMBERS = ("a", "b", "c")


@pytest.fixture
def points(langzhong):
    return langzhong.assessment.points


@pytest.fixture
def month(points):
    def month(member, faults, *, month=NOVEMBER):
        return month_of(member, month=month, points=points, members=MEMBERS, faults=faults)

    return month


def late_for_work(member, month):
    return FaultOfMember(member=member, fault=Fault.DISCIPLINE, on=month.replace(day=10))


def complained_of(member, on):
    return FaultOfMember(member=member, fault=Fault.QUARREL_OR_COMPLAINT, on=on)


def ranked(*months):
    """In each of the months `a` is first, `b` second and `c` last."""
    return [late_for_work(member, month) for month in months for member in ("b", "c", "c")]


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ([], 100),
        ([Fault.DISCIPLINE], 99),
        ([Fault.RULE], 99),
        ([Fault.QUARREL_OR_COMPLAINT], 95),
        ([Fault.TASK_NOT_DONE, Fault.DISCIPLINE], 94),
        ([Fault.TASK_NOT_DONE] * 6, 75),
    ],
)
def test_points_are_taken_off_by_fault_and_no_category_falls_below_nought(points, faults, expected):
    assert score(faults, points=points) == expected


def test_the_first_gets_50_yuan_and_the_last_loses_50(month):
    first, middle, last = (month(member, ranked(NOVEMBER)) for member in MEMBERS)

    assert (first.place, first.points, first.yuan) == (Place.FIRST, 100, 50)
    assert (middle.place, middle.points, middle.yuan) == (None, 99, 0)
    assert (last.place, last.points, last.yuan) == (Place.LAST, 98, -50)


def test_who_shares_a_place_or_is_not_ranked_has_none():
    assert place_of("a", {"a": 100, "b": 100, "c": 98}) is None
    assert place_of("a", {"a": 100}) is None
    assert place_of("head", {"a": 100, "b": 98}) is None


def test_a_complaint_stands_behind_the_points_and_both_pays_behind_the_yuan(month):
    once = month("b", [complained_of("b", date(2026, 11, 3)), complained_of("b", date(2025, 12, 3))])

    assert [each.on for each in once.faults] == [date(2026, 11, 3)]
    assert sum(pay.yuan for pay in once.paid) == once.yuan


def test_last_three_months_running_costs_200_more_with_a_warning(month):
    last = month("c", ranked(date(2026, 9, 1), date(2026, 10, 1), NOVEMBER))

    assert (last.running, last.yuan) == (3, -250)
    assert "部门口头警告" in last.consequences[0]


def test_first_six_months_running_gets_500_more_and_last_six_months_is_off_duty(month):
    half_a_year = [date(2025, 12, 1), *(date(2026, each, 1) for each in range(1, 6))]
    first, last = (month(member, ranked(*half_a_year), month=date(2026, 5, 1)) for member in ("a", "c"))

    assert (first.running, first.yuan) == (6, 550)
    assert (last.running, last.consequences[-1]) == (6, "待岗")


def test_a_complaint_costs_200_and_the_second_in_a_year_is_off_duty(month):
    once = month("b", [complained_of("b", date(2026, 11, 3))])
    twice = month("b", [complained_of("b", date(2026, 2, 3)), complained_of("b", date(2026, 11, 3))])
    long_ago = month("b", [complained_of("b", date(2025, 10, 3)), complained_of("b", date(2026, 11, 3))])

    assert (once.yuan, once.consequences) == (-50 - 200, ())
    assert (twice.yuan, twice.consequences) == (-50 - 200, ("待岗",))
    assert long_ago.consequences == ()
