"""已知故障和停机检修: how long an announcement holds, and whom it concerns."""

from datetime import timedelta

import pytest

from backend.domain.errors import AnnouncedTooLate, EndsBeforeItBegins, MaintenanceNeedsEnd, OutageOver
from backend.domain.vocabulary import OutageKind, Service
from tests.factories import QUIET, an_outage, at

begins, planned_end, later = at("2026-11-22 20:00"), at("2026-11-22 23:00"), at("2026-11-23 02:00")


def test_a_fault_goes_on_past_its_expected_end_until_somebody_ends_it():
    fault = an_outage(starts_at=begins, expected_until=planned_end)

    assert not fault.is_over(at=later)
    assert fault.end(by="1041", at=later).is_over(at=later)


def test_maintenance_is_over_by_its_plan():
    work = an_outage(kind=OutageKind.MAINTENANCE, starts_at=begins, expected_until=planned_end)

    assert [work.is_over(at=moment) for moment in (begins, planned_end)] == [False, True]


def test_what_begins_later_is_ahead():
    work = an_outage(starts_at=begins)

    assert work.is_ahead(at=at("2026-11-22 19:59"))
    assert not work.is_ahead(at=begins)


@pytest.mark.parametrize(
    ("area", "service", "concerned"),
    [
        ("wanli", Service.TV, True),
        ("wanli", None, True),
        ("wanli", Service.BROADBAND, False),
        ("xihu", Service.TV, False),
    ],
)
def test_it_concerns_its_area_and_its_services(area, service, concerned):
    assert an_outage(area="wanli", services=frozenset({Service.TV})).hits(area=area, service=service) is concerned


def test_maintenance_says_when_it_will_be_over():
    with pytest.raises(MaintenanceNeedsEnd):
        an_outage(kind=OutageKind.MAINTENANCE, expected_until=None)


def test_nothing_ends_before_it_begins():
    with pytest.raises(EndsBeforeItBegins):
        an_outage(starts_at=begins, expected_until=begins)


def test_who_ends_it_is_kept_and_it_is_ended_once():
    ended = an_outage(starts_at=begins).end(by="1041", at=later)

    assert (ended.ended_by, ended.ended_at) == ("1041", later)
    with pytest.raises(OutageOver, match="已经结束"):
        ended.end(by="1042", at=later)


def test_what_is_planned_is_announced_as_long_ahead_as_promised():
    """R1.10; a fault that nobody planned is announced at once."""
    facts = {"starts_at": planned_end, "announced_at": begins}
    for kind, stops in ((OutageKind.MAINTENANCE, True), (OutageKind.CHANGE, False)):
        work = an_outage(kind=kind, expected_until=later, **facts)
        assert (work.is_planned, work.stops_service) == (True, stops)
        work.refuse_late(ahead=timedelta(hours=3), quiet=QUIET)
        with pytest.raises(AnnouncedTooLate, match="提前 24 小时"):
            work.refuse_late(ahead=timedelta(hours=24), quiet=QUIET)
    an_outage(**facts).refuse_late(ahead=timedelta(hours=24), quiet=QUIET)


def test_what_is_announced_at_night_is_told_in_the_morning_and_counts_from_then():
    facts = {"kind": OutageKind.MAINTENANCE, "expected_until": at("2026-11-23 00:00")}
    by_night = an_outage(announced_at=at("2026-11-20 21:00"), starts_at=at("2026-11-21 21:00"), **facts)
    by_day = an_outage(announced_at=at("2026-11-20 20:59"), starts_at=at("2026-11-21 20:59"), **facts)

    by_day.refuse_late(ahead=timedelta(hours=24), quiet=QUIET)
    with pytest.raises(AnnouncedTooLate):
        by_night.refuse_late(ahead=timedelta(hours=24), quiet=QUIET)


def test_what_is_over_is_not_moved():
    work = an_outage(kind=OutageKind.MAINTENANCE, starts_at=begins, expected_until=planned_end)

    with pytest.raises(OutageOver, match="已经结束"):
        work.move(starts_at=later, expected_until=None, at=planned_end)
