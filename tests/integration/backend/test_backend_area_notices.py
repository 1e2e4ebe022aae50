"""公告到户 (R1.10) and 到期提醒 (R1.11): what customers hear ahead of time, each once."""

from datetime import date, timedelta

import pytest

from backend.charters import load_charter
from backend.domain.account import AccountStatus
from backend.domain.errors import AnnouncedTooLate, NotAhead
from backend.domain.vocabulary import OutageKind, Service
from backend.messages.outages import Announcement, Moving
from backend.ports import Medium
from backend.usecases import area_notices, daily, outages
from backend.work.delivery import Delivery
from backend.work.jobs import MESSAGES
from backend.work.worker import Worker
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


@pytest.fixture
def call_off(store, terms):
    def call_off(outage, *, now):
        return outages.end(number=outage.number, by="1041", charter=terms.charter, store=store, now=now)

    return call_off


@pytest.fixture
def move(store, terms):
    def move(outage, *, later, now):
        moving = Moving(
            starts_at=outage.starts_at + later, expected_until=outage.expected_until + later, moved_by="1041"
        )
        return outages.move(number=outage.number, moving=moving, charter=terms.charter, store=store, now=now)

    return move


@pytest.fixture
def go_out(store, engine):
    """What is due by then reaches its phones; their texts."""

    def go_out(*, now):
        told = []
        deliverers = {Medium.SMS: lambda message, **_: told.append((message.recipient, message.body["text"]))}
        quiet = load_charter(operator="jiangxi").operator.quiet_hours
        delivery = Delivery(store=store, clock=lambda: now, deliverers=deliverers, quiet_hours_at=lambda _: quiet)
        Worker(store=store, clock=lambda: now, by="test", lanes=True, carry_out=delivery, patience=MESSAGES).work_off()
        return told

    return go_out


LATER = NOON + timedelta(hours=2)
LATER_AT_NIGHT = at("2026-11-29 23:30")
FOR_TWO_DAYS = timedelta(hours=48)


def test_who_was_told_of_planned_work_is_told_once_that_it_is_called_off(
    customers, announce, call_off, store, terms, go_out
):
    """R1.10."""
    customers(household(1), household(3, services=frozenset({Service.BROADBAND})))
    outage = announce(ahead=FOR_TWO_DAYS)
    work_off(store, terms, now=NOON)
    assert [phone for phone, _ in go_out(now=NOON)] == [household(1).phone]
    customers(household(2))  # moved in since
    call_off(outage, now=LATER)
    work_off(store, terms, now=LATER)

    assert go_out(now=LATER) == [
        (
            household(1).phone,
            "【停机检修】原定12月1日（周二）12:00的光缆割接已经取消。给您带来不便，请谅解。",
        )
    ]
    work_off(store, terms, now=LATER + timedelta(days=1))
    assert go_out(now=LATER + timedelta(days=1)) == []


def test_what_has_not_gone_out_when_the_work_is_called_off_never_does(
    customers, announce, call_off, store, terms, go_out
):
    customers(household(1))
    night = at("2026-11-29 22:30")
    outage = announce(ahead=FOR_TWO_DAYS)
    work_off(store, terms, now=night)
    assert go_out(now=night) == []
    call_off(outage, now=night)
    work_off(store, terms, now=night)

    assert go_out(now=at("2026-11-30 12:00")) == []


def test_work_that_is_moved_is_told_to_who_knew_with_both_times_and_to_who_moved_in_as_new(
    customers, announce, move, store, terms, go_out, monkeypatch
):
    monkeypatch.setattr(area_notices, "PAGE", 1)
    customers(household(1))
    outage = announce(ahead=FOR_TWO_DAYS)
    work_off(store, terms, now=NOON)
    go_out(now=NOON)
    customers(household(2))
    for _ in range(2):  # sent twice, it is moved once
        move(outage, later=timedelta(days=1), now=LATER)
    work_off(store, terms, now=LATER)

    again = "12月2日（周三）12:00至12月2日（周三）14:00"
    assert go_out(now=LATER) == [
        (
            household(1).phone,
            f"【停机检修】原定12月1日（周二）12:00的光缆割接改到{again}。给您带来不便，请谅解。",
        ),
        (household(2).phone, f"【停机检修】{again}：光缆割接。给您带来不便，请谅解。"),
    ]


def test_work_moved_before_it_was_told_is_told_once_at_its_new_time(customers, announce, move, store, terms, go_out):
    customers(household(1))
    outage = announce(ahead=FOR_TWO_DAYS)
    move(outage, later=timedelta(days=1), now=NOON)
    work_off(store, terms, now=LATER)

    [(_, text)] = go_out(now=LATER)
    assert text.startswith("【停机检修】12月2日（周三）12:00至")


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("moved again", ["原定12月1日（周二）12:00的光缆割接改到12月3日（周四）12:00至12月3日（周四）14:00"]),
        ("called off", ["原定12月1日（周二）12:00的光缆割接已经取消"]),
        ("moved back", []),
    ],
)
def test_who_slept_through_a_move_hears_of_the_time_they_know(
    customers, announce, call_off, move, store, terms, go_out, then, told
):
    night = at("2026-11-29 23:00")
    a_day = timedelta(days=1)
    customers(household(1))
    outage = announce(ahead=FOR_TWO_DAYS)
    work_off(store, terms, now=NOON)
    go_out(now=NOON)
    moved = move(outage, later=a_day, now=night)
    work_off(store, terms, now=night)
    steps = {
        "moved again": lambda: move(moved, later=a_day, now=LATER_AT_NIGHT),
        "called off": lambda: call_off(moved, now=LATER_AT_NIGHT),
        "moved back": lambda: move(moved, later=-a_day, now=LATER_AT_NIGHT),
    }
    steps[then]()
    work_off(store, terms, now=LATER_AT_NIGHT)

    texts = [text for _, text in go_out(now=at("2026-11-30 10:00"))]
    assert texts == [f"【停机检修】{change}。给您带来不便，请谅解。" for change in told]


def test_work_is_moved_as_long_ahead_as_it_is_announced_and_not_once_it_has_begun(announce, move):
    outage = announce(ahead=FOR_TWO_DAYS)
    with pytest.raises(AnnouncedTooLate, match="24 小时"):
        move(outage, later=timedelta(hours=-30), now=LATER)
    with pytest.raises(NotAhead, match="不能改期"):
        move(outage, later=timedelta(days=2), now=outage.starts_at)


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
