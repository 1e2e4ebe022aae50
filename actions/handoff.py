"""转人工: until agents sit at the desk, a person calls back, within a promised time. Also answers that we owe."""

from __future__ import annotations

import re
from typing import Any

from actions import contact, leader, phone, spoken
from actions.answers import Answers
from actions.fault_kinds import ALREADY_TRIED, kind_named
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import FORM_OF_INTENT, PASSED_ON, Form
from actions.parts import Parts
from backend.client import Report
from backend.domain.clause import NoClause
from backend.domain.vocabulary import QuestionKind, TicketType

# What a person does for now, each said as what it is.
_OPENINGS = {
    "change_appointment": "utter_change_appointment_heard",
    "cancel_ticket": "utter_cancel_ticket_heard",
    "supply_materials": "utter_supply_materials_heard",
    "return_visit_unsatisfied": "utter_return_visit_unsatisfied_heard",
    "report_key_customer_or_special": "utter_home_service_heard",
}
_OF_A_TICKET = _OPENINGS.keys() - {"report_key_customer_or_special"} | {"correction", "inform_time"}
_NO_MATTER = frozenset({"request_human", "request_answer"})
_NAMES_NOTHING = frozenset({"request_human", "greet", "praise", "abuse", "repeat", "thanks"})


_HALF_TOLD = "（没说是什么事）"
_NO_LIMIT = "公司没有公布时限，会尽快"
_NO_CALL = re.compile(r"不用了|不必了|算了|别打了|不用(?:再|你们)?(?:打|回)(?:电话|话)?了")
_ANSWER_ME = re.compile(r"答复|请人|登记|[回打]电?话?给我|核实")


def take_up(floor: Floor) -> bool:
    """你们领导给我打电话, said when nothing is being registered: a call is; and 请人答复我吧 with a number behind it
    the answer to what we could not answer."""
    turn = floor.turn
    answer = turn.intent == "inform_phone" and floor.recall("question_text") and _ANSWER_ME.search(turn.text)
    if turn.active_form or not (answer or leader.wants_leader(turn.text)):
        return False
    floor.remember(next_matters=[{**turn.as_noted(), "intent": "request_answer" if answer else "request_human"}])
    floor.then(QuestionForm.form)
    return True


class AskMatter:
    """什么事: asked once of who tells where, or that all was tried, but not what it is about."""

    slot = "question_text"

    def open(self, floor: Floor) -> bool:
        return _HALF_TOLD in (floor.recall(self.slot) or "")

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_please_say")

    def take(self, floor: Floor) -> bool:
        """A matter of its own comes next, and goes with the call, too; whatever else is said is for the person."""
        turn, noted = floor.turn, floor.recall(self.slot).removesuffix(_HALF_TOLD)
        if turn.intent.startswith("ask_") or turn.intent in _NAMES_NOTHING:
            return False
        untold = turn.intent in {"dont_know", "deny", "affirm"}
        floor.remember(question_text=noted if untold else f"{noted}；{turn.text}")
        return True


def _tried(floor: Floor) -> bool:
    return floor.turn.intent == "skip_self_check" or ALREADY_TRIED.search(floor.turn.text) is not None


def _tells_half(floor: Floor) -> bool:
    """Whether it tells where, or what was tried, of a matter that a person is wanted for, and not which."""
    turn = floor.turn
    named = turn.intent in FORM_OF_INTENT and (kind_named(turn.text) or not _tried(floor))
    asks = turn.intent.startswith("ask_")
    if named or asks or floor.recall("form_opening")["intent"] != "request_human":
        return False
    return _tried(floor) or "contact_address" in floor.changes()


class ConfirmCall:
    slot = "question_confirmed"

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_call_read_back", phone=spoken.phone(floor.recall("contact_phone")))

    def take(self, floor: Floor) -> bool:
        before = floor.recall("contact_phone")
        contact.listen(floor, self._parts.charter)
        if floor.recall("contact_phone") != before:
            return True
        if floor.turn.affirms or floor.turn.intent == "thanks":
            floor.remember(form_outcome="confirmed")
            return True
        if _NO_CALL.search(floor.turn.text):
            floor.say("utter_matter_left")
            floor.remember(form_outcome="left")
            return True
        if floor.turn.intent in {"deny", "correction"}:
            contact.forget(floor, "contact_phone")
            return True
        return False


