"""What every form has in common: nothing said is asked again, and whatever is said at a question has an outcome."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import contact, leader, photo
from actions.answers import Answers
from actions.choices import as_first_said
from actions.floor import Floor
from actions.parts import Parts
from actions.services import say_not_offered, serves
from actions.turn import NOT_UNDERSTOOD, Turn

# After so many turns without a step forward the customer is offered ways out, and then let go.
STALLS_BEFORE_CHOICES = 3
STALLS_BEFORE_LEAVING = 5
PASSED_ON = "（客户正在办："  # what a person who is asked for in the middle goes on with

FORM_OF_INTENT = {
    **{f"report_fault_{kind}": "fault_form" for kind in (
        "no_signal", "picture", "stb", "remote", "broadband_down", "broadband_slow", "vod", "area", "telephone")},
    "report_danger": "fault_form",
    **{f"complain_{kind}": "complaint_form" for kind in ("attitude", "overdue", "fee", "repeat_fault", "other")},
    "return_visit_unsatisfied": "return_visit_form",
    "report_key_customer_or_special": "question_form",
    "request_human": "question_form",
    "request_answer": "question_form",
    "change_appointment": "appointment_form",
    "cancel_ticket": "cancellation_form",
    "supply_materials": "materials_form",
    "ticket_progress": "progress_form",
    "ticket_urge": "progress_form",
    "ask_arrears_or_balance": "account_form",
    "bind_phone": "binding_form",
    "unbind_phone": "binding_form",
}  # fmt: skip


def form_of(matter: Mapping[str, Any]) -> str:
    """What takes up a noted matter: the form that it was left in, else what its words start."""
    return str(matter.get("form") or FORM_OF_INTENT.get(matter["intent"], "action_answer"))


def waits(matter: Mapping[str, Any], turn: Turn) -> bool:
    """Whether it comes after the matter in hand; a mere question is answered at once."""
    wish = matter["intent"].startswith("ask_process_") and not turn.hearing(matter).asks
    return matter["intent"] in FORM_OF_INTENT or wish


class Question(Protocol):
    """One question of a form. `slot` is what it fills; the form asks it while `open` says so."""

    slot: str

    def open(self, floor: Floor) -> bool: ...

    def ask(self, floor: Floor, *, again: bool) -> None:
        """Ask; `again` when the customer has just heard the question and something came between."""

    def take(self, floor: Floor) -> bool:
        """Take the answer out of the turn; False when the turn holds none. May set slots and say a word."""


class Form(Action):
    """The conversation of one form. Rasa calls it at every turn while the form is active."""

    form: ClassVar[str]
    questions: Sequence[Question]
    calms: ClassVar[bool] = True  # whether who is furious hears a word of calm before the form's own first words
    files: ClassVar[bool] = False  # whether it gathers what becomes a ticket, rather than asking about one

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self.parts = parts
        self.answers = answers

    def name(self) -> str:
        return f"validate_{self.form}"

    def listen(self, floor: Floor) -> None:
        """Take from the turn whatever the form can use, asked for or not."""
        raise NotImplementedError

    async def look_up(self, floor: Floor) -> None:
        """What the backend knows that the form needs from its first turn on."""

    async def check(self, floor: Floor) -> None:
        """Ask elsewhere what an answer needs before it is heard."""

    def begin(self, floor: Floor) -> None:
        """The first turn of the form."""

    def summary(self, floor: Floor) -> str:
        """What the form holds so far, for the person who goes on with it."""
        return str(floor.recall("form_opening")["text"])

    def so_far(self, floor: Floor) -> dict[str, Any]:
        """The matter in hand as one that is noted, to be taken up again."""
        opening: dict[str, Any] = floor.recall("form_opening")
        return opening

    def other_matter(self, floor: Floor) -> bool:
        """Whether the turn brings another matter than the one in hand."""
        return FORM_OF_INTENT.get(floor.turn.intent, self.form) != self.form

    def as_matter(self, floor: Floor) -> dict[str, Any]:
        """The other matter that the turn brings, as it is noted."""
        return floor.turn.as_noted()

    def keeps(self, floor: Floor) -> bool:
        """Whether what sounds like leaving, wanting a person or a question is the answer to what was asked."""
        return False

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = Turn.of(tracker)
        floor = Floor(dispatcher=dispatcher, turn=turn)
        contact.listen_to(turn.overheard, floor, self.parts.charter)
        if turn.asked is None:
            await self.look_up(floor)
            self._start(floor)
        elif turn.photo:
            photo.keep(floor)
            floor.say("utter_photo_goes_with_it" if self.files else "utter_photo_kept")
            self._ask_next(floor, again=True)
        else:
            self._serve_others(floor)
            await self.check(floor)
            self._hear(floor)
        await floor.all_said()
        return floor.events()

    def _start(self, floor: Floor) -> None:
        noted, *later = floor.recall("next_matters") or [None]
        if noted:
            floor.turn = floor.turn.hearing(noted)
        as_first_said(floor)
        floor.remember(
            matter_id=uuid.uuid4().hex,
            form_opening={**(noted or floor.turn.as_noted()), "form": self.form},
            form_outcome=None,
            form_stalls=0,
            next_matters=[*later, *(other for other in floor.turn.also if waits(other, floor.turn))],
        )
        if floor.turn.is_english and self.form != "question_form":
            floor.say("utter_english", hotline=self.parts.charter.operator.hotline)
        self.listen(floor)
        if self.calms and not noted and floor.turn.is_furious and floor.turn.intent != "report_danger":
            floor.say("utter_calm_first")  # R8.1
        self.begin(floor)
        self._serve_others(floor)
        if not floor.recall("form_outcome"):
            self._ask_next(floor, again=False)

    def _serve_others(self, floor: Floor) -> None:
        """What else the same message brought: questions are answered, matters come next."""
        turn, waiting = floor.turn, []
        for other in turn.also:
            floor.turn = replace(turn.hearing(other), active_form=self.form)
            begun = not floor.recall("form_outcome")
            if not serves(other["intent"], self.parts.charter):
                say_not_offered(floor, self.parts.charter)
            elif waits(other, turn) or (begun and self.answers.asks_back(floor)):
                waiting.append(other)
            else:
                self.answers.interrupt(floor)
        floor.turn = turn
        if waiting:
            noted = floor.recall("next_matters") or []
            known = {matter["intent"] for matter in noted}
            floor.remember(next_matters=[*noted, *(other for other in waiting if other["intent"] not in known)])
            floor.say("utter_several_matters_noted")

    def _hear(self, floor: Floor) -> None:
        turn = floor.turn
        question = next((q for q in self.questions if q.slot == turn.asked), None)
        known, wish = floor.changes(), self.files and leader.wants_leader(turn.text)
        if turn.intent == "report_danger" and self.form != "fault_form":
            self.leave(floor, first=[turn.as_noted(), self.so_far(floor)])
        elif turn.intent == "cancel" and not self.keeps(floor):
            floor.say("utter_matter_left")
            self.leave(floor)
        elif turn.intent == "request_human" and turn.agents_here and not (wish or self.keeps(floor)):
            floor.hand_over("request_human", saying="utter_handed_over")
        elif turn.drops and self._another(floor) and not self.keeps(floor):
            self._drop(floor)
        elif turn.intent == "request_human" and self.form != "question_form" and not (wish or self.keeps(floor)):
            said = turn.as_noted()
            floor.say("utter_all_passed_on")
            self.leave(floor, first=[{**said, "text": f"{said['text']}{PASSED_ON}{self.summary(floor)}）"}])
        elif (answered := question is not None and question.take(floor)) or self._took_something(floor, known=known):
            asks = not wish and (turn.asks or (turn.intent.startswith("ask_") and not self.keeps(floor)))
            if wish and not answered:
                floor.say("utter_leader_wish_noted")
            outcome = floor.recall("form_outcome")
            told_by_receipt = outcome == "confirmed" and turn.intent == "ask_commitment"
            if asks and outcome != "settled" and not told_by_receipt:  # 那我先去交费 is settled, and asks nothing
                self.answers.interrupt(floor)
            self._forward(floor, again=not answered)
        elif self.answers.interrupt(floor):
            self._stall(floor)
        elif self.files and turn.only_hurries:
            floor.say("utter_hurry_heard")
            self._stall(floor)
        elif self.other_matter(floor) and not contact.asks_why(floor):  # 要我电话干嘛 is no complaint
            self._note(floor)
            self._stall(floor)
        elif turn.intent in NOT_UNDERSTOOD and turn.misunderstood_before and turn.agents_here:
            floor.hand_over("misunderstood", saying="utter_handed_over_not_understood")
        elif turn.intent in NOT_UNDERSTOOD and turn.misunderstood_before and floor.recall("form_stalls") == 1:
            floor.say("utter_form_not_understood_again")
            floor.remember(form_stalls=2, requested_slot=turn.asked)
        else:
            if turn.is_english:
                floor.say("utter_english", hotline=self.parts.charter.operator.hotline)
            elif turn.intent in NOT_UNDERSTOOD and not floor.has_spoken:
                floor.say("utter_answer_unclear")
            self._stall(floor)

    def _another(self, floor: Floor) -> bool:
        """算了还是先装宽带 wishes another thing as well, though it begins with an answer."""
        return self.other_matter(floor) or (self.form != "order_form" and waits(floor.turn.as_noted(), floor.turn))

    def _drop(self, floor: Floor) -> None:
        """For another matter, which comes at once; what is not filed yet needs no withdrawal."""
        if floor.turn.intent == "cancel_ticket" and self.files:
            floor.say("utter_matter_left")
            self.leave(floor)
        else:
            self.leave(floor, first=[floor.turn.as_noted()])

    def _note(self, floor: Floor) -> None:
        """Another matter in the middle comes next; the same one said twice comes once."""
        if not serves(floor.turn.intent, self.parts.charter):
            say_not_offered(floor, self.parts.charter)
            return
        noted, matter = floor.recall("next_matters") or [], self.as_matter(floor)
        if floor.turn.intent == "request_answer":  # to the question that could not be answered just now
            matter["text"] = floor.recall("question_text") or matter["text"]
        if matter["intent"] not in {before["intent"] for before in noted}:
            floor.remember(next_matters=[*noted, matter])
        floor.say("utter_other_matter_noted")

    def _took_something(self, floor: Floor, *, known: Mapping[str, Any]) -> bool:
        """Whether the turn holds something of use besides the answer to what was asked."""
        self.listen(floor)
        return floor.changes() != known

    def _forward(self, floor: Floor, *, again: bool = False) -> None:
        floor.remember(form_stalls=0)
        outcome = floor.recall("form_outcome")
        if outcome is None:
            if again and self._next(floor).slot == floor.turn.asked and not floor.has_spoken:
                floor.say("utter_taken_down")
            self._ask_next(floor, again=again)
        elif outcome == "confirmed":
            floor.remember(requested_slot=None)  # the rule of the form says what is filed
        else:
            self.leave(floor)

    def _stall(self, floor: Floor, *, ask: bool = True) -> None:
        """`ask`: the question once more, unless what was just said asks it already."""
        stalls = (floor.recall("form_stalls") or 0) + 1
        floor.remember(form_stalls=stalls)
        if stalls >= STALLS_BEFORE_LEAVING:
            floor.say("utter_form_set_aside", hotline=self.parts.charter.operator.hotline)
            self.leave(floor)
        elif stalls == STALLS_BEFORE_CHOICES and ask:
            floor.say("utter_form_ways_out")
            floor.remember(requested_slot=floor.turn.asked)
        elif ask:
            self._ask_next(floor, again=True)
        else:
            floor.remember(requested_slot=floor.turn.asked)

    def _ask_next(self, floor: Floor, *, again: bool) -> None:
        question = self._next(floor)
        question.ask(floor, again=again and question.slot == floor.turn.asked)
        floor.remember(requested_slot=question.slot)

    def _next(self, floor: Floor) -> Question:
        return next(question for question in self.questions if question.open(floor))

    def leave(self, floor: Floor, *, first: list[dict[str, Any]] | None = None) -> None:
        """End the form without filing; go on with `first`, else with what was noted, else listen."""
        if not first:
            floor.forget("contact_wished_time", "contact_leader_wish", "contact_district", "question_text", photo.SLOT)
        matters = [*(first or ()), *(floor.recall("next_matters") or ())]
        floor.remember(form_outcome=floor.recall("form_outcome") or "left", requested_slot=None, next_matters=matters)
        floor.then(form_of(matters[0]) if matters else "action_listen")
