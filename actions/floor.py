"""Who has the floor says and remembers: the two effects that an action may have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn


class Floor:
    """What is said and remembered in one turn. Slots read here show what this turn has already set."""

    def __init__(self, *, dispatcher: CollectingDispatcher, turn: Turn) -> None:
        self.turn = turn
        self._dispatcher = dispatcher
        self._set: dict[str, Any] = {}
        self._next_action: str | None = None
        self.has_spoken = False
        self._waiting: list[Callable[[], Awaitable[None]]] = []

    def say(
        self,
        response: str,
        *,
        buttons: Sequence[str] = (),
        card: Mapping[str, Any] | None = None,
        handoff: str | None = None,
        bound: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        """Say a response of data/responses with these facts in it; a button says what stands on it.

        `card` holds the same facts for a page that can show more than text; `handoff`: see `hand_over`; `bound`, the
        phone that this conversation is bound to from now on, or to none, is for the bot.
        """
        self.has_spoken = True
        shown = [{"title": said, "payload": said} for said in buttons]
        told = (("card", card), ("handoff", {"reason": handoff} if handoff else None), ("bound", bound))
        custom = {name: value for name, value in told if value}
        utter = partial(self._dispatcher.utter_message, response=response, buttons=shown, json_message=custom, **facts)
        if self._waiting:
            self._waiting.append(partial(_in_turn, utter))
        else:
            utter()

    def hand_over(self, reason: str, *, saying: str, **facts: Any) -> None:
        """To a person 转人工, with the response that says so; whatever is in hand stays open for the way back."""
        self.say(saying, handoff=reason, **facts)
        self.remember(form_stalls=0, requested_slot=self.turn.asked)  # a form that sets no slot is left by Rasa

    def find_out(self, look: Callable[[], Awaitable[None]]) -> None:
        """Say what has to be looked up first; what is said after it waits for it."""
        self._waiting.append(look)

    async def all_said(self) -> None:
        """Look up what waits, in the order in which it is to be heard."""
        while self._waiting:
            step, *later = self._waiting
            self._waiting = []
            await step()
            self._waiting += later

    def recall(self, slot: str) -> Any:
        return self._set[slot] if slot in self._set else self.turn.slots.get(slot)

    def remember(self, **slots: Any) -> None:
        self._set.update(slots)

    def forget(self, *slots: str) -> None:
        self._set.update(dict.fromkeys(slots))

    def changes(self) -> dict[str, Any]:
        """What this turn has set to another value."""
        return {slot: value for slot, value in self._set.items() if value != self.turn.slots.get(slot)}

    def note_question(self) -> None:
        """Keep what was asked for a person to answer; a question that is being registered is not pushed aside by it."""
        if self.turn.active_form != "question_form":
            before = self.changes().get("question_text")  # of two questions in one message both
            self.remember(question_text=f"{before}；{self.turn.text}" if before else self.turn.text)

    def then(self, action: str) -> None:
        """Go on with this action or form in the same turn."""
        self._next_action = action

    def events(self) -> list[EventType]:
        events: list[EventType] = [SlotSet(slot, value) for slot, value in self._set.items()]
        if self._next_action:
            events.append(FollowupAction(self._next_action))
        return events


async def _in_turn(utter: Callable[[], None]) -> None:
    utter()
