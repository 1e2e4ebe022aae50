"""立案: which reports of a customer are one matter, by kind, place and words, and which are two."""

import pytest

from backend.domain.vocabulary import TicketType
from tests.integration.backend.support import a_report


@pytest.mark.parametrize(
    "difference",
    [
        {"contact_phone": "+8613907910000"},
        {"subject": "picture"},
        {"ticket_type": TicketType.COMPLAINT},
        {"address": "南昌市东湖区八一大道1号"},
        {"address": "南昌市红谷滩区世贸路2号"},  # the landlord's second flat
        {"address": None},
    ],
)
def test_what_differs_in_customer_kind_or_place_is_another_matter(file, difference):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", **difference))

    assert second.ticket_number != first.ticket_number
    assert not second.already_open


@pytest.mark.parametrize("address", ["世贸路1号", "江西省南昌市 红谷滩区，世贸路１号", "红谷滩世贸路1号"])
def test_the_same_place_written_otherwise_is_the_same_matter(file, address):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", address=address))

    assert second.ticket_number == first.ticket_number


@pytest.mark.parametrize(
    ("known", "same"),
    [({"area": "honggutan"}, True), ({"area": "donghu"}, False), ({}, False)],
)
def test_where_one_has_no_address_the_area_tells_the_place(file, known, same):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", address=None, **known))

    assert (second.ticket_number == first.ticket_number) == same


def test_an_address_that_only_one_has_in_no_known_area_is_another_matter(file):
    first = file(a_report(address="赣州市章贡区红旗大道1号"))

    second = file(a_report(matter_id="another-matter", address=None))

    assert second.ticket_number != first.ticket_number


def test_matters_without_any_place_are_the_same(file):
    first = file(a_report(address=None))

    assert file(a_report(matter_id="another-matter", address=None)).ticket_number == first.ticket_number


def test_the_same_street_in_another_area_is_another_matter(file):
    first = file(a_report(address="世贸路1号", area="honggutan"))

    second = file(a_report(matter_id="another-matter", address="世贸路1号", area="donghu"))

    assert second.ticket_number != first.ticket_number


def test_another_question_of_the_same_customer_is_another_matter(file):
    asking = {"ticket_type": TicketType.QUESTION, "subject": "answer", "service": None, "address": None}
    first = file(a_report(**asking, description="集团用户怎么收费？"))
    same = file(a_report(**asking, description="集团用户怎么收费？", matter_id="asked-again"))
    other = file(a_report(**asking, description="酒店能装吗？", matter_id="asked-else"))

    assert same.ticket_number == first.ticket_number
    assert other.ticket_number != first.ticket_number


@pytest.mark.parametrize(
    ("told", "said", "same"),
    [
        ("转人工", "我要找人工", True),
        ("我要撤掉上周报的那个移机的单子", "我要撤掉上周报的那个移机的单子。", True),
        ("转人工", "我要撤掉上周报的那个移机的单子", False),
    ],
)
def test_who_asks_for_a_person_again_waits_for_the_same_call_and_another_matter_is_another_call(file, told, said, same):
    asking = {"ticket_type": TicketType.QUESTION, "subject": "callback", "service": None, "address": None}
    first = file(a_report(**asking, description=told))

    second = file(a_report(**asking, description=said, matter_id="asked-again"))

    assert (second.ticket_number == first.ticket_number) == same
