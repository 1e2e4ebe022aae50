"""照片: what a customer shows instead of saying it; it goes along with what is registered next."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import services
from actions.floor import Floor
from actions.parts import Parts
from actions.turn import Turn

SLOT = "matter_photos"


def keep(floor: Floor) -> None:
    kept = floor.recall(SLOT) or []
    floor.remember(**{SLOT: list(dict.fromkeys([*kept, floor.turn.photo]))})


class HearPhoto(Action):
    """Between forms: nobody can tell from a picture what is wanted, so it is asked."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_hear_photo"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        keep(floor)
        floor.say("utter_photo_of_what", buttons=services.usual_faults(self._parts.charter))
        return floor.events()
