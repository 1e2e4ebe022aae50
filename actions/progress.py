"""查进度: what has become of a ticket, told to whoever has its number and the last four digits of the phone."""

from __future__ import annotations

import re
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import contact, spoken, tickets, unclear
from actions.answers import Answer, Answers
from actions.filing import go_on
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.turn import NOT_UNDERSTOOD, PROGRESS_ASKED, Turn
from backend.client import BackendUnavailable, Proof, Refused, TicketView
from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket import OPEN
from backend.domain.ticket_number import TicketNumber

log = structlog.get_logger()
_WHEN = re.compile(
    r"(?:[那你我他们的师傅大概到底究竟今天明还要得啊呢哦噢嗯，, ]|维修|电视|宽带|网|机顶盒|投诉)*"
    r"(?:几点钟?|什么时候|啥子?时候?|什么时间|几时|好久|多久|多长时间|等多久)[能会才要]?(?:[来到]|过来|有人来|上门|[修弄装整]?得?好|$|[？?])"
)
# 师傅到底还来不来, 人呢: asked by who has waited for somebody.
_WAITED = re.compile(r"到底|还来不来|来不来了|人呢|怎么还|还没.{0,3}(?:来|到|人|动静)|没人来|没来|等了|白等")
_NOT_PROVEN = "ticket_not_proven"
_WHERE_OR_WHOM = {"inform_phone": "phone", "inform_address": "address"}  # said where the number is asked for
_WISHES = {"ticket_progress": re.compile(r"查|进度|进展|到哪|怎么样|情况"), "ticket_urge": re.compile(r"催|快点|抓紧")}


class AskTicketNumber:
    slot = "progress_ticket_number"

    def open(self, floor: Floor) -> bool:
        return floor.recall("progress_ticket_number") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_ticket_number_wanted_again" if again else "utter_ticket_number_wanted")

    def take(self, floor: Floor) -> bool:
        if take_number(floor):
            AskLastFour().take(floor)
            return True
        if floor.turn.intent in {"dont_know", "deny"}:
            floor.say("utter_ticket_number_unknown")
        elif any(letter.isdigit() for letter in floor.turn.text):
            floor.say("utter_ticket_number_wrong")
        return False


class AskLastFour:
    slot = "progress_last_four"

    def open(self, floor: Floor) -> bool:
        return floor.recall("progress_last_four") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_last_four_wanted_again" if again else "utter_last_four_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        digits = turn.entity("last_four") or turn.entity("phone") or turn.entity("phone_part") or ""
        if len(digits) < 4:
            return False
        floor.remember(progress_last_four=digits[-4:])
        if floor.recall("progress_ticket_number"):
            floor.remember(form_outcome="confirmed")
        return True


def take_number(floor: Floor) -> bool:
    said_number = floor.turn.entity("ticket_number")
    if said_number is None:
        return False
    try:
        number = TicketNumber.parse(said_number)
    except InvalidTicketNumber:
        return False
    if floor.recall("progress_ticket_number") != number.text:
        floor.remember(progress_ticket_number=number.text, progress_last_four=None)
    return True


class ProgressForm(Form):
    form = "progress_form"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskTicketNumber(), AskLastFour())

    async def look_up(self, floor: Floor) -> None:
        """Of several tickets of this conversation the one that is asked about; of a customer whose phone is known the
        only one that is open, without any number."""
        floor.forget("meant_ticket")
        noted = (floor.recall("next_matters") or [None])[0]
        said = floor.turn.hearing(noted) if noted else floor.turn
        told_before = floor.recall("progress_ticket_number")
        if said.entity("ticket_number") or not (told_before or said.knows_customer):
            return
        try:
            found = await self.parts.backend.tickets_of(
                conversation=said.conversation, caller=said.caller, correlation_id=said.correlation_id
            )
        except BackendUnavailable as away:  # the progress itself will say so
            log.warning("tickets_unknown", reason=away.reason)
            return
        meant = tickets.asked_about(said.text, found, self.parts.charter)
        still_open = [view for view in found if view.status in OPEN]
        if not (meant or told_before) and len(still_open) == 1:
            meant = still_open[0]
        if meant:
            floor.remember(meant_ticket=tickets.known(meant, self.parts.charter))

    def begin(self, floor: Floor) -> None:
        fault = unclear.reported(floor.turn)
        if floor.turn.intent == "ticket_urge" and fault and not floor.recall("progress_ticket_number"):
            self.leave(floor, first=[{**floor.turn.as_noted(), "intent": fault}])  # nothing is filed yet
            return
        urges = floor.turn.intent == "ticket_urge" or _WAITED.search(floor.turn.text) is not None
        floor.remember(progress_purpose="urge" if urges else "look")
        take_number(floor)
        AskLastFour().take(floor)
        if urges:
            floor.say("utter_urge_heard")
        proven = floor.recall("progress_ticket_number") and floor.recall("progress_last_four")
        if proven or floor.recall("meant_ticket"):
            # Filed or proven in this conversation: nothing is asked again.
            floor.remember(form_outcome="confirmed", requested_slot=None)
            floor.then("action_tell_progress")

    def _hear(self, floor: Floor) -> None:
        turn, opening = floor.turn, floor.recall("form_opening")
        wanted = turn.asked == AskTicketNumber.slot and not turn.entity("ticket_number")
        fault = unclear.reported(turn) if wanted else None
        if fault:  # 13807911234 电视没信号, for the number: who has none reports once more, and the first words count
            text = f"{opening['text']}；{turn.text}"
            self.leave(floor, first=[{**turn.as_noted(), "text": text, "intent": fault, "repaired_before": True}])
        elif wanted and _WHERE_OR_WHOM.get(turn.intent) and turn.entity(_WHERE_OR_WHOM[turn.intent]):
            contact.listen(floor, self.parts.charter)  # nobody is told a ticket for a phone: a person looks it up
            floor.say("utter_no_number_a_person")
            self.leave(floor, first=[{**opening, "form": "question_form"}])
        else:
            super()._hear(floor)

    def listen(self, floor: Floor) -> None:
        """Number and digits are only taken as answers: another number in between means another thing."""
        if floor.turn.intent == "ticket_urge":
            floor.remember(progress_purpose="urge")


