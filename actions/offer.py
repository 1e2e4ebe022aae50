"""两三种可能让客户挑: when the best guesses are close, they are offered in the customer's words."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import contact, services
from actions.choices import CHOICES
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.parts import Parts
from actions.turn import Turn

_MOST = 3


class OfferChoices(Action):
    """What was said stays noted: whoever picks a choice does not say it again."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_offer_choices"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = Turn.of(tracker)
        floor = Floor(dispatcher=dispatcher, turn=turn)
        guesses = [guess["name"] for guess in tracker.latest_message.get("intent_ranking") or ()]
        possible = [name for name in guesses if name in CHOICES and services.serves(name, self._parts.charter)]
        choices = [CHOICES[name] for name in possible][:_MOST]
        contact.listen(floor, self._parts.charter)
        if guesses and {FORM_OF_INTENT.get(name) for name in guesses} == {"complaint_form"}:
            # One form takes every complaint: nothing to choose.
            floor.remember(next_matters=[{**turn.as_noted(), "intent": guesses[0]}])
            floor.then("complaint_form")
            return floor.events()
        if not choices:
            floor.say("utter_not_understood", buttons=services.ways_on(self._parts.charter))
            return floor.events()
        floor.remember(offered=turn.as_noted())
        floor.say("utter_choices_offered", buttons=choices, choices="，还是".join(choices))
        return floor.events()
