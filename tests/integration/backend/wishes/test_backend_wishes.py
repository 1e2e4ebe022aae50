"""改约、撤单、补材料、回访: one transaction each, harmless twice, on record."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.errors import NoMaterialsAwaited, TransitionNotAllowed, UrgentNotWithdrawn
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.reports import Appointment, VisitAnswer, Wish
from backend.ports import Event
from backend.refusals import AlreadyWithdrawn, TicketFinished
from backend.usecases import tickets as usecases
from backend.usecases import wishes
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.wishes.support import HERE, MONDAY, history, wished


def test_another_time_is_recorded_as_the_customers_wish_and_the_promise_stays(receipt, carry_out, store):
    saturday_next = MONDAY + timedelta(days=5)
    before = stored(store, receipt).ticket.promises

    view = carry_out(
        wishes.change_appointment, wished(receipt, Appointment, wished_at=saturday_next, wished="这周六上午")
    )

    ticket = stored(store, receipt).ticket
    assert (ticket.requested_at, ticket.requested_text) == (saturday_next, "这周六上午")
    assert ticket.promises == before
    assert view.wished == "这周六上午"
    entry = history(store, receipt)[-1]
    assert (entry.event, entry.detail["laterThanPromised"]) == (Event.APPOINTMENT_CHANGED, True)


def test_a_time_taken_back_leaves_the_ticket_open(receipt, carry_out, store):
    for request, text in (("message-1", "周六"), ("message-2", None)):
        carry_out(wishes.change_appointment, wished(receipt, Appointment, wished=text, request_id=request))

    assert stored(store, receipt).ticket.requested_text is None
    assert history(store, receipt)[-1].detail["before"] == "周六"


def test_a_withdrawn_ticket_says_why_and_a_second_wish_is_told_that_it_is_withdrawn(receipt, carry_out, store):
    carry_out(wishes.withdraw, wished(receipt, text="自己好了"))

    assert stored(store, receipt).ticket.status_reason == "客户撤单：自己好了"
    with pytest.raises(AlreadyWithdrawn, match="已经撤销"):
        carry_out(wishes.withdraw, wished(receipt, request_id="message-2"))


def test_a_danger_is_not_withdrawn_and_a_settled_ticket_neither(file, carry_out, settled):
    danger = file(a_report(subject="danger", matter_id="danger-of-zhang"))

    with pytest.raises(UrgentNotWithdrawn):
        carry_out(wishes.withdraw, wished(danger))
    with pytest.raises(TransitionNotAllowed, match="已处理，待回访"):
        carry_out(wishes.withdraw, wished(settled))


def test_an_install_waits_for_its_papers_and_has_no_due_time(install, store):
    """R1.13."""
    ticket = stored(store, install).ticket
    assert (ticket.status, ticket.status_reason) == (TicketStatus.PENDING, "待补材料：身份证原件和复印件")
    assert [told.due for told in ticket.promises] == [None]
    assert [promise.limit for promise in install.promises] == ["5 个工作日"]


def test_the_clock_starts_when_the_customer_said_that_the_papers_are_there(install, carry_out, store):
    view = carry_out(wishes.supply_materials, wished(install), now=MONDAY + timedelta(minutes=5))

    (told,) = stored(store, install).ticket.promises
    assert told.started_at == MONDAY
    assert told.due == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert (view.status, view.awaits_materials) == (TicketStatus.IN_PROGRESS, False)


def test_staff_who_start_on_an_order_have_seen_its_papers(install, store, terms):
    usecases.change_status(
        number=TicketNumber.parse(install.ticket_number),
        to=TicketStatus.IN_PROGRESS,
        reason="",
        by="1024",
        terms=terms,
        store=store,
        now=MONDAY,
    )

    assert stored(store, install).ticket.promises[0].due == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def test_who_brings_papers_nobody_waits_for_is_told(receipt, carry_out):
    with pytest.raises(NoMaterialsAwaited, match="已受理"):
        carry_out(wishes.supply_materials, wished(receipt))


def test_solved_closes_with_what_was_said_of_the_staff(settled, carry_out, store):
    carry_out(wishes.answer_visit, wished(settled, VisitAnswer, solved=True, remark="没出示工作证"))

    ticket = stored(store, settled).ticket
    assert (ticket.status, ticket.visited_at) == (TicketStatus.CLOSED, MONDAY)
    (visit,) = [entry for entry in history(store, settled) if entry.event is Event.RETURN_VISIT]
    assert (visit.detail["solved"], visit.detail["remark"]) == (True, "没出示工作证")
    again = carry_out(wishes.answer_visit, wished(settled, VisitAnswer, solved=True, request_id="message-2"))
    assert again.status is TicketStatus.CLOSED


def test_unsolved_reopens_the_same_ticket_with_its_owner_a_new_promise_and_the_old_breach(settled, carry_out, store):
    """R5.6."""
    owner = stored(store, settled).ticket.owner

    view = carry_out(wishes.answer_visit, wished(settled, VisitAnswer, solved=False, text="晚上又花了"))

    ticket = stored(store, settled).ticket
    assert (view.reopened, ticket.status, ticket.owner) == (True, TicketStatus.IN_PROGRESS, owner)
    assert ticket.promises[0].due == MONDAY + timedelta(hours=24)
    assert [told.due for told in ticket.breached] == [FRIDAY_EVENING + timedelta(hours=24)]


def test_unsolved_urges_what_is_still_open(receipt, carry_out, store):
    view = carry_out(wishes.answer_visit, wished(receipt, VisitAnswer, solved=False))

    assert (view.urges, view.reopened) == (1, False)
    assert stored(store, receipt).ticket.status is TicketStatus.ACKNOWLEDGED


def test_unsolved_of_what_was_withdrawn_is_to_be_reported_anew(receipt, carry_out):
    carry_out(wishes.withdraw, wished(receipt))

    with pytest.raises(TicketFinished, match="重新报一次"):
        carry_out(wishes.answer_visit, wished(receipt, VisitAnswer, solved=False, request_id="message-2"))


def test_a_turn_that_runs_again_does_nothing_twice_and_is_told_the_same(file, carry_out, store, settled):
    fault = file(a_report(matter_id="m2", subject="picture"))
    move = file(a_report(ticket_type=TicketType.ORDER, subject="relocate", matter_id="m3"))
    for use_case, wish in (
        (wishes.change_appointment, wished(fault, Appointment, wished="周六")),
        (wishes.withdraw, wished(fault, request_id="message-2")),
        (wishes.supply_materials, wished(move)),
        (wishes.answer_visit, wished(settled, VisitAnswer, solved=False)),
    ):
        first = carry_out(use_case, wish)
        recorded = history(store, wish_receipt := next(r for r in (fault, move, settled) if _of(wish, r)))
        again = carry_out(use_case, wish, now=MONDAY + timedelta(minutes=1))

        assert again == first
        assert history(store, wish_receipt) == recorded


def _of(wish, receipt):
    return wish.ticket_number == receipt.ticket_number


async def test_the_client_carries_every_wish_over_http(backend, filed):
    phone = "+8613700000123"
    order_of = {"ticket_type": TicketType.ORDER, "subject": "transfer", "address": None}
    fault, order = await filed(contact_phone=phone), await filed(**order_of, contact_phone=phone, caller=phone)
    client = backend.client()
    said = {"conversation": HERE, "caller": phone, "said_at": MONDAY, "text": "麻烦了"}
    about_fault = {"ticket_number": fault, **said}

    known = await client.tickets_of(conversation=HERE, correlation_id="turn")
    changed = await client.change_appointment(
        Appointment(**about_fault, request_id="1", wished_at=MONDAY, wished="周一"), correlation_id="turn"
    )
    urged = await client.answer_visit(VisitAnswer(**about_fault, request_id="2", solved=False), correlation_id="turn")
    withdrawn = await client.withdraw(Wish(**about_fault, request_id="3"), correlation_id="turn")
    supplied = await client.supply_materials(Wish(ticket_number=order, **said, request_id="4"), correlation_id="turn")
    await client.aclose()

    assert {fault, order} <= {view.number for view in known}
    assert (changed.wished, urged.urges, withdrawn.status) == ("周一", 1, TicketStatus.CANCELLED)
    assert supplied.status is TicketStatus.IN_PROGRESS


async def test_partners_see_the_wish_and_the_visit_as_notes(api, backend, filed):
    phone = "+8613700000124"
    number = await filed(contact_phone=phone)
    client = backend.client()
    said = {"ticket_number": number, "conversation": HERE, "caller": phone, "said_at": MONDAY, "text": "晚上又花了"}
    later = MONDAY + timedelta(days=9)
    await client.change_appointment(
        Appointment(**said, request_id="1", wished_at=later, wished="下周三"), correlation_id="turn"
    )
    for status in ("inProgress", "resolved"):
        api.patch(f"/troubleTicket/{number}", json={"status": status, "statusChangeReason": "换了接头"})
    await client.answer_visit(VisitAnswer(**said, request_id="2", solved=False), correlation_id="turn")
    await client.aclose()

    notes = [note["text"] for note in api.get(f"/troubleTicket/{number}").json()["note"]]

    assert "改约：下周三；客户自己要求晚于承诺时限；客户原话 晚上又花了" in notes
    assert "回访：未解决；客户原话 晚上又花了" in notes
