"""What is offered when a sentence may mean two or three things is understood when it is picked, and loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from rasa_sdk.executor import CollectingDispatcher

from actions.choices import CHOICES, as_first_said
from actions.floor import Floor
from actions.turn import Turn
from backend.domain.vocabulary import Channel
from tests.contract.taught import intents

# Answers and courtesies only mean something beside what was asked or said; they are never offered.
NEVER_OFFERED = {
    "skip_self_check", "inform_phone", "inform_address", "inform_time", "inform_name", "inform_ticket_number",
    "correction", "dont_know", "greet", "thanks", "goodbye", "affirm", "deny", "cancel", "repeat",
    "ask_are_you_bot", "praise", "abuse", "out_of_scope",
}  # fmt: skip


def a_floor(*, text: str, intent: str, offered: dict) -> Floor:
    turn = Turn(
        conversation="c",
        text=text,
        intent=intent,
        entities=(),
        channel=Channel.WEBCHAT,
        accepted_at=datetime(2026, 11, 21, 12, 31, tzinfo=UTC),
        correlation_id="t",
        slots={"offered": offered},
        active_form=None,
        last_said=(),
        misunderstood_before=0,
    )
    return Floor(dispatcher=CollectingDispatcher(), turn=turn)


def test_every_matter_can_be_offered():
    assert set(CHOICES) == intents() - NEVER_OFFERED


def test_a_choice_is_a_phrase_of_its_own_intent_alone(learned):
    intents = {choice: {phrase.intent for phrase in learned if phrase.text == choice} for choice in CHOICES.values()}

    assert intents == {choice: {intent} for intent, choice in CHOICES.items()}


def test_a_picked_choice_stands_for_what_was_first_said():
    said = {"text": "你们那个网老是转圈圈，138的号办的", "intent": "nlu_offer", "entities": []}
    floor = a_floor(text="网速太慢", intent="report_fault_broadband_slow", offered=said)

    as_first_said(floor)

    assert (floor.turn.text, floor.turn.intent) == (said["text"], "report_fault_broadband_slow")


def test_another_sentence_after_the_offer_stands_for_itself():
    said = {"text": "那个东西又来了", "intent": "nlu_offer", "entities": []}
    floor = a_floor(text="营业厅几点开门", intent="ask_outlet", offered=said)

    as_first_said(floor)

    assert floor.turn.text == "营业厅几点开门"
    assert floor.recall("offered") is None
