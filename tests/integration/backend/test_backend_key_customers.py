"""大客户 (R5.5, R9.6): planned by the charter's interval, told to the area manager, recorded once made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.domain.errors import KeyVisitMadeAlready
from backend.messages.key_visits import KeyVisitAct
from backend.ports import AccountsUnavailable, Medium
from backend.refusals import KeyVisitNotFound, StaffUnknown
from backend.store.accounts import TableAccounts
from backend.usecases import daily, key_customers
from tests.factories import an_account, at
from tests.integration.backend.working import sent, work_off

MORNING = at("2026-11-29 09:00")
HOTEL = an_account(number="1", area="honggutan", address="世贸路8号酒店", important=True)


@pytest.fixture
def customers(store):
    def put(*accounts):
        with store.writing() as tickets:
            tickets.customers.put(accounts)

    return put


@pytest.fixture
def day(store, terms):
    def day(days=0, *, terms=terms):
        now = MORNING + timedelta(days=days)
        for _twice in range(2):
            daily.plan_today(charter=terms.charter, store=store, now=now)
            work_off(store, terms, now=now)

    return day


@pytest.fixture
def planned(store):
    def planned(*, made=False):
        with store.reading() as tickets:
            return tickets.key_visits.planned(made=made)

    return planned


def asked(engine):
    return [(who, text) for who, text in sent(engine, Medium.SMS) if "该定期回访" in text]


def test_the_manager_of_the_area_is_asked_to_visit_each_key_customer_once_a_period(
    customers, day, planned, engine, terms
):
    customers(HOTEL, an_account(number="2", area="honggutan"))
    interval = terms.charter.key_customer_visits.every.days
    day()
    day(1)
    day(interval - 1)

    (visit,) = planned()
    manager = terms.charter.member(terms.charter.area("honggutan").manager)
    assert (visit.account, visit.planned_on, visit.staff) == ("1", date(2026, 11, 29), manager.job_number)
    ((who, text),) = asked(engine)
    assert who == manager.phone
    assert "世贸路8号酒店" in text

    day(interval)
    assert [visit.planned_on for visit in planned()] == [date(2026, 11, 29), date(2027, 2, 27)]


def test_a_customer_of_no_listed_area_is_the_head_on_dutys(customers, day, planned, terms):
    customers(an_account(number="1", important=True))
    day()
    (visit,) = planned()
    assert terms.charter.member(visit.staff).is_head


def test_more_of_them_than_fit_in_one_transaction_are_all_planned(customers, day, planned):
    customers(*(an_account(number=f"{n:04}", important=True) for n in range(daily.PAGE + 1)))
    day()
    assert len(planned()) == daily.PAGE + 1


def test_where_the_charter_plans_none_there_is_none(customers, day, planned, terms):
    customers(HOTEL)
    day(terms=replace(terms, charter=replace(terms.charter, key_customer_visits=None)))
    assert planned() == ()


def test_r5_5_the_plan_shows_whom_to_visit_masked_and_in_full_to_who_asks(customers, day, planned, store, terms):
    customers(HOTEL)
    day()
    accounts = TableAccounts(store)
    [due] = key_customers.planned(charter=terms.charter, store=store, accounts=accounts).due
    assert (due.customer.phone[:7], due.customer.area_name) == (f"{HOTEL.phone[3:6]}****", "红谷滩区")
    assert "8号" not in due.customer.address
    contact = key_customers.contact(number=due.number, store=store, accounts=accounts)
    assert (contact.phone, contact.address) == (HOTEL.phone, HOTEL.address)
    with pytest.raises(KeyVisitNotFound):
        key_customers.contact(number=99, store=store, accounts=accounts)

    class Away(TableAccounts):
        def of_number(self, *, number):
            raise AccountsUnavailable(number)

    [unknown] = key_customers.planned(charter=terms.charter, store=store, accounts=Away(store)).due
    assert (unknown.account, unknown.customer) == ("1", None)


def test_what_was_said_is_recorded_once_by_who_is_on_the_staff(customers, day, planned, store, terms):
    customers(HOTEL)
    day()
    number = planned()[0].number

    def record(**said):
        act = KeyVisitAct(**({"number": number, "by": "1015", "said": "大堂的电视晚上会卡"} | said))
        return key_customers.record(act=act, terms=terms, store=store, now=MORNING)

    with pytest.raises(StaffUnknown):
        record(by="9999")
    with pytest.raises(KeyVisitNotFound):
        record(number=99)
    made = record()
    assert (planned(), planned(made=True)) == ((), (made,))
    with pytest.raises(KeyVisitMadeAlready):
        record()