class QuestionForm(Form):
    form = "question_form"
    files = True

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskMatter(), phone.AskPhone(parts.charter, calls_back=True), ConfirmCall(parts))

    def _start(self, floor: Floor) -> None:
        """With somebody at the desk a person goes on at once; whoever asks for a leader is called by one."""
        noted, *later = floor.recall("next_matters") or [floor.turn.as_noted()]
        asks = noted["intent"] == "request_human" and not leader.wants_leader(noted["text"])
        if not (asks and floor.turn.agents_here):
            super()._start(floor)
            return
        floor.remember(next_matters=later, form_outcome="left")
        floor.hand_over("request_human", saying="utter_handed_over")
        floor.then("action_listen")

    def begin(self, floor: Floor) -> None:
        turn = floor.turn
        kind = QuestionKind.ANSWER if turn.intent == "request_answer" else QuestionKind.CALLBACK
        owed = floor.recall("question_text") if turn.intent == "request_answer" else None
        floor.remember(question_kind=kind, question_text=owed or turn.text)
        floor.say(_OPENINGS.get(turn.intent, f"utter_{kind}_offered"), within=self._within(kind))
        if turn.waited and (known := floor.recall("contact_phone") or turn.phone):
            # Who waited in vain is asked for nothing that we know already.
            floor.say("utter_callback_number", phone=spoken.phone(known))
            floor.remember(contact_phone=known, form_outcome="confirmed", requested_slot=None)
            floor.then(FileQuestion.action)

    def _hear(self, floor: Floor) -> None:
        if floor.turn.intent == "request_human" and not floor.turn.agents_here:
            floor.say("utter_callback_under_way")
            self._stall(floor)
            return
        if floor.turn.asked == AskMatter.slot and self.other_matter(floor) and floor.turn.intent != "report_danger":
            self._note(floor)
        super()._hear(floor)

    def as_matter(self, floor: Floor) -> dict[str, Any]:
        """What was tried before somebody was asked for is not tried again."""
        tried = ALREADY_TRIED.search(floor.recall("question_text") or "") is not None
        return {**super().as_matter(floor), **({"repaired_before": True} if tried else {})}

    def _within(self, kind: QuestionKind) -> str:
        clause = self.parts.charter.clause(matter=TicketType.QUESTION, subject=kind)
        return _NO_LIMIT if isinstance(clause, NoClause) else f"{clause.limit.text}内{spoken.own_mark(clause.mark)}"

    def listen(self, floor: Floor) -> None:
        contact.listen(floor, self.parts.charter)
        turn, noted = floor.turn, floor.recall("question_text") or ""
        more = FORM_OF_INTENT.get(turn.intent) == self.form and turn.intent not in _NO_MATTER
        if turn.asked and more and turn.text not in noted:
            floor.remember(question_text=f"{noted}；{turn.text}")  # one call serves both
        elif turn.asked and turn.asked != AskMatter.slot and turn.text not in noted and _tells_half(floor):
            self._take_half(floor)

    def _take_half(self, floor: Floor) -> None:
        """都试过了，红谷滩区…: belongs to a fault that was told already, else what it is about is asked."""
        said, noted = floor.turn.text, floor.recall("question_text")
        waiting = floor.recall("next_matters") or []
        faults = [matter for matter in waiting if FORM_OF_INTENT.get(matter["intent"]) == "fault_form"]
        about = faults or kind_named(noted) or PASSED_ON in noted or floor.recall("progress_ticket_number")
        floor.remember(question_text=f"{noted}；{said}" if about else f"{noted}；{said}{_HALF_TOLD}")
        if _tried(floor):
            floor.remember(next_matters=[{**each, "repaired_before": each in faults} for each in waiting])


class FileQuestion(FileAction):
    action = "action_file_question"
    accepted = "utter_call_accepted"
    wish_noted = "utter_call_wish_noted"

    def report(self, floor: Floor) -> Report:
        return self.report_of(
            floor,
            ticket_type=TicketType.QUESTION,
            subject=floor.recall("question_kind"),
            service=None,
            description=self._description(floor),
        )

    def _description(self, floor: Floor) -> str:
        """With the ticket of this conversation, which the person who calls back needs."""
        text, ticket = floor.recall("question_text"), floor.recall("progress_ticket_number")
        about = floor.recall("form_opening")["intent"] in _OF_A_TICKET
        return f"{text}（工单 {ticket}）" if ticket and about and "（工单" not in text else text
