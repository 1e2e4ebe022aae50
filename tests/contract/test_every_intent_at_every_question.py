"""design.md, Behaviour every flow keeps: at every question of every form every intent has an outcome."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from actions.executor import answers_of
from actions.form import FORM_OF_INTENT, Form
from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS, SAID
from tests.contract.talk import Talk, parts
from tests.contract.taught import domain, intents

# The ways in which a question is asked.
ASKING = {
    "fault_kind": ("utter_fault_kind_wanted",),
    "fault_service": ("utter_service_wanted",),
    "fault_self_check": ("utter_check_",),
    "fault_known": ("utter_file_all_the_same", "utter_pay_or_file"),
    "account_number": ("utter_account_number_wanted",),
    "account_last_four": ("utter_account_digits_wanted",),
    "binding_phone": ("utter_phone_to_bind_wanted",),
    "binding_code": (
        "utter_code_sent",
        "utter_code_wanted_again",
        "utter_code_resent",
        "utter_code_refused",
        "utter_code_not_whole",
    ),
    "contact_address": (
        "utter_address_wanted",
        "utter_door_wanted",
        "utter_house_wanted",
        "utter_district_wanted",
        "utter_new_address_wanted",
    ),
    "contact_phone": ("utter_phone_wanted", "utter_phone_rest_wanted"),
    "fault_wrong_part": ("utter_which_part_is_wrong",),
    "fault_confirmed": ("utter_fault_read_back",),
    "complaint_story": ("utter_complaint_story_wanted",),
    "complaint_joins": ("utter_complaint_same_wanted",),
    "complaint_remedy": ("utter_complaint_remedy_wanted",),
    "complaint_wrong_part": ("utter_complaint_which_part_is_wrong",),
    "complaint_confirmed": ("utter_complaint_read_back",),
    "order_wrong_part": ("utter_order_which_part_is_wrong",),
    "order_confirmed": ("utter_order_read_back",),
    "question_text": ("utter_please_say",),
    "question_confirmed": ("utter_call_read_back",),
    "progress_ticket_number": ("utter_ticket_number_wanted",),
    "progress_last_four": ("utter_last_four_wanted",),
    "meant_ticket": ("utter_ticket_number_wanted", "utter_which_ticket"),
    "meant_last_four": ("utter_last_four_wanted",),
    "appointment_time": ("utter_appointment_time_wanted",),
    "cancellation_confirmed": ("utter_cancellation_read_back",),
    "materials_in_hand": ("utter_materials_wanted", "utter_materials_rest_wanted"),
    "visit_fault": ("utter_fault_kind_wanted",),
    "visit_satisfaction": ("utter_visit_satisfaction_wanted",),
    "visit_conduct": ("utter_visit_conduct_wanted",),
}
ANSWERED = sorted(
    {intent for intent in SAID if intent.startswith("ask_")} | {"greet", "praise", "abuse", "repeat", "thanks"}
)
MATTERS = sorted(FORM_OF_INTENT.keys() - {"report_danger", "request_human"})
WISHES = {
    "appointment_form": "change_appointment",
    "cancellation_form": "cancel_ticket",
    "materials_form": "supply_materials",
    "return_visit_form": "return_visit_unsatisfied",
}
BINDING = ("bind_phone", "unbind_phone")
TAKEN_AT_ONCE = {
    ("fault_form fault_confirmed", "thanks"),  # a yes
    ("question_form question_confirmed", "thanks"),
    ("complaint_form complaint_confirmed", "thanks"),
    ("order_form order_confirmed", "thanks"),
    ("fault_form fault_self_check", "praise"),  # it works again
    ("fault_form fault_self_check", "return_visit_unsatisfied"),  # what the check did
    ("fault_form fault_known", "thanks"),
    ("question_form contact_phone", "request_answer"),  # is in hand already
    ("question_form question_confirmed", "request_answer"),
    ("account_form account_number", "request_answer"),  # offered to who has the number not at hand
    ("account_form account_last_four", "request_answer"),
    ("progress_form progress_ticket_number", "ticket_progress"),
    ("progress_form progress_ticket_number", "ticket_urge"),
    ("progress_form progress_last_four", "ticket_progress"),
    ("progress_form progress_last_four", "ticket_urge"),
    # Said again while it is in hand, or the other thing that may be wished for a ticket.
    *((f"{form} {slot}", intent) for form, intent in WISHES.items() for slot in ("meant_ticket", "meant_last_four")),
    ("appointment_form appointment_time", "change_appointment"),
    ("appointment_form appointment_time", "cancel_ticket"),
    ("cancellation_form cancellation_confirmed", "cancel_ticket"),
    ("cancellation_form cancellation_confirmed", "change_appointment"),
    ("materials_form materials_in_hand", "supply_materials"),
    ("return_visit_form visit_fault", "return_visit_unsatisfied"),
    *(("return_visit_form visit_fault", intent) for intent in MATTERS if intent.startswith("report_fault_")),
    *(
        (question, intent)
        for question in ("return_visit_form visit_satisfaction", "return_visit_form visit_conduct")
        for intent in ("return_visit_unsatisfied", "report_fault_no_signal")  # of this very ticket
    ),
    ("return_visit_form visit_satisfaction", "praise"),
    *(("return_visit_form visit_conduct", courtesy) for courtesy in ("praise", "thanks")),
    # Said again while it is in hand.
    *((question, intent) for question in QUESTIONS if question.startswith("binding_") for intent in BINDING),
    # Looked up before the fault is filed: it may be why the service is gone.
    *((question, "ask_arrears_or_balance") for question in QUESTIONS if question.startswith(("fault_", "account_"))),
    # Which of the services, when a whole building is down; the same service, when it is still down after the check.
    *(("fault_form fault_service", intent) for intent in MATTERS if intent.startswith("report_fault_")),
    *(
        ("fault_form fault_self_check", f"report_fault_{kind}")
        for kind in ("no_signal", "picture", "stb", "remote", "area")
    ),
}
TICKET_IS_KNOWN = {
    "complaint_form complaint_joins",
    "progress_form progress_ticket_number",
    "progress_form progress_last_four",
    "appointment_form appointment_time",
    "cancellation_form cancellation_confirmed",
    "materials_form materials_in_hand",
    "return_visit_form visit_satisfaction",
    "return_visit_form visit_conduct",
    "binding_form binding_code withdrawal",
}
# Where 算了 answers the question, it is told what becomes of the ticket.
LEFT = {
    "cancellation_form cancellation_confirmed": "utter_ticket_stays",
    "return_visit_form visit_satisfaction": "utter_visit_closed",
    "return_visit_form visit_conduct": "utter_visit_closed",
}
FREE_TEXT = ("contact_address", "fault_symptom", "complaint_story", "complaint_remedy", "question_text")


def at_every_question(intents: Sequence[str]) -> list[tuple[str, str]]:
    return [(question, intent) for question in QUESTIONS for intent in intents]


every_question = pytest.mark.parametrize("question", QUESTIONS)


def asks_its_question(talk: Talk) -> bool:
    return talk.asked is not None and talk.replies[-1].startswith(ASKING[talk.asked])


def where(talk: Talk) -> tuple[object, ...]:
    """The same question about the next matter is another one."""
    return (talk.form, talk.asked, talk.slots["matter_id"])


def test_every_intent_has_a_saying():
    assert set(SAID) == {*intents(), "nlu_fallback"}


def forms_of(kind: type[Form]) -> list[type[Form]]:
    return [form for each in kind.__subclasses__() for form in (forms_of(each) or [each])]


def test_every_question_of_every_form_is_in_the_list(tmp_path):
    built = parts(tmp_path, Backend())
    forms = [form(built, answers_of(built)) for form in forms_of(Form)]

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
    first = where(talk)

    for _ in range(8):
        if where(talk) == first:
            await talk.say(SAID[intent])

    assert where(talk) != first, f"after 8 times {intent} still asked: {talk.replies}"


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


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question not in TICKET_IS_KNOWN])
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

    left = LEFT.get(question, "utter_matter_left")
    assert (talk.form, talk.replies, talk.backend.filed) == (None, [left], [])


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
