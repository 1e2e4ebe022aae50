"""照片: whenever one comes, it is taken, the talk goes on, and it goes with what is registered next."""

from __future__ import annotations

import pytest

from actions.form import Form
from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Said, Talk, parts


def a_photo(name="photo-1"):
    return Said(text="[照片]", intent="send_photo", photo=name)


@pytest.fixture
def talk(tmp_path):
    backend = Backend()
    return Talk.begin(parts(tmp_path, backend), backend)


async def reach(talk, question):
    for said in QUESTIONS[question]:
        await talk.say(said)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_at_every_question_a_photo_is_taken_and_the_question_stays(talk, question):
    await reach(talk, question)
    asked, stalls = talk.asked, talk.slots["form_stalls"]
    files = {form.form for form in Form.__subclasses__() if form.files}
    await talk.say(a_photo())

    taken, *questions = talk.replies
    assert taken == ("utter_photo_goes_with_it" if talk.form in files else "utter_photo_kept")
    assert questions
    assert (talk.asked, talk.slots["form_stalls"]) == (asked, stalls)
    assert talk.slots["matter_photos"] == ["photo-1"]


async def test_photos_go_with_the_report_and_not_with_the_next_one(talk):
    await talk.say(a_photo("before"))
    assert talk.replies == ["utter_photo_of_what"]
    assert talk.buttons
    await reach(talk, "fault_form fault_confirmed")
    await talk.say(a_photo("in the middle"))
    await talk.say(a_photo("in the middle"))
    await talk.say(SAID["affirm"])

    [filed] = talk.backend.filed
    assert filed["attachments"] == ["before", "in the middle"]
    assert talk.slots["matter_photos"] is None


async def test_a_report_that_is_left_takes_its_photos_along(talk):
    await reach(talk, "fault_form contact_phone")
    await talk.say(a_photo())
    await talk.say(SAID["cancel"])

    assert talk.slots["matter_photos"] is None


async def test_who_asks_for_a_person_in_the_middle_need_not_send_the_photo_again(talk):
    await reach(talk, "fault_form fault_confirmed")
    await talk.say(a_photo())
    await talk.say(SAID["request_human"])
    await talk.say(SAID["affirm"])

    [filed] = talk.backend.filed
    assert (filed["ticket_type"], filed["attachments"]) == ("question", ["photo-1"])
