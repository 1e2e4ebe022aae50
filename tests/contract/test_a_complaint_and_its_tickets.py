"""A complaint knows the tickets of its conversation, and a major one offers a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.filing import number_follows
from backend.client import Receipt
from backend.messages.reports import RECEIPT as RECEIPTS
from tests.contract.answered import NUMBER, RECEIPT
from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Said, Talk, parts

MAJOR = {**RECEIPT, "grade": "major", "reported_to": "1001"}


@pytest.fixture
def talk_with(tmp_path) -> Callable[[Backend], Talk]:
    return lambda backend: Talk.begin(parts(tmp_path, backend), backend)


async def led_to(talk: Talk, question: str) -> Talk:
    for said in QUESTIONS[question]:
        await talk.say(said)
    return talk


async def test_who_has_a_major_complaint_hears_it_and_is_asked_nothing_else_but_whether_to_talk_to_a_person(talk_with):
    talk = await led_to(talk_with(Backend(receipt=MAJOR)), "complaint_form complaint_confirmed")

    await talk.say(SAID["affirm"])

    assert talk.replies == ["utter_complaint_accepted", "utter_complaint_major", "utter_complaint_major_ways_on"]
    assert "1001" in talk.shown[1]


@pytest.mark.parametrize(
    ("said", "replies"),
    [
        (Said(text="等回电", intent="deny"), ["utter_complaint_call_comes"]),
        (Said(text="好，等回电", intent="affirm"), ["utter_complaint_call_comes"]),
        (SAID["affirm"], ["utter_callback_offered", "utter_call_read_back"]),
        (SAID["request_human"], ["utter_callback_offered", "utter_call_read_back"]),
        (SAID["thanks"], ["utter_welcome_and_more"]),
    ],
)
async def test_the_offer_of_a_person_takes_either_answer(talk_with, said, replies):
    talk = await led_to(talk_with(Backend(receipt=MAJOR)), "complaint_form complaint_confirmed")
    await talk.say(SAID["affirm"])

    await talk.say(said)

    assert talk.replies == replies


async def test_where_another_matter_waits_nothing_is_asked_before_it(talk_with):
    talk = await led_to(talk_with(Backend(receipt=MAJOR)), "complaint_form complaint_confirmed")
    await talk.say(SAID["report_fault_broadband_down"])

    await talk.say(SAID["affirm"])

    assert "utter_complaint_major_ways_on" not in talk.replies
    assert talk.form == "fault_form"


async def test_without_the_backend_a_complaint_goes_on(talk_with):
    talk = await led_to(talk_with(Backend(away=True)), "complaint_form complaint_confirmed")

    await talk.say(SAID["affirm"])

    assert talk.replies[0] == "utter_report_kept"


async def test_who_gets_the_number_later_hears_of_the_leader_too():
    receipt: Receipt = RECEIPTS.validate_python(MAJOR)

    assert "已报给负责人（工号 1001）" in number_follows(receipt)


async def test_an_order_that_is_late_is_named_as_well_as_a_repair(talk_with):
    talk = talk_with(Backend())
    await led_to(talk, "order_form order_confirmed")
    await talk.say(SAID["affirm"])

    await talk.say(SAID["complain_overdue"])

    assert "utter_complaint_about" in talk.replies
    assert NUMBER in talk.shown[talk.replies.index("utter_complaint_about")].replace(" ", "")


async def test_a_repair_of_another_service_is_not_taken_for_it(talk_with):
    talk = talk_with(Backend())
    await led_to(talk, "fault_form fault_confirmed")
    await talk.say(SAID["affirm"])

    await talk.say(
        Said(text="宽带修了几次都不行", intent="complain_repeat_fault", entities=(("service", "broadband"),))
    )

    assert "utter_complaint_about" not in talk.replies


async def test_what_was_told_before_a_danger_is_not_asked_again(talk_with):
    talk = await led_to(talk_with(Backend()), "complaint_form complaint_confirmed")
    before = {slot: talk.slots[slot] for slot in ("complaint_kind", "complaint_story", "complaint_remedy")}

    await talk.say(SAID["report_danger"])
    for said in QUESTIONS["fault_form fault_confirmed"][-2:-1]:
        await talk.say(said)
    await talk.say(SAID["affirm"])

    assert talk.replies[-1] == "utter_complaint_read_back"
    assert {slot: talk.slots[slot] for slot in before} == before


async def test_a_danger_told_as_a_complaint_is_answered_with_what_to_do_first(talk_with):
    talk = talk_with(Backend())

    await talk.say(Said(text="师傅接的线漏电，差点电到我孩子", intent="complain_other"))

    assert talk.replies[:2] == ["utter_danger", "utter_complaint_heard_other"]
