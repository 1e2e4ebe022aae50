"""绑定手机号: a code shows that a phone is the customer's – wished for by itself, or needed for what is in hand.

What shows or changes a customer's matters is refused by the backend until then; the form that carried it out comes
here (`begin`) and goes on where it was.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import codes, contact, spoken, tickets
from actions.answers import Answer, Answers
from actions.filing import go_on
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.turn import Turn
from backend.client import BackendUnavailable

SLOTS = (codes.WANTED, codes.HEARD)
_ANOTHER = re.compile(r"换|改|另|新|再")


def begin(floor: Floor, *, of: dict[str, str], then: str) -> None:
    """Have the phone shown to be the customer's, then do what was refused. `of`: whose phone it is."""
    opening = floor.recall("form_opening")
    wanted = {"of": of, "then": then, "opening": opening, "matter_id": floor.recall("matter_id")}
    matter = {**opening, "intent": "bind_phone", "form": BindingForm.form}
    floor.remember(binding_wanted=wanted, next_matters=[matter, *(floor.recall("next_matters") or ())])
    floor.then(BindingForm.form)


class AskPhone:
    slot = "binding_phone"

    def open(self, floor: Floor) -> bool:
        return floor.recall(codes.WANTED) is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_phone_to_bind_wanted_again" if again else "utter_phone_to_bind_wanted")

    def take(self, floor: Floor) -> bool:
        return (floor.recall(codes.HEARD) or {}).get("what") == "sent"


