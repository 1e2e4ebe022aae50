"""派单、接单、联系客户: each is kept when it first happened, and the owner stays (R1.7, R1.8, R2.10)."""

import pytest

from backend.domain.dispatch import Dispatch, contacted, dispatched, received
from backend.domain.errors import TransitionNotAllowed
from backend.domain.vocabulary import PromiseKind
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

SENT, RECEIVED, CALLED = at("2026-11-21 10:02"), at("2026-11-21 10:10"), at("2026-11-21 10:25")
DISPATCH = a_promise(at("2026-11-21 10:03"), kind=PromiseKind.DISPATCH)
CONTACT = a_promise(at("2026-11-21 10:30"), kind=PromiseKind.CONTACT)


@pytest.fixture
def order():
    ticket = a_ticket()
    return Dispatch(number=ticket.number, turn=1, staff="1041", receipt_token="code", sent_at=SENT)


def test_who_repairs_it_handles_it_and_the_owner_stays():
    ticket = dispatched(a_ticket(owner="1024"), to="1041", by="shouwen", at=SENT)
    again = dispatched(ticket, to="1042", by="shouwen", at=CALLED)

    assert (again.owner, again.handler, again.dispatched_at) == ("1024", "1042", SENT)


def test_an_order_sent_and_a_customer_reached_keep_their_promises():
    ticket = a_ticket(promises=(DISPATCH, CONTACT))
    assert ticket.outstanding == (DISPATCH, CONTACT)
    ticket = dispatched(ticket, to="1041", by="shouwen", at=SENT)
    assert ticket.outstanding == (CONTACT,)
    assert contacted(ticket, by="1041", at=CALLED).outstanding == ()


def test_what_starts_with_the_receipt_is_promised_once():
    ticket = received(a_ticket(promises=()), by="1041", at=RECEIVED, promises=(CONTACT,))
    assert received(ticket, by="1041", at=CALLED, promises=()).promises == (CONTACT,)


def test_the_first_receipt_and_the_first_call_count(order):
    kept = order.receive(at=RECEIVED).receive(at=CALLED).contact(at=CALLED, visit_at=None)
    assert (kept.received_at, kept.contacted_at, kept.visit_at) == (RECEIVED, CALLED, None)


def test_who_has_called_before_confirming_has_received_the_order(order):
    visit_at = at("2026-11-21 15:00")
    called = order.contact(at=CALLED, visit_at=visit_at)
    assert (called.received_at, called.visit_at) == (CALLED, visit_at)
    assert called.contact(at=visit_at, visit_at=None).visit_at == visit_at


def test_what_is_settled_is_sent_nowhere():
    for verb in (
        lambda ticket: dispatched(ticket, to="1041", by="shouwen", at=CALLED),
        lambda ticket: received(ticket, by="1041", at=CALLED, promises=()),
        lambda ticket: contacted(ticket, by="1041", at=CALLED),
    ):
        with pytest.raises(TransitionNotAllowed):
            verb(a_resolved_ticket())
