"""两三种可能让客户挑: when the best guesses are close, they are offered in the customer's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import contact, services, unclear
from actions.answers import Answers
from actions.choices import CHOICES
from actions.floor import Floor
from actions.form import FORM_OF_INTENT, form_of
from actions.order import PROCESS_OF_INTENT, process_asked
from actions.parts import Parts
from actions.turn import Turn
from backend.domain.charter import Charter

_MOST = 3
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
        guesses = [guess["name"] for guess in tracker.latest_message.get("intent_ranking") or ()]
        possible = [name for name in guesses if name in CHOICES and services.serves(name, self._parts.charter)]
        choices = [CHOICES[name] for name in possible][:_MOST]
        contact.listen(floor, self._parts.charter)
        if self._answers.goes_on(floor) or self._answers_what_we_asked(floor, guesses):
            self._answers.offer(floor)
        elif meant := _nothing_to_choose(guesses, floor, self._parts.charter):
            floor.remember(next_matters=[{**turn.as_noted(), "intent": meant}])
            floor.then(form_of({"intent": meant}))
        elif not choices:
            floor.say("utter_not_understood", buttons=services.ways_on(self._parts.charter))
        else:
            floor.remember(offered={**turn.as_noted(), "choices": possible[:_MOST]})
            floor.say("utter_choices_offered", buttons=choices, choices="，还是".join(choices))
        await floor.all_said()
        return floor.events()

    def _answers_what_we_asked(self, floor: Floor, guesses: Sequence[str]) -> bool:
        """有线电视, for 您想问哪一项的价钱."""
        return floor.turn.slots.get("awaited_answer") in guesses and self._answers.give_awaited(floor)


def _one_business(guesses: Sequence[str], text: str, charter: Charter) -> str | None:
    """装有线电视和宽带: whichever it is heard as, the same process does it."""
    if not (guesses and set(guesses) <= PROCESS_OF_INTENT.keys()):
        return None
    asked = [process_asked({"intent": each, "text": text}, dict(charter.processes)) for each in guesses]
    return guesses[0] if asked[0] and all(each is asked[0] for each in asked) else None


def take_up(floor: Floor, charter: Charter) -> bool:
    """A place in answer to the choices means the fault among them; a yes means the only one, of several none yet."""
    offered, turn = floor.recall("offered") or {}, floor.turn
    names = [name for name in offered.get("choices", ()) if any(CHOICES[name] in text for text in turn.last_said)]
    fault = next((name for name in names if FORM_OF_INTENT.get(name) == "fault_form"), None)
    if turn.active_form or not names:
        return False
    only = names[0] if len(names) == 1 and turn.intent == "affirm" else None
    if meant := only or (fault if turn.intent == "inform_address" and turn.entity("address") else None):
        contact.listen(floor, charter)
        floor.remember(next_matters=[{**offered, "intent": meant}])
        floor.then(form_of({"intent": meant}))
    elif turn.intent == "affirm":
        words = [CHOICES[name] for name in names]
        floor.say("utter_choices_offered", buttons=words, choices="，还是".join(words))
    else:
        return False
    return True


def _nothing_to_choose(guesses: Sequence[str], floor: Floor, charter: Charter) -> str | None:
    """The intent that is taken up where all guesses come to the same for the customer."""
    meant = unclear.meant(floor, charter)
    if meant and (meant in guesses or FORM_OF_INTENT.get(meant) not in {FORM_OF_INTENT.get(name) for name in guesses}):
        return meant
    if business := _one_business(guesses, floor.turn.text, charter):
        return business
    forms = {FORM_OF_INTENT.get(name) for name in guesses}
    if len(forms) == 1 and forms <= _TAKES_ALL:
        return guesses[0]
    filed = floor.recall("progress_ticket_number") is not None
    if filed and set(guesses) <= _WHEN_FILED.keys():  # 什么时候能修好, said after a report
        return next((_WHEN_FILED[name] for name in guesses), None)
    return None
