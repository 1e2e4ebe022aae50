"""回访: we asked of our own accord whether it works now; what is said next is the answer to that."""

from __future__ import annotations

import pytest

from tests.contract.answered import NUMBER, SETTLED
from tests.contract.backend import Backend
from tests.contract.sayings import FIVE, SAID
from tests.contract.talk import Said, Talk, parts


@pytest.fixture
def talk(tmp_path):
    backend = Backend(known=[NUMBER, SETTLED])
    called = Talk.begin(parts(tmp_path, backend), backend)
    called.visit = SETTLED
    return called


async def test_a_bare_yes_means_that_it_works_which_is_kept_at_once_and_the_visit_goes_on(talk):
    await talk.say(SAID["affirm"])

    assert (talk.asked, talk.slots["meant_ticket"]["number"]) == ("visit_satisfaction", SETTLED)
    (kept,) = talk.backend.wished
    assert (kept["ticket_number"], kept["solved"], kept["goes_on"]) == (SETTLED, True, True)


@pytest.mark.channel("web", feature="回访")
@pytest.mark.channel("wechat", feature="回访")
@pytest.mark.parametrize("channel", ["webchat", "wechat"])
async def test_the_mark_and_what_is_said_of_the_staff_come_with_the_answer(talk, channel):
    talk.channel = channel
    for said in (SAID["affirm"], FIVE, Said(text="没出示工作证，别的都做到了", intent="nlu_fallback")):
        await talk.say(said)

    _, answer = talk.backend.wished
    assert (answer["ticket_number"], answer["solved"], answer["goes_on"]) == (SETTLED, True, False)
    assert (answer["satisfaction"], answer["remark"]) == (5, "没出示工作证，别的都做到了")
    assert answer["conduct"] == {"on_time": True, "showed_id": False, "left_clean": True}
    assert talk.replies == ["utter_visit_closed", "utter_visit_conduct_noted"]


async def test_so_so_is_a_mark_though_it_sounds_like_no(talk):
    for said in (SAID["affirm"], Said(text="一般般吧", intent="return_visit_unsatisfied")):
        await talk.say(said)

    assert (talk.asked, talk.slots["visit_satisfaction"]) == ("visit_conduct", 3)


async def test_what_answers_our_question_is_no_complaint_however_it_sounds(talk):
    for said in (SAID["affirm"], FIVE, Said(text="没出示工作证", intent="complain_attitude")):
        await talk.say(said)

    assert talk.backend.wished[-1]["conduct"] == {"showed_id": False}
    assert talk.form is None


async def test_who_is_not_satisfied_is_told_who_will_call(talk):
    for said in (SAID["affirm"], Said(text="2", intent="nlu_fallback"), SAID["affirm"]):
        await talk.say(said)

    assert talk.backend.wished[-1]["satisfaction"] == 2
    assert talk.replies == ["utter_visit_not_content"]


@pytest.mark.parametrize("word", ["dont_know", "deny"])
async def test_who_gives_no_mark_is_asked_the_rest(talk, word):
    await talk.say(SAID["affirm"])
    await talk.say(SAID[word])

    assert talk.asked == "visit_conduct"
    await talk.say(SAID["affirm"])
    assert talk.backend.wished[-1]["satisfaction"] is None


@pytest.mark.parametrize("word", ["goodbye", "cancel"])
async def test_who_has_no_time_is_let_go(talk, word):
    await talk.say(SAID["affirm"])
    await talk.say(SAID[word])

    assert (talk.replies, talk.form) == (["utter_visit_closed"], None)


async def test_what_is_said_in_one_sentence_is_not_asked_again(talk):
    await talk.say(Said(text="好了，非常满意", intent="return_visit_satisfied"))

    assert talk.asked == "visit_conduct"
    await talk.say(SAID["affirm"])
    answer = talk.backend.wished[-1]
    assert (answer["satisfaction"], answer["remark"], answer["text"]) == (5, None, "好了，非常满意")


async def test_a_word_that_is_no_mark_is_asked_about_once_more_and_no_oftener(talk):
    await talk.say(SAID["affirm"])
    await talk.say(SAID["nlu_fallback"])
    assert talk.replies[-1] == "utter_visit_satisfaction_wanted_again"

    await talk.say(SAID["nlu_fallback"])
    assert talk.asked == "visit_conduct"


@pytest.mark.parametrize("word", ["deny", "report_fault_picture", "complain_repeat_fault", "return_visit_unsatisfied"])
async def test_a_bare_no_and_a_fault_told_anew_reopen_the_same_ticket_and_nothing_is_filed(talk, word):
    await talk.say(SAID[word])

    (answer,) = talk.backend.wished
    assert (answer["ticket_number"], answer["solved"], answer["text"]) == (SETTLED, False, SAID[word].text)
    assert (talk.backend.filed, talk.asked) == ([], None)


async def test_what_was_not_understood_is_an_answer_where_its_words_say_no(talk):
    await talk.say(Said(text="晚上又花了", intent="nlu_fallback"))

    (answer,) = talk.backend.wished
    assert (answer["solved"], answer["text"]) == (False, "晚上又花了")


async def test_a_question_first_is_answered_as_ever_and_is_no_answer(talk):
    await talk.say(SAID["ask_are_you_bot"])

    assert talk.backend.wished == []
    assert talk.replies


async def test_without_our_question_a_bare_no_reopens_nothing(talk):
    talk.visit = None
    await talk.say(SAID["deny"])

    assert talk.backend.wished == []
