"""督办 (R1.19): near its limit the handler is warned; past it head, leader and customer are told unasked."""

from datetime import timedelta

import pytest

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.messages.acts import StaffAct
from backend.ports import Event, Medium
from backend.usecases import acts
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent, work_off

DUE = FRIDAY_EVENING + timedelta(hours=24)


@pytest.fixture
def receipt(file, store, terms):
    receipt = file(a_report())
    work_off(store, terms, now=FRIDAY_EVENING)
    return receipt


@pytest.fixture
def at(store, terms, receipt):
    def at(now):
        """What happened by then."""
        work_off(store, terms, now=now)
        history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]
        watched = {Event.HANDLER_WARNED, Event.OVERDUE_REPORTED}
        return [(entry.event, entry.detail["to"]) for entry in history if entry.event in watched]

    return at


def test_the_handler_is_warned_when_the_limit_is_near_and_only_once(at, terms):
    early = FRIDAY_EVENING + timedelta(hours=24) * (terms.charter.watch.warn_at_percent - 1) / 100
    assert at(early) == []
    assert [event for event, _ in at(DUE - timedelta(minutes=1))] == [Event.HANDLER_WARNED]
    assert len(at(DUE - timedelta(seconds=1))) == 1


def test_past_the_limit_the_head_of_the_window_is_told_then_the_leader(at, store, terms, receipt):
    """R1.19; what the window has to report (R2.8)."""
    (_, handler), (event, head) = at(DUE)
    assert handler == stored(store, receipt).ticket.handler
    assert (event, terms.charter.member(head).is_head) == (Event.OVERDUE_REPORTED, True)

    told = at(DUE + terms.charter.watch.leader_after)
    assert [(e, terms.charter.member(who).is_leader) for e, who in told[2:]] == [(Event.OVERDUE_REPORTED, True)]


def test_the_head_of_the_department_answers_for_it(at, store, terms, receipt):
    at(DUE)
    history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]
    late = next(entry for entry in history if entry.event is Event.OVERDUE_REPORTED)

    department = terms.charter.department_of(stored(store, receipt).ticket.handler)
    assert late.detail["answerable"] == department.head


def test_the_customer_is_told_before_having_to_ask(at, engine, receipt):
    at(DUE - timedelta(minutes=1))
    assert not [text for _, text in sent(engine, Medium.CONVERSATION) if "没有按承诺" in text]
    at(DUE)

    ((who, text),) = [told for told in sent(engine, Medium.CONVERSATION) if "没有按承诺" in told[1]]
    assert who == "conversation-of-zhang"
    assert "负责到底" in text


def test_what_is_kept_in_time_is_reported_to_nobody(at, store, terms, receipt):
    act = StaffAct(request_id="r", ticket_number=receipt.ticket_number, by="1001")
    with store.writing() as tickets:
        filed = tickets.get(number=TicketNumber.parse(receipt.ticket_number))
        moved = filed.ticket.start(by="1001", at=FRIDAY_EVENING).resolve(by="1001", at=FRIDAY_EVENING, outcome="好了")
        tickets.save(moved)
        tickets.record(acts.entry(moved, Event.STATUS_CHANGED, act, now=FRIDAY_EVENING))

    assert at(DUE + timedelta(hours=1)) == []
