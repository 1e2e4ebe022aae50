"""What a customer wants done with a ticket: carried out with the words and the message, or taken on by a person."""

from __future__ import annotations

import pytest

from tests.contract.answered import NUMBER, OF_AN_ORDER, SETTLED
from tests.contract.backend import Backend
from tests.contract.sayings import SAID
from tests.contract.talk import Said, Talk, parts

NO = SAID["deny"]
LATER = Said(text="后天下午三点", intent="inform_time", entities=(("time", "后天下午三点"),))
PHONE = Said(text="13807911234", intent="inform_phone", entities=(("phone", "+8613807911234"),))


@pytest.fixture
def talk(tmp_path):
    backend = Backend()
    return Talk.begin(parts(tmp_path, backend), backend)


async def said(talk, *words):
    for word in words:
        await talk.say(SAID[word] if isinstance(word, str) else word)


async def test_what_is_known_here_is_not_asked_for(talk):
    talk.backend.known = [NUMBER]
    await said(talk, "cancel_ticket", "affirm")

    (wish,) = talk.backend.wished
    assert (wish["ticket_number"], wish["phone_last_four"]) == (NUMBER, None)
    assert wish["text"] == SAID["cancel_ticket"].text
    assert talk.replies[0] == "utter_ticket_withdrawn"


async def test_the_same_message_carries_the_same_request(talk):
    talk.backend.known = [NUMBER]
    for _ in range(2):
        await said(talk, "cancel_ticket", "affirm")

    first, again = talk.backend.wished
    assert first["request_id"] == again["request_id"]


async def test_several_are_offered_and_the_one_that_the_wish_is_about_comes_first(talk):
    talk.backend.known = [NUMBER, OF_AN_ORDER, SETTLED]
    await said(talk, "change_appointment")
    assert talk.replies == ["utter_which_ticket"]

    await said(talk, "cancel", "supply_materials")
    assert (talk.asked, talk.slots["meant_ticket"]["number"]) == ("materials_in_hand", OF_AN_ORDER)

    await said(talk, "cancel", "return_visit_unsatisfied")
    assert talk.backend.wished[-1]["ticket_number"] == SETTLED


async def test_a_mistyped_number_is_never_taken_for_the_ticket_that_is_known(talk):
    talk.backend.known = [NUMBER]
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    await said(talk, Said(text=f"工单{wrong}撤了", intent="cancel_ticket", entities=(("ticket_number", wrong),)))

    assert talk.replies == ["utter_ticket_number_wrong", "utter_ticket_number_wanted"]


async def test_none_of_those_offered_leads_to_the_number(talk):
    talk.backend.known = [NUMBER, OF_AN_ORDER]
    await said(talk, "change_appointment", "deny")

    assert talk.replies == ["utter_ticket_number_wanted"]


@pytest.mark.parametrize("wish", ["change_appointment", "cancel_ticket", "supply_materials"])
async def test_with_the_backend_away_a_person_takes_it_on_and_nothing_is_lost(talk, wish):
    talk.backend.away = True
    await said(talk, wish)
    assert talk.replies[0] == "utter_ticket_system_away"

    await said(talk, PHONE, "affirm")

    assert talk.replies[0] == "utter_report_kept"


async def test_a_wish_that_cannot_be_carried_out_now_is_kept_with_ticket_and_time(talk):
    talk.backend.known = [NUMBER]
    await said(talk, "change_appointment")
    talk.backend.away = True
    await said(talk, LATER)
    assert (talk.replies[0], talk.form) == ("utter_ticket_system_away", "question_form")
    talk.backend.away = False

    await said(talk, PHONE, "affirm")

    (call,) = talk.backend.filed
    assert f"（工单 {NUMBER}，希望时间 后天下午三点）" in call["description"]


async def test_good_news_with_the_backend_away_is_good_news(talk):
    talk.backend.away = True
    await said(talk, "return_visit_satisfied")

    assert talk.replies == ["utter_glad"]


async def test_a_complaint_not_settled_is_complained_of_again_where_nothing_is_on_record(talk):
    await said(talk, Said(text="投诉的事还是没解决", intent="return_visit_unsatisfied"))

    assert talk.form == "complaint_form"


async def test_a_question_that_has_to_be_looked_up_is_answered_in_the_middle_of_a_wish(talk):
    talk.backend.known = [NUMBER]
    await said(talk, "change_appointment")

    await said(talk, Said(text="湾里区今天是不是停信号了", intent="ask_outage", entities=(("address", "湾里区"),)))

    assert talk.replies[0] == "utter_known_outage"
    assert talk.replies[-1].startswith("utter_appointment")


@pytest.mark.parametrize(
    ("word", "first"),
    [
        (PHONE, "utter_change_needs_person"),
        (Said(text="12345是哪里", intent="inform_phone"), "utter_callback_offered"),
    ],
)
async def test_after_filing_only_a_detail_is_a_change_to_what_was_filed(talk, word, first):
    await said(talk, "report_fault_no_signal", "skip_self_check", "inform_address", PHONE, "affirm", word)

    assert talk.form == "question_form"
    assert talk.replies[0] == first


async def test_a_threat_after_filing_presses_the_ticket_whatever_its_number_sounds_like(talk):
    threat = Said(text="不行我就打12345了", intent="inform_phone")
    await said(talk, "report_fault_no_signal", "skip_self_check", "inform_address", PHONE, "affirm", threat)

    assert talk.replies[:2] == ["utter_urge_heard", "utter_ticket_urged"]
    assert talk.form is None
