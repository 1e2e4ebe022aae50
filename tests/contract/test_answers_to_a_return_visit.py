"""回访: we asked of our own accord whether it works now; what is said next is the answer to that."""

from __future__ import annotations

import pytest

from tests.contract.answered import NUMBER, SETTLED
from tests.contract.backend import Backend
from tests.contract.sayings import SAID
from tests.contract.talk import Said, Talk, parts


@pytest.fixture
def talk(tmp_path):
    backend = Backend(known=[NUMBER, SETTLED])
    called = Talk.begin(parts(tmp_path, backend), backend)
    called.visit = SETTLED
    return called


async def test_a_bare_yes_means_that_it_works_and_the_visit_goes_on(talk):
    await talk.say(SAID["affirm"])
    assert (talk.asked, talk.slots["meant_ticket"]["number"]) == ("visit_conduct", SETTLED)

    await talk.say(SAID["affirm"])
    (answer,) = talk.backend.wished
    assert (answer["ticket_number"], answer["solved"]) == (SETTLED, True)
    assert "utter_visit_closed" in talk.replies


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
