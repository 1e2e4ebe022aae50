"""Whose ticket it is: known where it was filed or proven, changed by who has shown its phone to be theirs."""

import pytest

from backend import queries
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.reports import Appointment
from backend.refusals import PhoneNotBound, TicketNotProven
from backend.usecases import wishes
from tests.integration.backend.support import a_report, bind, stored
from tests.integration.backend.wishes.support import ELSEWHERE, HERE, MONDAY, wished

USE_CASES = (wishes.withdraw, wishes.supply_materials)


def test_the_tickets_of_a_conversation_are_those_filed_or_proven_there(file, store):
    mine = file(a_report())
    elsewhere = file(a_report(matter_id="m2", contact_phone="+8613907915678", conversation=ELSEWHERE, address=None))

    def known(conversation):
        found = queries.of_conversation(conversation=conversation, store=store, now=MONDAY)
        return {view.number for view in found}

    assert (known(HERE), known("nobody")) == ({mine.ticket_number}, set())
    wish = wished(elsewhere, phone_last_four="5678")
    queries.progress(proof=wish, store=store, now=MONDAY)
    assert known(HERE) == {mine.ticket_number, elsewhere.ticket_number}


def test_who_reports_the_same_again_elsewhere_is_not_asked_for_the_number_there(file, store):
    receipt = file(a_report())
    again = file(a_report(matter_id="m2", conversation=ELSEWHERE))

    assert again.ticket_number == receipt.ticket_number
    (known,) = queries.of_conversation(conversation=ELSEWHERE, store=store, now=MONDAY)
    assert known.number == receipt.ticket_number


@pytest.mark.parametrize("digits", [None, "0000"])
def test_a_stranger_changes_nothing(receipt, carry_out, store, digits):
    for use_case in USE_CASES:
        with pytest.raises(TicketNotProven):
            carry_out(use_case, wished(receipt, conversation=ELSEWHERE, phone_last_four=digits))

    assert stored(store, receipt).ticket.status is TicketStatus.ACKNOWLEDGED


ALL_WISHES = (*USE_CASES, wishes.change_appointment)


def test_number_and_last_four_digits_let_nobody_change_a_ticket(receipt, carry_out, store):
    for use_case in ALL_WISHES:
        wish = wished(receipt, Appointment, conversation=ELSEWHERE, phone_last_four="1234")
        with pytest.raises(PhoneNotBound, match="尾号1234"):
            carry_out(use_case, wish)

    assert stored(store, receipt).ticket.status is TicketStatus.ACKNOWLEDGED


def test_to_have_filed_it_with_somebodys_phone_lets_nobody_change_a_ticket(file, carry_out, store):
    """It joins the customer's own open ticket, and is told its number."""
    theirs = file(a_report())
    strangers = file(a_report(matter_id="m2", conversation=ELSEWHERE))

    assert strangers.ticket_number == theirs.ticket_number
    with pytest.raises(PhoneNotBound):
        carry_out(wishes.withdraw, wished(strangers, conversation=ELSEWHERE))


def test_a_bound_phone_changes_its_own_tickets_everywhere_and_no_other(file, carry_out, store):
    own, other = file(a_report()), file(a_report(matter_id="m2", contact_phone="+8613907915678", address=None))
    bind(store, conversation=ELSEWHERE)

    carry_out(wishes.withdraw, wished(own, conversation=ELSEWHERE))
    assert stored(store, own).ticket.status is TicketStatus.CANCELLED
    with pytest.raises(TicketNotProven):
        carry_out(wishes.withdraw, wished(other, conversation=ELSEWHERE))
    with pytest.raises(PhoneNotBound, match="尾号5678"):
        carry_out(wishes.withdraw, wished(other, conversation=ELSEWHERE, phone_last_four="5678"))


def test_a_caller_changes_the_tickets_of_their_own_number(receipt, carry_out, store):
    with pytest.raises(TicketNotProven):
        carry_out(wishes.withdraw, wished(receipt, conversation="a-call", caller="+8613907915678"))
    carry_out(wishes.withdraw, wished(receipt, conversation="a-call", caller="+8613807911234"))

    assert stored(store, receipt).ticket.status is TicketStatus.CANCELLED


def test_the_unfinished_tickets_of_a_customers_phone_are_known_on_every_channel(file, carry_out, store):
    open_one, done = file(a_report()), file(a_report(matter_id="m2", subject="picture"))
    carry_out(wishes.withdraw, wished(done))
    bind(store, conversation="on-wechat")

    for where in ({"conversation": "on-wechat"}, {"conversation": "a-call", "caller": "+8613807911234"}):
        found = queries.of_conversation(**where, store=store, now=MONDAY)
        assert [view.number for view in found] == [open_one.ticket_number]


@pytest.mark.parametrize("subject", ["suspend", "resume", "transfer"])
def test_what_changes_a_service_is_ordered_by_who_has_shown_a_phone_to_be_theirs(file, store, subject):
    order = {"ticket_type": TicketType.ORDER, "subject": subject, "address": None, "conversation": ELSEWHERE}
    with pytest.raises(PhoneNotBound):
        file(a_report(**order))

    with pytest.raises(PhoneNotBound):  # who was received by an agent before is no surer for that
        file(a_report(**order, agent="1024"))
    assert file(a_report(**order, agent="1024", by_staff=True)).ticket_number
    assert file(a_report(**order, matter_id="m2", contact_phone="+8613907915678", caller="+8613907915678"))
    bind(store, conversation=ELSEWHERE)
    assert file(a_report(**order, matter_id="m3", contact_phone="+8613907910000")).ticket_number


@pytest.mark.parametrize("subject", ["install", "relocate"])
def test_a_new_line_and_a_fault_need_no_code(file, subject):
    assert file(a_report(ticket_type=TicketType.ORDER, subject=subject, conversation=ELSEWHERE)).ticket_number
    assert file(a_report(matter_id="m2", conversation=ELSEWHERE)).ticket_number
