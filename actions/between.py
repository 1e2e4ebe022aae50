"""Between forms: what is answered in one turn, and what goes on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import spoken
from actions.answers import Answers
from actions.choices import as_first_said
from actions.floor import Floor
from actions.form import FORM_OF_INTENT, form_of
from actions.turn import Turn


class AnswerAction(Action):
    """Answers what was just said, or what was noted before and comes now; other matters follow."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        self._answer(floor)
        await floor.all_said()
        return floor.events()

    def _answer(self, floor: Floor) -> None:
        noted, *waiting = floor.recall("next_matters") or [None]
        if noted:
            floor.turn = floor.turn.hearing(noted)
            floor.remember(next_matters=waiting)
            self._answers.answer(floor)
        else:
            waiting = self._give(floor)
        if waiting:
            if noted:
                floor.say("utter_now_the_next_matter", said=spoken.quoted(waiting[0]["text"]))
            floor.then(form_of(waiting[0]))
            return
        if noted:
            floor.then("action_listen")  # no rule follows what came by itself
        self._answers.offer(floor)

    def _give(self, floor: Floor) -> Sequence[Mapping[str, Any]]:
        """Answers all the questions of the message; what else it brings comes next, and after what an answer began."""
        also = floor.turn.also
        as_first_said(floor)
        self._answers.give(floor)
        for matter in also:
            if matter["intent"] not in FORM_OF_INTENT:
                floor.turn = floor.turn.hearing(matter)
                self._answers.answer(floor)
        begun = floor.recall("next_matters") or []
        waiting = [matter for matter in also if matter["intent"] in FORM_OF_INTENT]
        floor.remember(next_matters=[*begun, *waiting])
        return [] if begun else waiting
