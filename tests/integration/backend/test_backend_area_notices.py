"""公告到户 (R1.10) and 到期提醒 (R1.11): what customers hear ahead of time, each once."""

from datetime import date, timedelta

import pytest

from backend.domain.account import AccountStatus
from backend.domain.errors import AnnouncedTooLate
from backend.domain.vocabulary import OutageKind, Service
from backend.messages.outages import Announcement
from backend.ports import Medium
from backend.usecases import area_notices, daily, outages
from tests.factories import an_account, at
from tests.integration.backend.working import sent, work_off

NOON = at("2026-11-29 12:00")


@pytest.fixture
def customers(store):
    def put(*accounts):
        with store.writing() as tickets:
            tickets.customers.put(accounts)

    return put


@pytest.fixture
def announce(store, terms):
    def announce(*, ahead=timedelta(hours=24), kind=OutageKind.MAINTENANCE, **said):
        starts_at = NOON + ahead
        facts = {
            "kind": kind,
            "area": "wanli",
            "services": frozenset({Service.TV}),
            "cause": "光缆割接",
            "starts_at": starts_at,
            "expected_until": starts_at + timedelta(hours=2) if kind is OutageKind.MAINTENANCE else None,
            "announced_by": "1041",
        }
        announcement = Announcement(**(facts | said))
        return outages.announce(announcement=announcement, charter=terms.charter, store=store, now=NOON)

    return announce


def household(number, **changes):
    usual = {"number": str(number), "phone": f"+86138{number:08}", "area": "wanli", "status": AccountStatus.ACTIVE}
    return an_account(**(usual | changes))


def phones(engine):
    return [phone for phone, _ in sent(engine, Medium.SMS)]


def test_planned_work_reaches_the_customers_of_its_area_and_services(customers, announce, store, terms, engine):
    customers(
        household(1),
        household(2, area="xihu"),
        household(3, services=frozenset({Service.BROADBAND})),
    )
    announce()
    work_off(store, terms, now=NOON)

    ((phone, text),) = sent(engine, Medium.SMS)
    assert phone == household(1).phone
    assert "11月30日（周一）12:00至11月30日（周一）14:00：光缆割接" in text


def test_a_new_service_reaches_everybody_there_and_stops_nothing(customers, announce, store, terms, engine):
    customers(household(1), household(3, services=frozenset({Service.BROADBAND})))
    announce(kind=OutageKind.CHANGE, cause="开通互动点播")
    work_off(store, terms, now=NOON)

    assert len(phones(engine)) == 2
    assert outages.known(area="wanli", service=None, store=store, now=NOON) == []


def test_what_is_planned_is_announced_as_long_ahead_as_the_charter_says(announce, terms):
    for kind in (OutageKind.MAINTENANCE, OutageKind.CHANGE):
        with pytest.raises(AnnouncedTooLate, match="24 小时"):
            announce(kind=kind, ahead=terms.charter.notice_ahead.ahead - timedelta(seconds=1))


def test_a_fault_that_nobody_planned_is_announced_at_once_and_to_nobody_s_phone(
    customers, announce, store, terms, engine
):
    customers(household(1))
    announce(kind=OutageKind.KNOWN_OUTAGE, ahead=timedelta(0))
    work_off(store, terms, now=NOON)

    assert phones(engine) == []


def test_a_large_area_is_told_page_by_page_each_household_once(customers, announce, store, terms, engine, monkeypatch):
    monkeypatch.setattr(area_notices, "PAGE", 2)
    customers(*(household(number) for number in range(1, 6)))
    announce()
    work_off(store, terms, now=NOON)

    assert sorted(phones(engine)) == [household(number).phone for number in range(1, 6)]


def test_work_called_off_before_it_was_told_is_told_to_nobody(customers, announce, store, terms, engine):
    customers(household(1))
    outage = announce()
    outages.end(number=outage.number, by="1041", charter=terms.charter, store=store, now=NOON)
    work_off(store, terms, now=NOON)

    assert phones(engine) == []


def test_who_is_paid_until_soon_is_reminded_in_the_morning_once(customers, store, terms, engine, monkeypatch):
    """R1.11; the days ahead are the charter's."""
    monkeypatch.setattr(daily, "PAGE", 2)
    ahead = terms.charter.reminders.ahead
    customers(
        *(household(number, paid_until=date(2026, 11, 29) + ahead) for number in (1, 2, 3)),
        household(4, paid_until=date(2026, 11, 30) + ahead),
        household(5, paid_until=date(2026, 11, 29), status=AccountStatus.CUT_OFF),
    )
    for _ in range(2):
        daily.plan_today(charter=terms.charter, store=store, now=at("2026-11-29 00:30"))
    work_off(store, terms, now=at("2026-11-29 08:59"))
    assert phones(engine) == []

    work_off(store, terms, now=at("2026-11-29 09:00"))
    assert sorted(phones(engine)) == [household(number).phone for number in (1, 2, 3)]

    daily.plan_today(charter=terms.charter, store=store, now=at("2026-11-30 00:30"))
    work_off(store, terms, now=at("2026-11-30 09:00"))
    assert sorted(phones(engine)) == [household(number).phone for number in (1, 2, 3, 4)]
