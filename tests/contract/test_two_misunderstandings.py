"""Two misunderstandings in a row are owned up to, with ways on and a person, wherever they happen."""

from __future__ import annotations

import pytest

from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Said, Talk, parts
from tests.contract.taught import responses

# Who talks past the check twice is not held up by it; what a call is about may be said in any words.
GOES_ON = {"fault_form fault_self_check", "question_form question_text"}


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question not in GOES_ON])
async def test_at_every_question(asked, question):
    talk = await asked(question)
    slot = talk.asked

    await talk.say(SAID["out_of_scope"])
    assert talk.replies[0] == "utter_answer_unclear"
    assert len(talk.replies) == 2

    await talk.say(SAID["out_of_scope"])
    assert talk.replies == ["utter_form_not_understood_again"]
    assert talk.asked == slot


async def test_between_forms(tmp_path):
    backend = Backend()
    talk = Talk.begin(parts(tmp_path, backend), backend)

    for said in ("nlu_fallback", "nlu_fallback"):
        await talk.say(SAID[said])

    assert talk.replies == ["utter_not_understood_again"]


@pytest.mark.parametrize("text", ["你们存我的信息干嘛", "我的电话号码会不会泄露出去", "隐私怎么保护的"])
async def test_what_becomes_of_their_data_is_told_to_who_asks(tmp_path, text):
    backend = Backend()
    talk = Talk.begin(parts(tmp_path, backend), backend)

    await talk.say(Said(text=text, intent="nlu_fallback"))

    assert talk.replies == ["utter_personal_data"]


@pytest.mark.parametrize("name", ["utter_form_not_understood_again", "utter_not_understood_again"])
def test_a_person_is_offered_on_every_channel(name):
    assert all("转人工" in variation["text"] for variation in responses()[name])
