"""design.md, Behaviour every flow keeps: at every question of every form every intent has an outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest

from actions.executor import answers_of
from actions.form import FORM_OF_INTENT, Form
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import NUMBER, Backend, Talk, domain, parts
from tests.factories import rows

Asked = Callable[[str], Awaitable[Talk]]

# The ways in which a question is asked.
ASKING = {
    "fault_kind": ("utter_fault_kind_wanted",),
    "fault_service": ("utter_service_wanted",),
    "fault_self_check": ("utter_check_",),
    "contact_address": (
        "utter_address_wanted",
        "utter_door_wanted",
        "utter_district_wanted",
        "utter_new_address_wanted",
    ),
    "contact_phone": ("utter_phone_wanted", "utter_phone_rest_wanted"),
    "fault_wrong_part": ("utter_which_part_is_wrong",),
    "fault_confirmed": ("utter_fault_read_back",),
    "complaint_story": ("utter_complaint_story_wanted",),
    "complaint_remedy": ("utter_complaint_remedy_wanted",),
    "complaint_wrong_part": ("utter_complaint_which_part_is_wrong",),
    "complaint_confirmed": ("utter_complaint_read_back",),
    "order_wrong_part": ("utter_order_which_part_is_wrong",),
    "order_confirmed": ("utter_order_read_back",),
    "question_confirmed": ("utter_call_read_back",),
    "progress_ticket_number": ("utter_ticket_number_wanted",),
    "progress_last_four": ("utter_last_four_wanted",),
}
ANSWERED = sorted(
    {intent for intent in SAID if intent.startswith("ask_")} | {"greet", "praise", "abuse", "repeat", "thanks"}
)
MATTERS = sorted(FORM_OF_INTENT.keys() - {"report_danger", "request_human"})
TAKEN_AT_ONCE = {
    ("fault_form fault_confirmed", "thanks"),  # a yes
    ("question_form question_confirmed", "thanks"),
    ("complaint_form complaint_confirmed", "thanks"),
    ("order_form order_confirmed", "thanks"),
    ("fault_form fault_self_check", "praise"),  # it works again
    ("fault_form fault_self_check", "return_visit_unsatisfied"),  # what the check did
    ("question_form contact_phone", "request_answer"),  # is in hand already
    ("question_form question_confirmed", "request_answer"),
    ("progress_form progress_ticket_number", "ticket_progress"),
    ("progress_form progress_ticket_number", "ticket_urge"),
    ("progress_form progress_last_four", "ticket_progress"),
    ("progress_form progress_last_four", "ticket_urge"),
    # Which of the services, when a whole building is down; the same service, when it is still down after the check.
    *(("fault_form fault_service", intent) for intent in MATTERS if intent.startswith("report_fault_")),
    *(
        ("fault_form fault_self_check", f"report_fault_{kind}")
        for kind in ("no_signal", "picture", "stb", "remote", "area")
    ),
}
FREE_TEXT = ("contact_address", "fault_symptom", "complaint_story", "complaint_remedy", "question_text")


def at_every_question(intents: Sequence[str]) -> list[tuple[str, str]]:
    return [(question, intent) for question in QUESTIONS for intent in intents]


every_question = pytest.mark.parametrize("question", QUESTIONS)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """await asked("fault_form contact_phone"): a talk in which this was asked just now."""
    backend = Backend()
    built = parts(tmp_path_factory.mktemp("var"), backend)

    async def talk_at(question: str) -> Talk:
        talk = Talk.begin(built, backend)
        for said in QUESTIONS[question]:
            await talk.say(said)
        backend.filed.clear()
        form, slot, *_ = question.split()
        assert (talk.form, talk.asked) == (form, slot)
        return talk

    return talk_at


def asks_its_question(talk: Talk) -> bool:
    return talk.asked is not None and talk.replies[-1].startswith(ASKING[talk.asked])


def test_every_intent_has_a_saying():
    assert set(SAID) == {*domain()["intents"], "nlu_fallback"}


def test_every_question_of_every_form_is_in_the_list(tmp_path):
    built = parts(tmp_path, Backend())
    forms = [form(built, answers_of(built)) for form in Form.__subclasses__()]

    listed = {tuple(question.split()[:2]) for question in QUESTIONS}

    assert listed == {(form.form, question.slot) for form in forms for question in form.questions}
    assert {form for form, _ in listed} == set(domain()["forms"])


@pytest.mark.parametrize("intent", SAID)
@every_question
async def test_every_intent_has_an_outcome(asked, question, intent):
    talk = await asked(question)

    await talk.say(SAID[intent])

    assert talk.replies, "silence"
    if talk.form:
        assert asks_its_question(talk), talk.replies
    else:
        assert talk.asked is None
        assert not any(talk.replies[-1].startswith(ways) for ways in ASKING.values()), talk.replies


@pytest.mark.parametrize("intent", SAID)
@every_question
async def test_nothing_is_asked_for_ever(asked, question, intent):
    talk = await asked(question)
    first = (talk.form, talk.asked)

    for _ in range(8):
        await talk.say(SAID[intent])
        if (talk.form, talk.asked) != first:
            return

    pytest.fail(f"after 8 times {intent} still asked: {talk.replies}")


@pytest.mark.parametrize(("question", "intent"), sorted({*at_every_question(ANSWERED)} - TAKEN_AT_ONCE))
async def test_a_question_is_answered_and_never_taken_for_the_answer(asked, question, intent):
    talk = await asked(question)
    before = dict(talk.slots)
    free_text = FREE_TEXT if talk.form == "question_form" else FREE_TEXT[:-1]

    await talk.say(SAID[intent])

    assert len(talk.replies) >= 2, talk.replies
    assert talk.asked == before["requested_slot"]
    assert {slot: talk.slots[slot] for slot in free_text} == {slot: before[slot] for slot in free_text}
    assert not talk.backend.filed


@pytest.mark.parametrize(("question", "intent"), sorted({*at_every_question(MATTERS)} - TAKEN_AT_ONCE))
async def test_another_matter_is_not_lost(asked, question, intent):
    talk = await asked(question)

    await talk.say(SAID[intent])

    noted = [matter["text"] for matter in talk.slots["next_matters"] or ()]
    in_hand = [talk.slots[slot] or "" for slot in FREE_TEXT]
    declined = talk.replies[0] == "utter_service_not_offered"
    assert declined or any(SAID[intent].text in text for text in (*noted, *in_hand))


@pytest.mark.parametrize("question", [question for question in QUESTIONS if "progress" not in question])
async def test_a_noted_matter_comes_next(asked, question):
    talk = await asked(question)
    await talk.say(SAID["ticket_progress"])
    await talk.say(SAID["ticket_progress"])

    await talk.say(SAID["cancel"])

    assert talk.form == "progress_form"
    assert talk.replies == ["utter_matter_left", "utter_ticket_number_wanted"]


@every_question
async def test_leaving_is_clean_at_every_question(asked, question):
    talk = await asked(question)

    await talk.say(SAID["cancel"])

    assert (talk.form, talk.replies, talk.backend.filed) == (None, ["utter_matter_left"], [])


@every_question
async def test_a_person_is_reached_from_every_question(asked, question):
    talk = await asked(question)

    await talk.say(SAID["request_human"])

    assert talk.form == "question_form"


@every_question
async def test_danger_is_answered_first_and_becomes_the_matter(asked, question):
    talk = await asked(question)

    await talk.say(SAID["report_danger"])

    assert talk.replies[0] == "utter_danger"
    assert (talk.form, talk.slots["fault_kind"]) == ("fault_form", "danger")


@pytest.mark.parametrize(
    "row",
    rows("""
        question                            | intent                 | then asked
        fault_form fault_kind               | report_fault_picture   | fault_confirmed
        fault_form fault_service            | report_fault_stb       | contact_address
        fault_form fault_self_check         | skip_self_check        | contact_address
        fault_form fault_self_check         | report_fault_area      | contact_address
        fault_form fault_self_check         | return_visit_satisfied |
        fault_form contact_address          | inform_address         | contact_phone
        fault_form contact_address door     | inform_address         | contact_phone
        fault_form contact_address door     | dont_know              | contact_phone
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
    for intent in ("ask_arrears_or_balance", "request_answer", "affirm", "affirm"):
        await talk.say(SAID[intent])

    fault, question = talk.backend.filed

    assert (fault["ticket_type"], question["subject"]) == ("fault", "answer")
    assert question["description"] == SAID["ask_arrears_or_balance"].text


async def test_a_second_complaint_in_the_same_breath_is_not_lost(asked):
    talk = await asked("complaint_form complaint_confirmed")
    for intent in ("complain_fee", "ask_arrears_or_balance", "affirm"):
        await talk.say(SAID[intent])

    (call,) = talk.backend.filed

    assert SAID["complain_attitude"].text in call["description"]
    assert SAID["complain_fee"].text in call["description"]
    assert SAID["ask_arrears_or_balance"].text not in call["description"]


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
    for intent in ("affirm", "change_appointment", "affirm"):
        await talk.say(SAID[intent])

    _, call = talk.backend.filed

    assert NUMBER in call["description"]


async def test_an_offer_to_register_that_is_declined_files_nothing_later(asked):
    talk = await asked("progress_form progress_ticket_number")
    for intent in ("cancel", "ask_process_install", "deny", "affirm"):
        await talk.say(SAID[intent])

    assert (talk.form, talk.backend.filed) == (None, [])