def asks_when(text: str) -> bool:
    """啥时候来, 几点到: of whichever matter is in hand."""
    return _WHEN.match(text) is not None


def of_the_ticket(floor: Floor) -> bool:
    """几点到, where it was not understood by itself: when the ticket of this conversation is settled."""
    turn = floor.turn
    unclear = turn.intent in NOT_UNDERSTOOD | {"nlu_offer"} and turn.active_form is None
    if not (unclear and floor.recall("progress_ticket_number") and asks_when(turn.text)):
        return False
    floor.remember(next_matters=[{**turn.as_noted(), "intent": PROGRESS_ASKED["intent"]}])
    floor.then(ProgressForm.form)
    return True


def take_up(floor: Floor) -> bool:
    """再不修我打12345, however it was understood: the ticket of this conversation is pressed."""
    turn = floor.turn
    if turn.active_form or not floor.recall("progress_ticket_number") or not unclear.threatens(turn.text):
        return False
    floor.remember(next_matters=[{**turn.as_noted(), "intent": "ticket_urge", "entities": []}])
    floor.then(ProgressForm.form)
    return True


def _which_ticket(floor: Floor, parts: Parts) -> None:
    """A ticket number: remembered, and asked what for where the words around it don't say."""
    take_number(floor)
    wished = [intent for intent, words in _WISHES.items() if words.search(floor.turn.text)]
    if len(wished) == 1:
        floor.remember(next_matters=[{**floor.turn.as_noted(), "intent": wished[0]}])
        floor.then(ProgressForm.form)
    else:
        floor.say("utter_ticket_number_what_for")


BETWEEN: dict[str, Answer] = {"inform_ticket_number": _which_ticket}


class TellProgress(Action):
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_tell_progress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        meant = floor.recall("meant_ticket")  # of this conversation, which is proof enough
        urging = floor.recall("progress_purpose") == "urge"
        call = self._parts.backend.urge if urging else self._parts.backend.progress
        try:
            proof = Proof(
                ticket_number=meant["number"] if meant else floor.recall("progress_ticket_number"),
                phone_last_four=None if meant else floor.recall("progress_last_four"),
                conversation=floor.turn.conversation,
                caller=floor.turn.caller,
            )
            ticket = await call(proof, correlation_id=floor.turn.correlation_id)
        except BackendUnavailable:
            floor.say("utter_progress_unavailable", hotline=self._parts.charter.operator.hotline)
        except Refused as refusal:
            floor.say("utter_progress_refused", reason=refusal.message, hotline=self._parts.charter.operator.hotline)
            floor.forget("progress_last_four", "form_outcome")
            if refusal.code == _NOT_PROVEN:
                floor.remember(next_matters=[PROGRESS_ASKED])
                floor.then("progress_form")
                return floor.events()
            floor.forget("progress_ticket_number")
        else:
            self._tell(floor, ticket, urged=urging)
        floor.forget("form_outcome", "progress_purpose", "meant_ticket")
        go_on(floor)
        return floor.events()

    def _tell(self, floor: Floor, ticket: TicketView, *, urged: bool) -> None:
        floor.say(
            "utter_ticket_urged" if urged else "utter_ticket_status",
            number=spoken.ticket_number(ticket.number),
            **tickets.standing(ticket),
        )
        if ticket.status in OPEN and (wished := tickets.wished(ticket)):
            floor.say("utter_ticket_wished", wished=wished)
        if ticket.overdue:
            floor.say("utter_ticket_overdue", supervision=self._parts.charter.operator.supervision_phone)
