"""转人工: with somebody at the desk a person goes on at once, and what is in hand waits; else a person calls back."""

from __future__ import annotations

import pytest

from tests.contract.answered import RECEIPT
from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Said, Talk, parts

HERE, NOBODY = {"here": True}, {"here": False}
IN_VAIN = {"here": False, "waited": True}
PHONE = "+8613807911234"
CALL_ME = Said(text="请人工给我回电话", intent="request_human")
MAJOR = {**RECEIPT, "grade": "major", "reported_to": "1001"}


@pytest.fixture
def backend():
    return Backend()


@pytest.fixture
def talk(tmp_path, backend):
    talk = Talk.begin(parts(tmp_path, backend), backend)
    talk.agents = HERE
    return talk


@pytest.mark.parametrize("question", QUESTIONS)
async def test_at_every_question_a_person_goes_on_and_the_question_waits(asked, question):
    talk = await asked(question)
    talk.agents, slot, form = HERE, talk.asked, talk.form
    await talk.say(SAID["request_human"])

    assert (talk.replies, talk.handoff) == (["utter_handed_over"], "request_human")
    assert (talk.form, talk.asked) == (form, slot)
    assert talk.backend.filed == []


async def test_who_is_tired_of_the_questions_keeps_the_matter(asked):
    talk = await asked("fault_form fault_self_check")
    talk.agents = HERE
    await talk.say(Said(text="别查了，给我转个真人说话", intent="request_human"))

    assert (talk.replies, talk.asked) == (["utter_handed_over"], "fault_self_check")


async def test_between_forms_a_person_goes_on_and_nothing_is_registered(talk):
    await talk.say(SAID["request_human"])

    assert (talk.replies, talk.handoff) == (["utter_handed_over"], "request_human")
    assert talk.form is None
    await talk.say(SAID["greet"])
    assert talk.replies == ["utter_greet"]


async def test_with_nobody_at_the_desk_a_person_calls_back(talk):
    talk.agents = NOBODY
    await talk.say(SAID["request_human"])

    assert (talk.replies[0], talk.handoff) == ("utter_callback_offered", None)
    assert talk.form == "question_form"


async def test_who_wants_a_leader_is_called_by_one(talk):
    await talk.say(Said(text="让你们领导给我打电话", intent="request_human"))

    assert (talk.form, talk.handoff) == ("question_form", None)


async def test_two_misunderstandings_bring_a_person(talk):
    for _ in range(2):
        await talk.say(SAID["nlu_fallback"])

    assert (talk.replies, talk.handoff) == (["utter_handed_over_not_understood"], "misunderstood")


async def test_two_misunderstandings_at_a_question_bring_a_person_too(asked):
    talk = await asked("fault_form contact_phone")
    talk.agents = HERE
    for _ in range(2):
        await talk.say(SAID["out_of_scope"])

    assert (talk.replies, talk.handoff) == (["utter_handed_over_not_understood"], "misunderstood")
    assert talk.asked == "contact_phone"


async def test_a_major_complaint_is_filed_and_brings_a_person(talk, backend):
    backend.receipt = MAJOR
    for said in QUESTIONS["complaint_form complaint_confirmed"]:
        await talk.say(said)
    await talk.say(SAID["affirm"])

    assert talk.replies[-1] == "utter_handed_over_major"
    assert talk.handoff == "major_complaint"
    assert len(backend.filed) == 1


async def test_what_was_told_to_a_person_is_not_asked_again(asked):
    talk = await asked("fault_form contact_phone")
    talk.told_a_person("我电话是13807911234", ("phone", PHONE))
    await talk.say(SAID["greet"])

    assert talk.slots["contact_phone"] == PHONE
    assert talk.asked != "contact_phone"


async def test_who_waited_in_vain_and_is_known_is_asked_nothing(talk, backend):
    talk.agents, talk.phone = IN_VAIN, PHONE
    await talk.say(CALL_ME)

    assert talk.replies[:2] == ["utter_callback_offered", "utter_callback_number"]
    assert "utter_call_accepted" in talk.replies
    assert [(report["subject"], report["contact_phone"]) for report in backend.filed] == [("callback", PHONE)]


async def test_who_received_the_customer_first_answers_for_what_is_filed(talk, backend):
    """R2.1: also where the assistant files it after the agent gave the conversation back."""
    talk.agents, talk.phone = IN_VAIN | {"owner": "1031"}, PHONE
    await talk.say(CALL_ME)

    assert [report["agent"] for report in backend.filed] == ["1031"]


async def test_who_waited_in_vain_and_is_not_known_is_asked_for_the_phone(talk, backend):
    talk.agents = IN_VAIN
    await talk.say(CALL_ME)

    assert talk.asked == "contact_phone"
    assert backend.filed == []