class BindingForm(Form):
    form = "binding_form"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskPhone(), codes.AskCode())

    async def look_up(self, floor: Floor) -> None:
        """A code is sent at once where it is known to which phone; who only wishes to be bound may be already."""
        noted = (floor.recall("next_matters") or [None])[0]
        said = floor.turn.hearing(noted) if noted else floor.turn
        floor.forget(codes.HEARD)
        wanted = floor.recall(codes.WANTED)
        if wanted and noted and noted.get("form") == self.form:
            await codes.send(floor, self.parts, **wanted["of"])
            return
        floor.forget(codes.WANTED)
        if said.intent == "unbind_phone":
            await self._unbind(floor)
        elif phone := self._phone_in(said):
            await self._send(floor, phone)
        else:
            await self._tell_bound(floor)

    async def check(self, floor: Floor) -> None:
        if floor.turn.asked == codes.SLOT:
            await codes.check(floor, self.parts)
            return
        floor.forget(codes.HEARD)
        if phone := self._phone_in(floor.turn):
            await self._send(floor, phone)

    def begin(self, floor: Floor) -> None:
        heard = floor.recall(codes.HEARD) or {}
        match heard.get("what"):
            case "unbound":
                tails = "、".join(heard["tails"])
                floor.say("utter_phone_unbound" if tails else "utter_nothing_bound", tail=tails, bound={"phone": None})
                self.leave(floor)
            case "bound_before" if _ANOTHER.search(floor.turn.text) is None:
                until = spoken.moment(datetime.fromisoformat(heard["until"]))
                floor.say("utter_phone_is_bound", tail=heard["tail"], until=until)
                self.leave(floor)
            case "caller" if _ANOTHER.search(floor.turn.text) is None:
                floor.say("utter_caller_is_bound", phone=spoken.phone(floor.turn.phone or ""))
                self.leave(floor)
            case "sent" | "bound_before" | "caller" | None:
                pass
            case _:
                self._no_code(floor)

    def listen(self, floor: Floor) -> None:
        """Numbers are only taken as answers."""

    def _hear(self, floor: Floor) -> None:
        turn, heard = floor.turn, floor.recall(codes.HEARD) or {}
        match heard.get("what"):
            case "bound":
                floor.remember(form_outcome="confirmed")
                self._forward(floor)
            case "sent" if turn.asked == codes.SLOT:
                codes.tell_again(floor)
                self._stall(floor, ask=False)
            case "refused" | "refused_for_good" | "away" if not self._leaves(turn):
                self._no_code(floor)
            case _:
                self._hear_no_code(floor)

    def _hear_no_code(self, floor: Floor) -> None:
        turn = floor.turn
        at_code = turn.asked == codes.SLOT
        if at_code and self._withdraws(floor) and tickets.is_kept(turn.text):
            floor.say("utter_ticket_stays")
            self.leave(floor)
        elif self._leaves(turn) or (at_code and turn.intent.startswith("complain_")):
            super()._hear(floor)
        elif at_code and codes.asks_why(turn):
            floor.say("utter_code_reason")
            self._stall(floor)
        elif at_code and codes.is_no_code(turn):
            floor.say("utter_code_not_whole")
            self._stall(floor, ask=False)
        elif at_code and codes.is_at_a_loss(turn):
            self._to_a_person(floor)
        elif not (at_code or floor.recall(codes.HEARD)) and contact.is_no_phone(turn.text):
            floor.say("utter_phone_not_whole")
            self._stall(floor)
        else:
            super()._hear(floor)

    def _withdraws(self, floor: Floor) -> bool:
        return (floor.recall(codes.WANTED) or {}).get("then") == "action_withdraw_ticket"

    def _no_code(self, floor: Floor) -> None:
        """The backend sent none, or it was not right; where no other try helps, a person takes it on."""
        heard = floor.recall(codes.HEARD)
        if heard["what"] == "away":
            floor.say("utter_code_system_away")
            self._to_a_person(floor)
        elif heard["what"] == "refused_for_good":
            floor.say("utter_code_refused_for_good", reason=heard["message"])
            self._to_a_person(floor, said=True)
        else:
            codes.tell_again(floor)
            if floor.turn.asked:
                self._stall(floor, ask=False)

    def _to_a_person(self, floor: Floor, *, said: bool = False) -> None:
        """Who can't be reached by a code is called back, with what they wished; a phone bound for its own sake isn't
        worth a call."""
        wanted = floor.recall(codes.WANTED) or {}
        if not wanted.get("then"):
            if not said:
                floor.say("utter_phone_not_bound", hotline=self.parts.charter.operator.hotline)
            self.leave(floor)
            return
        if not said:
            floor.say("utter_code_by_a_person")
        self.leave(floor, first=[{**self.so_far(floor), "form": "question_form"}])

    def so_far(self, floor: Floor) -> dict[str, Any]:
        """What is carried out once the phone is bound."""
        wanted = floor.recall(codes.WANTED) or {}
        opening: dict[str, Any] = wanted.get("opening") or super().so_far(floor)
        return opening

    def summary(self, floor: Floor) -> str:
        return f"核实手机号：{self.so_far(floor)['text']}"

    def leave(self, floor: Floor, *, first: list[dict[str, Any]] | None = None) -> None:
        super().leave(floor, first=first)
        floor.forget(*SLOTS)

    async def _send(self, floor: Floor, phone: str) -> None:
        await codes.send(floor, self.parts, phone=phone)
        if floor.recall(codes.HEARD)["what"] == "sent":
            floor.remember(binding_wanted={"of": {"phone": phone}, "then": None})

    async def _tell_bound(self, floor: Floor) -> None:
        turn = floor.turn
        if turn.caller:
            floor.remember(binding_heard={"what": "caller"})
            return
        try:
            bound = await self.parts.backend.bound_phones(
                conversation=turn.conversation, correlation_id=turn.correlation_id
            )
        except BackendUnavailable:
            floor.remember(binding_heard={"what": "away"})
            return
        if bound:
            latest = bound[0]
            heard = {"what": "bound_before", "tail": latest.phone[-4:], "until": latest.until.isoformat()}
            floor.remember(binding_heard=heard)

    async def _unbind(self, floor: Floor) -> None:
        turn = floor.turn
        try:
            were = await self.parts.backend.unbind(conversation=turn.conversation, correlation_id=turn.correlation_id)
        except BackendUnavailable:
            floor.remember(binding_heard={"what": "away"})
        else:
            floor.remember(binding_heard={"what": "unbound", "tails": [each.phone[-4:] for each in were]})

    def _phone_in(self, turn: Turn) -> str | None:
        said = turn.entity("phone")
        return contact.whole_phone(said, self.parts.charter) if said else None

    def _leaves(self, turn: Turn) -> bool:
        return turn.intent in {"cancel", "request_human", "report_danger"} or turn.drops


class GoOnBound(Action):
    """核实好了: what was refused is done now; else the customer is told what is bound."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_go_on_bound"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        wanted, heard = floor.recall(codes.WANTED), floor.recall(codes.HEARD)
        if wanted["then"]:
            codes.tell_right(floor)
            floor.remember(form_opening=wanted["opening"], matter_id=wanted["matter_id"], form_outcome="confirmed")
            floor.then(wanted["then"])
        else:
            bound = {"phone": heard["phone"], "until": heard["until"]}
            until = spoken.moment(datetime.fromisoformat(heard["until"]))
            floor.say("utter_phone_bound", tail=heard["phone"][-4:], until=until, bound=bound)
            floor.forget("form_outcome")
            go_on(floor)
        floor.forget(*SLOTS)
        return floor.events()


def _no_code_wanted(floor: Floor, _parts: Parts) -> None:
    floor.say("utter_no_code_wanted")


ANYWHERE: dict[str, Answer] = {"resend_code": _no_code_wanted}
