"""派单、接单、联系客户 (R1.7, R1.8), and one visit for all that is open at an address (R4.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend import queries
from backend.domain.clause import ClockStart
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import PromiseKind, TicketStatus
from backend.messages.acts import Contacted, Resolved, StaffAct
from backend.ports import Event, Medium
from backend.refusals import NotDispatched, OtherAddress, ReceiptUnknown
from backend.usecases import dispatching, tickets
from backend.usecases.filing import Terms
from tests.factories import a_clause
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent, work_off

SOON = FRIDAY_EVENING + timedelta(seconds=2)
LATER = FRIDAY_EVENING + timedelta(minutes=15)


@pytest.fixture
def receipt(file):
    return file(a_report())


@pytest.fixture
def dispatched(receipt, store, terms):
    work_off(store, terms, now=SOON)
    return receipt


def act_on(receipt, **said):
    return {"request_id": "r1", "ticket_number": receipt.ticket_number, "by": "1001", **said}


def events(store, receipt):
    return [entry.event for entry in queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]]


def token_of(store, receipt):
    with store.reading() as tickets:
        return tickets.dispatches.of_ticket(number=TicketNumber.parse(receipt.ticket_number))[-1].receipt_token


def test_the_repair_staff_on_duty_gets_fault_address_and_phone_and_the_owner_stays(dispatched, store, terms, engine):
    ticket = stored(store, dispatched).ticket
    repairer = terms.charter.member(ticket.handler)

    assert repairer in terms.charter.repairers_on_duty(area=ticket.area, at=SOON)
    assert ticket.owner == dispatched.owner.job_number
    ((recipient, text),) = sent(engine, Medium.SMS)
    assert recipient == repairer.phone
    for told in ("电视没信号", "世贸路1号", "13807911234", token_of(store, dispatched)):
        assert told in text


def test_where_the_bot_is_reached_from_outside_the_order_carries_the_link_that_confirms_it(
    receipt, store, terms, engine
):
    work_off(store, terms, now=SOON, public_url="https://kf.example")

    ((_, text),) = sent(engine, Medium.SMS)
    assert f"https://kf.example/r/{token_of(store, receipt)}" in text


def test_a_danger_is_dispatched_and_stays_in_the_leaders_hands(file, store, terms, engine):
    """R2.6."""
    receipt = file(a_report(subject="danger", description="电线断了掉在地上"))
    work_off(store, terms, now=SOON)

    assert stored(store, receipt).ticket.handler == receipt.reported_to
    told = dict(sent(engine, Medium.SMS))
    assert "急事急办" in told.pop(terms.charter.member(receipt.reported_to).phone)
    (order,) = told.values()
    assert "接单" in order


def test_an_order_goes_out_once_however_often_the_work_is_looked_at(dispatched, store, terms, engine):
    assert work_off(store, terms, now=LATER) == []
    assert len(sent(engine, Medium.SMS)) == 1


def test_what_was_settled_or_withdrawn_before_is_not_dispatched(receipt, store, terms, engine):
    tickets.change_status(
        number=TicketNumber.parse(receipt.ticket_number),
        to=TicketStatus.CANCELLED,
        reason="好了",
        by="1001",
        terms=terms,
        store=store,
        now=FRIDAY_EVENING,
    )
    work_off(store, terms, now=SOON)

    assert sent(engine, Medium.SMS) == []


def test_the_code_of_the_order_confirms_the_receipt_and_another_code_none(dispatched, store, terms):
    code = token_of(store, dispatched)
    for _ in range(2):
        dispatching.receive_by_token(receipt_token=code, terms=terms, store=store, now=LATER)

    assert events(store, dispatched).count(Event.RECEIVED) == 1
    with pytest.raises(ReceiptUnknown):
        dispatching.receive_by_token(receipt_token="guessed", terms=terms, store=store, now=LATER)


def test_the_twenty_minutes_of_the_call_start_with_the_receipt(dispatched, store, terms):
    """R1.8, where the charter promises it."""
    clause = a_clause("20 分钟", key="contact", kind=PromiseKind.CONTACT, starts=ClockStart.RECEIPT)
    charter = replace(terms.charter, commitments=(*terms.charter.commitments, clause))
    receive = StaffAct(**act_on(dispatched))
    dispatching.receive(act=receive, terms=Terms(charter=charter, calendar=terms.calendar), store=store, now=LATER)

    ticket = stored(store, dispatched).ticket
    (contact,) = [told for told in ticket.promises if told.kind is PromiseKind.CONTACT]
    assert contact.due == LATER + timedelta(minutes=20)
    assert contact in ticket.outstanding

    reached = Contacted(**act_on(dispatched, request_id="r2"), reached=True)
    dispatching.contacted(act=reached, terms=terms, store=store, now=LATER + timedelta(minutes=5))
    assert contact not in stored(store, dispatched).ticket.outstanding


def test_a_call_in_vain_is_on_record_and_keeps_no_promise(dispatched, store, terms):
    in_vain = Contacted(**act_on(dispatched), reached=False)
    dispatching.contacted(act=in_vain, terms=terms, store=store, now=LATER)

    assert events(store, dispatched)[-1] is Event.CONTACT_TRIED
    assert stored(store, dispatched).ticket.contacted_at is None


def test_the_time_agreed_is_told_to_the_customer(dispatched, store, terms, engine):
    visit_at = LATER + timedelta(hours=14)
    agreed = Contacted(**act_on(dispatched), reached=True, visit_at=visit_at)
    dispatching.contacted(act=agreed, terms=terms, store=store, now=LATER)

    ((_, text),) = sent(engine, Medium.CONVERSATION)
    assert "11月21日（周六）08:45" in text
    assert "工作证" in text


def test_who_was_sent_nowhere_confirms_nothing(receipt, store, terms):
    with pytest.raises(NotDispatched):
        dispatching.receive(act=StaffAct(**act_on(receipt)), terms=terms, store=store, now=SOON)


def test_one_visit_settles_all_that_is_open_at_the_address(file, store, terms, engine):
    first = file(a_report())
    second = file(a_report(matter_id="m2", subject="broadband_down", description="宽带断了", service="broadband"))
    elsewhere = file(
        a_report(matter_id="m3", contact_phone="+8613807910000", address="南昌市红谷滩区世贸路2号", description="花屏")
    )
    work_off(store, terms, now=SOON)
    assert any("同一地址还有" in text and "宽带断了" in text for _, text in sent(engine, Medium.SMS))

    done = Resolved(**act_on(first, reason="换了接头"), also=(second.ticket_number,))
    dispatching.resolve(act=done, terms=terms, store=store, now=LATER)
    states = [stored(store, each).ticket.status for each in (first, second, elsewhere)]
    assert states == [TicketStatus.RESOLVED, TicketStatus.RESOLVED, TicketStatus.ACKNOWLEDGED]


def test_a_visit_settles_nothing_of_another_address(file, store, terms):
    first = file(a_report())
    other = file(a_report(matter_id="m3", contact_phone="+8613807910000", address="南昌市红谷滩区世贸路2号"))
    done = Resolved(**act_on(first, reason="换了接头"), also=(other.ticket_number,))

    with pytest.raises(OtherAddress):
        dispatching.resolve(act=done, terms=terms, store=store, now=LATER)
    assert stored(store, first).ticket.status is TicketStatus.ACKNOWLEDGED
