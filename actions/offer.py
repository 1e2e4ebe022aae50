"""两三种可能让客户挑: when the best guesses are close, they are offered in the customer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import contact, services
from actions.answers import Answers
from actions.choices import CHOICES
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.parts import Parts
from actions.turn import Turn

_MOST = 3
_NEARLY_ALL = 0.9
_TAKES_ALL = frozenset({"complaint_form", "progress_form"})  # forms that serve whatever starts them alike
# What is asked in general is asked of the ticket, once there is one.
_WHEN_FILED = {
    "ticket_progress": "ticket_progress",
    "ticket_urge": "ticket_urge",
    "ask_commitment": "ticket_progress",
    "ask_outage": "ticket_progress",
    "request_answer": "ticket_progress",
}


class OfferChoices(Action):
    """What was said stays noted: whoever picks a choice does not say it again."""

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self._parts = parts
        self._answers = answers

    def name(self) -> str:
        return "action_offer_choices"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = Turn.of(tracker)
        floor = Floor(dispatcher=dispatcher, turn=turn)
        ranking = {guess["name"]: guess["confidence"] for guess in tracker.latest_message.get("intent_ranking") or ()}
        guesses = list(ranking)
        possible = [name for name in guesses if name in CHOICES and services.serves(name, self._parts.charter)]
        choices = [CHOICES[name] for name in possible][:_MOST]
        contact.listen(floor, self._parts.charter)
        if self._answers.goes_on(floor):
            self._answers.offer(floor)
        elif meant := _nothing_to_choose(ranking, floor):
            floor.remember(next_matters=[{**turn.as_noted(), "intent": meant}])
            floor.then(FORM_OF_INTENT[meant])
        elif not choices:
            floor.say("utter_not_understood", buttons=services.ways_on(self._parts.charter))
        else:
            floor.remember(offered=turn.as_noted())
            floor.say("utter_choices_offered", buttons=choices, choices="，还是".join(choices))
        await floor.all_said()
        return floor.events()


def _nothing_to_choose(guesses: Mapping[str, float], floor: Floor) -> str | None:
    """The intent that is taken up where all guesses, or nearly all of them, come to the same for the customer."""
    likeliest = next(iter(guesses), "")
    form = FORM_OF_INTENT.get(likeliest)
    alike = sum(chance for name, chance in guesses.items() if FORM_OF_INTENT.get(name) == form)
    if form in _TAKES_ALL and alike >= _NEARLY_ALL * sum(guesses.values()):
        return likeliest
    filed = floor.recall("progress_ticket_number") is not None
    if filed and set(guesses) <= _WHEN_FILED.keys():  # 什么时候能修好, said after a report
        return next((_WHEN_FILED[name] for name in guesses), None)
    return None
