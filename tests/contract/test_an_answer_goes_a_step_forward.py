"""At each question the fitting answer goes a step forward, and what was said beside it comes afterwards."""

from __future__ import annotations

import pytest

from tests.contract.answered import NUMBER
from tests.contract.sayings import SAID
from tests.contract.talk import Said
from tests.factories import rows


@pytest.mark.parametrize(
    "row",
    rows("""
        question                            | intent                 | then asked
        fault_form fault_kind               | report_fault_picture   | fault_confirmed
        fault_form fault_service            | report_fault_stb       | contact_address
        fault_form fault_self_check         | skip_self_check        | contact_address
        fault_form fault_self_check         | report_fault_area      | contact_address
        fault_form fault_self_check         | return_visit_satisfied |
        fault_form account_number           | skip_self_check        | fault_self_check
        fault_form account_number           | dont_know              | fault_self_check
        fault_form account_last_four        | dont_know              | fault_self_check
        fault_form account_last_four        | inform_phone           | account_number
        fault_form fault_known              | skip_self_check        | contact_phone
        fault_form fault_known              | affirm                 | contact_phone
        fault_form fault_known              | deny                   |
        fault_form contact_address          | inform_address         | contact_phone
        fault_form contact_address door     | inform_address         | contact_phone
        fault_form contact_address door     | dont_know              | contact_phone
        fault_form contact_address house    | inform_address         | contact_phone
        fault_form contact_address house    | deny                   | contact_phone
        fault_form contact_address district | deny                   | contact_phone
        fault_form contact_phone            | inform_phone           | fault_confirmed
        fault_form contact_phone rest       | inform_phone           | fault_confirmed
        fault_form fault_wrong_part         | inform_phone           | fault_confirmed
        fault_form fault_wrong_part         | inform_address         | fault_confirmed
        fault_form fault_wrong_part         | report_fault_stb       | fault_confirmed
        fault_form fault_confirmed          | deny                   | fault_wrong_part
        fault_form fault_confirmed          | affirm                 |
        complaint_form complaint_story      | complain_attitude      | complaint_remedy
        complaint_form complaint_story      | report_fault_no_signal | complaint_remedy
        complaint_form complaint_story      | dont_know              | complaint_remedy
        complaint_form complaint_joins      | affirm                 | complaint_confirmed
        complaint_form complaint_joins      | deny                   | complaint_remedy
        complaint_form complaint_joins      | complain_attitude      | complaint_remedy
        complaint_form complaint_remedy     | dont_know              | contact_phone
        complaint_form complaint_remedy     | ticket_urge            | contact_phone
        complaint_form contact_phone        | inform_phone           | complaint_confirmed
        complaint_form contact_phone rest   | inform_phone           | complaint_confirmed
        complaint_form complaint_wrong_part | inform_phone           | complaint_confirmed
        complaint_form complaint_wrong_part | complain_fee           | complaint_confirmed
        complaint_form complaint_confirmed  | deny                   | complaint_wrong_part
        complaint_form complaint_confirmed  | complain_fee           | complaint_confirmed
        complaint_form complaint_confirmed  | affirm                 |
        order_form contact_address          | inform_address         | contact_phone
        order_form contact_address new      | inform_address         | contact_phone
        order_form contact_address door     | dont_know              | contact_phone
        order_form contact_phone            | inform_phone           | order_confirmed
        order_form contact_phone rest       | inform_phone           | order_confirmed
        order_form order_wrong_part         | inform_address         | order_confirmed
        order_form order_wrong_part         | inform_phone           | order_confirmed
        order_form order_confirmed          | deny                   | order_wrong_part
        order_form order_confirmed          | inform_time            | order_confirmed
        order_form order_confirmed          | affirm                 |
        question_form contact_phone         | inform_phone           | question_confirmed
        question_form question_confirmed    | deny                   | contact_phone
        question_form question_confirmed    | affirm                 |
        account_form account_last_four      | inform_phone           | account_number
        progress_form progress_ticket_number | inform_ticket_number  | progress_last_four
        progress_form progress_last_four    | inform_phone           |
    """),
    ids=lambda row: f"{row['question']} {row['intent']}",
)
async def test_an_answer_goes_a_step_forward(asked, row):
    talk = await asked(row["question"])

    await talk.say(SAID[row["intent"]])

    assert talk.asked == (row["then asked"] or None)


