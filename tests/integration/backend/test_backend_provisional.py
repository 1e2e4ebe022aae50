"""暂定承诺: told as provisional while a year's holiday notice is missing, firm when it is there."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketType
from backend.domain.working_time import Calendar
from backend.ports import Event, Filed
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from tests.integration.backend.support import a_report

NEW_YEARS_EVE = datetime(2026, 12, 31, 2, 0, tzinfo=UTC)  # Thursday, 10:00 in Shanghai
THE_NEXT_NOVEMBER = NEW_YEARS_EVE + timedelta(days=3)


def notice(*, years: set[int], off: tuple[date, ...] = (), make_up: tuple[date, ...] = ()) -> Calendar:
    return Calendar(
        name=f"至 {max(years)} 年",
        known_years=frozenset(years),
        days_off=dict.fromkeys((date(2027, 1, 1), *off), "放假"),
        make_up_days=dict.fromkeys(make_up, "调休上班"),
    )


BEFORE = notice(years={2026})
LONGER_HOLIDAY = notice(years={2026, 2027}, off=(date(2027, 1, 4), date(2027, 1, 5)))
MAKE_UP_WEEKEND = notice(years={2026, 2027}, make_up=(date(2027, 1, 2), date(2027, 1, 3)))


@pytest.fixture
def resumption(store: SqlStore, terms: Terms) -> TicketNumber:
    """A service resumed: five working days, over the turn of the year."""
    report = a_report(
        ticket_type=TicketType.ORDER, subject="resume", accepted_at=NEW_YEARS_EVE, agent="1024", by_staff=True
    )
    receipt = usecases.accept(
        report=report,
        terms=replace(terms, calendar=BEFORE),
        store=store,
        accounts=TableAccounts(store),
        now=NEW_YEARS_EVE,
    )
    return TicketNumber.parse(receipt.ticket_number)


def settle(store: SqlStore, calendar: Calendar) -> usecases.Settled:
    return usecases.settle_provisional(
        calendar=calendar, closing_time_of=lambda _operator: time(17, 30), store=store, now=THE_NEXT_NOVEMBER
    )


def promised(store: SqlStore, number: TicketNumber) -> Filed:
    return queries.read(number=number, store=store)[0]


def test_a_promise_into_an_unknown_year_is_stored_as_provisional(store, resumption):
    (told,) = promised(store, resumption).ticket.promises

    assert told.provisional
    assert "2027" in (told.reason or "")


def test_while_the_notice_is_missing_nothing_changes(store, resumption):
    before = promised(store, resumption)

    assert settle(store, BEFORE).still_provisional == (str(resumption),)
    assert promised(store, resumption) == before


def test_where_the_notice_brings_more_holidays_the_told_time_stands(store, resumption):
    (told,) = promised(store, resumption).ticket.promises

    assert settle(store, LONGER_HOLIDAY).firm == (str(resumption),)

    (firm,) = promised(store, resumption).ticket.promises
    assert (firm.due, firm.provisional) == (told.due, False)


def test_where_the_notice_brings_working_weekends_the_earlier_time_holds_and_the_told_one_stays_on_record(
    store, resumption
):
    (told,) = promised(store, resumption).ticket.promises

    settle(store, MAKE_UP_WEEKEND)

    filed = promised(store, resumption)
    assert told.due is not None
    assert filed.ticket.promises[0].due == told.due - timedelta(days=2)
    assert filed.told_due == (told.due,)
    assert filed.ticket.promises[0].calendar == "至 2027 年"


def test_settling_is_on_record_and_a_second_run_does_nothing(store, resumption):
    settle(store, MAKE_UP_WEEKEND)

    assert settle(store, LONGER_HOLIDAY) == usecases.Settled(firm=(), still_provisional=())
    _, history = queries.read(number=resumption, store=store)
    assert [entry.event for entry in history] == [Event.FILED, Event.PROMISE_SETTLED]
    assert history[-1].detail["clause"] == "resume"
