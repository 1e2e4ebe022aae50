"""用户要求延期 (R1.17, R1.21): in zhangjiagang the customer's own wish for a later time is the extension."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend import queries
from backend.domain.staff import Decider
from backend.domain.ticket import TicketNumber
from backend.messages.reports import Appointment
from backend.ports import Event
from backend.usecases import ledger, wishes
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored

SOON = FRIDAY_EVENING + timedelta(hours=4)
DUE = FRIDAY_EVENING + timedelta(hours=24)
LATER = DUE + timedelta(days=2)


@pytest.fixture
def receipt(file):
    return file(a_report())


@pytest.fixture
def wish(store, terms, receipt):
    def wish(*, at=LATER, now=SOON, decided_by=Decider.CUSTOMER_WISH, request_id="r1"):
        rule = replace(terms.charter.extension, decided_by=decided_by)
        under = replace(terms, charter=replace(terms.charter, extension=rule))
        said = Appointment(
            ticket_number=receipt.ticket_number,
            conversation="conversation-of-zhang",
            caller="+8613807911234",
            request_id=request_id,
            said_at=now,
            text="我下周一才在家",
            wished_at=at,
            wished="下周一",
        )
        return wishes.change_appointment(wish=said, terms=under, store=store, now=now)

    return wish


def test_a_later_wish_extends_the_promise_at_once_and_is_on_record(wish, receipt, store):
    extended_to = LATER + (DUE - SOON)
    for _again in range(2):
        view = wish()
        assert (view.postponed, view.wished) == (True, "下周一")

    filed, history = queries.read(number=TicketNumber(receipt.ticket_number), store=store)
    assert (filed.ticket.main_promise.due, filed.told_due) == (extended_to, (DUE,))
    assert [entry.event for entry in history][-2:] == [Event.APPOINTMENT_CHANGED, Event.EXTENDED]
    with store.reading() as tickets:
        assert ledger.verify(number=filed.ticket.number, tickets=tickets).problems == ()


def test_an_earlier_wish_moves_nothing(wish, receipt, store):
    view = wish(at=DUE - timedelta(hours=1))

    assert (view.postponed, stored(store, receipt).ticket.main_promise.due) == (False, DUE)


def test_where_a_leader_decides_a_later_wish_is_noted_and_the_promise_stays(wish, receipt, store):
    view = wish(decided_by=Decider.LEADER)

    assert (view.postponed, stored(store, receipt).ticket.main_promise.due) == (False, DUE)
