"""Which complaints are one: an open one is urged with the new story on record, a different one has its own ticket."""

import pytest

from backend import queries
from backend.client import Receipt
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import ComplaintKind, TicketType
from backend.messages.reports import Proof
from backend.ports import Event
from tests.integration.backend.support import FRIDAY_EVENING, a_report

A_COMPLAINT = {"ticket_type": TicketType.COMPLAINT, "subject": ComplaintKind.OTHER, "service": None, "address": None}
WALL = "投诉其他问题：你们施工把墙挖了个洞不管"


@pytest.fixture
def complain(file):  # type: ignore[no-untyped-def]
    def complain(description: str, **said: object) -> Receipt:
        return file(a_report(**(A_COMPLAINT | {"description": description, "matter_id": description} | said)))

    return complain


@pytest.fixture
def urged(store):  # type: ignore[no-untyped-def]
    def urged(receipt: Receipt) -> list[object]:
        _, history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)
        return [entry.detail.get("description") for entry in history if entry.event is Event.URGED]

    return urged


def test_the_same_story_again_urges_the_open_ticket_and_nothing_of_it_is_lost(complain, urged):
    first = complain(WALL)

    again = complain(f"{WALL}，灰还落了一地")

    assert again.ticket_number == first.ticket_number
    assert again.already_open
    assert urged(first) == [f"{WALL}，灰还落了一地"]


@pytest.mark.parametrize("story", ["投诉其他问题：热线打了一上午没人接", "投诉其他问题：墙上挖的洞到现在还没人来补"])
def test_another_story_or_one_that_may_be_another_has_a_ticket_of_its_own(complain, story):
    first = complain(WALL)

    second = complain(story)

    assert second.ticket_number != first.ticket_number
    assert not second.already_open


def test_of_the_same_story_another_kind_or_customer_is_another_matter(complain):
    first = complain(WALL)

    numbers = {
        complain(WALL, matter_id="kind", subject=ComplaintKind.ATTITUDE).ticket_number,
        complain(WALL, matter_id="phone", contact_phone="+8613907910000").ticket_number,
    }

    assert len(numbers) == 2
    assert first.ticket_number not in numbers


def test_the_place_makes_no_complaint_another_one(complain):
    first = complain(WALL)

    again = complain(WALL, matter_id="told-again", address="南昌市东湖区八一大道1号")

    assert again.ticket_number == first.ticket_number


def test_what_the_customer_calls_the_same_matter_is_the_same(complain, urged):
    first = complain(WALL)

    again = complain("投诉其他问题：还没人来", joins=first.ticket_number, contact_phone="+8613907910000")

    assert again.ticket_number == first.ticket_number
    assert urged(first) == ["投诉其他问题：还没人来"]


@pytest.mark.parametrize("number", ["26112000019", "no-number"])
def test_a_number_that_is_none_joins_nothing(complain, number):
    assert not complain(WALL, joins=number).already_open


def test_no_conversation_joins_or_urges_a_ticket_that_it_may_not_know_of(complain, file, urged):
    complaint, fault = complain(WALL), file(a_report())

    stranger = complain(
        "投诉其他问题：没人来",
        conversation="a-stranger",
        contact_phone="+8613907910000",
        joins=complaint.ticket_number,
        about=fault.ticket_number,
    )

    assert stranger.ticket_number != complaint.ticket_number
    assert urged(complaint) == urged(fault) == []


def test_no_complaint_joins_a_ticket_of_another_type(complain, file):
    fault = file(a_report())

    assert not complain(WALL, joins=fault.ticket_number).already_open


def test_a_complaint_about_an_open_repair_urges_it_and_has_the_same_owner(complain, file, urged):
    """R2.1, R2.12: the first owner answers for both, and nobody has to press twice."""
    file(a_report(contact_phone="+8613907910000", matter_id="other-customer", address="南昌市东湖区八一大道1号"))
    fault = file(a_report(address="南昌市东湖区八一大道2号"))

    complaint = complain("投诉反复故障：又坏了", subject=ComplaintKind.REPEAT_FAULT, about=fault.ticket_number)

    assert complaint.owner.job_number == fault.owner.job_number
    assert urged(fault) == [f"客户投诉，单号 {complaint.ticket_number}"]


def test_a_conversation_is_shown_its_own_tickets_the_latest_first(complain, file, store):
    fault, complaint = file(a_report()), complain(WALL)
    file(a_report(matter_id="another", contact_phone="+8613907910000", conversation="another"))

    def shown(conversation: str) -> list[tuple[str, str]]:
        views = queries.of_conversation(conversation=conversation, store=store, now=FRIDAY_EVENING)
        return [(view.number, view.description) for view in views]

    assert shown("conversation-of-zhang") == [
        (complaint.ticket_number, WALL),
        (fault.ticket_number, "电视没信号"),
    ]
    assert shown("a-stranger") == []
    proof = Proof(ticket_number=fault.ticket_number, phone_last_four="1234", conversation="a-stranger")
    queries.progress(proof=proof, store=store, now=FRIDAY_EVENING)
    assert shown("a-stranger") == [(fault.ticket_number, "电视没信号")]