async def test_what_was_confirmed_is_filed_and_told(asked):
    talk = await asked("fault_form fault_confirmed")

    await talk.say(SAID["affirm"])

    assert talk.replies == ["utter_fault_accepted", "utter_anything_else"]
    assert len(talk.backend.filed) == 1


async def test_what_cannot_be_answered_in_a_form_is_answered_by_a_person_afterwards(asked):
    talk = await asked("fault_form fault_confirmed")
    for intent in ("ask_process_pay", "request_answer", "affirm", "affirm"):
        await talk.say(SAID[intent])

    fault, question = talk.backend.filed

    assert (fault["ticket_type"], question["subject"]) == ("fault", "answer")
    assert question["description"] == SAID["ask_process_pay"].text


async def test_a_second_complaint_in_the_same_breath_is_not_lost(asked):
    talk = await asked("complaint_form complaint_confirmed")
    for intent in ("complain_fee", "ask_process_pay", "affirm"):
        await talk.say(SAID[intent])

    (call,) = talk.backend.filed

    assert SAID["complain_attitude"].text in call["description"]
    assert SAID["complain_fee"].text in call["description"]
    assert SAID["ask_process_pay"].text not in call["description"]


async def test_urging_in_the_middle_of_asking_urges(asked):
    talk = await asked("progress_form progress_last_four")
    await talk.say(SAID["ticket_urge"])
    await talk.say(SAID["inform_phone"])

    assert talk.replies[0] == "utter_ticket_urged"


async def test_a_left_matter_leaves_nothing_to_the_next(asked):
    talk = await asked("fault_form fault_confirmed")
    await talk.say(SAID["inform_time"])
    await talk.say(SAID["cancel"])

    await talk.say(SAID["report_fault_stb"])
    await talk.say(SAID["skip_self_check"])
    await talk.say(SAID["affirm"])

    (report,) = talk.backend.filed
    assert (report["subject"], report["requested_text"]) == ("stb", None)
    assert SAID["report_fault_no_signal"].text not in report["description"]


async def test_a_complaint_about_a_repair_names_the_ticket_of_this_conversation(asked):
    talk = await asked("fault_form fault_confirmed")
    for intent in ("affirm", "complain_overdue", "dont_know", "affirm"):
        await talk.say(SAID[intent])

    _, complaint = talk.backend.filed

    assert (complaint["ticket_type"], complaint["subject"]) == ("complaint", "overdue")
    assert NUMBER in complaint["description"]


async def test_what_a_person_changes_on_a_ticket_names_it(asked):
    talk = await asked("fault_form fault_confirmed")
    for intent in ("affirm", "correction", "affirm"):
        await talk.say(SAID[intent])

    _, call = talk.backend.filed

    assert NUMBER in call["description"]


async def test_an_offer_to_register_that_is_declined_files_nothing_later(asked):
    talk = await asked("progress_form progress_ticket_number")
    for intent in ("cancel", "ask_process_install", "deny", "affirm"):
        await talk.say(SAID[intent])

    assert (talk.form, talk.backend.filed) == (None, [])


@pytest.mark.parametrize("text", ["啥子时候来嘛", "哦那什么时候来人啊", "师傅几点到"])
async def test_when_somebody_comes_is_answered_by_what_is_promised_for_the_fault_in_hand(asked, text):
    talk = await asked("fault_form fault_confirmed")
    await talk.say(Said(text=text, intent="ticket_progress"))

    assert talk.replies[0] == "utter_commitment"
    assert talk.asked == "fault_confirmed"
    assert not talk.slots["next_matters"]
