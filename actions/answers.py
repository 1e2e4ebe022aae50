"""What is answered in one turn: a table from intent to answer, put together from the topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions import services
from actions.floor import Floor
from actions.parts import Parts

_SHORT = 12
_MAY_ANSWER = ("inform_", "ask_process_", "ask_fee", "ask_outlet", "ask_materials")
Answer = Callable[[Floor, Parts], None]


class Answers:
    """`anywhere` may interrupt a form; `between` only makes sense when no form is in hand.

    `take_up` takes the answer to what we have just offered, if the turn is one; `follow_up` answers what names
    nothing by itself, of what was just talked about; `offer` makes an offer that the answers of this turn have
    brought up.
    """

    def __init__(
        self,
        *,
        parts: Parts,
        anywhere: Mapping[str, Answer],
        between: Mapping[str, Answer],
        take_up: Callable[[Floor], bool],
        follow_up: Callable[[Floor, Parts], bool],
        offer: Callable[[Floor], None],
    ) -> None:
        self._parts = parts
        self.offer = offer
        self._take_up = take_up
        self._follow_up = follow_up
        self._anywhere = anywhere
        self._between = between

    def interrupt(self, floor: Floor) -> bool:
        """Answer a question that came in the middle of a form. False when the turn asks nothing of the kind."""
        if self._follow_up(floor, self._parts):
            return True
        answer = self._anywhere.get(floor.turn.intent)
        if answer is None:
            return False
        answer(floor, self._parts)
        return True

    def asks_back(self, floor: Floor) -> bool:
        """Whether the question can only be answered after another question: 您在哪个区县."""
        trial = Floor(dispatcher=CollectingDispatcher(), turn=floor.turn)
        trial.remember(**floor.changes())
        return self.interrupt(trial) and trial.changes().get("awaited_answer") is not None

    def give(self, floor: Floor) -> None:
        if floor.turn.is_english:
            floor.say("utter_english", hotline=self._parts.charter.operator.hotline)
            return
        if self.goes_on(floor):
            return
        self.answer(floor, self._awaited(floor))

    def goes_on(self, floor: Floor) -> bool:
        """Answer what has its meaning only from what was said before, however it was understood by itself."""
        return self._take_up(floor) or self._follow_up(floor, self._parts)

    def give_awaited(self, floor: Floor) -> bool:
        """红谷滩, said for 您在哪个区县 and understood as nothing else."""
        awaited = self._anywhere.get(floor.recall("awaited_answer"))
        floor.forget("awaited_answer")
        if awaited is None or len(floor.turn.text) > _SHORT or floor.turn.asks:
            return False
        awaited(floor, self._parts)
        return True

    def answer(self, floor: Floor, awaited: Answer | None = None) -> None:
        answer = awaited or self._between.get(floor.turn.intent) or self._anywhere.get(floor.turn.intent)
        if answer is None:
            floor.say("utter_not_understood", buttons=services.ways_on(self._parts.charter))
        else:
            answer(floor, self._parts)

    def _awaited(self, floor: Floor) -> Answer | None:
        """We asked 您在哪个区 or 哪一项; a short answer goes to what had been asked before."""
        awaited = floor.recall("awaited_answer")
        floor.forget("awaited_answer")
        short = len(floor.turn.text) <= _SHORT and not floor.turn.asks
        return self._anywhere.get(awaited) if short and floor.turn.intent.startswith(_MAY_ANSWER) else None
