"""回访: does it work now? Solved closes the ticket; unsolved reopens the same one (R5.6), or reports the fault anew."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import services, tickets
from actions.answers import Answers
from actions.choices import as_first_said
from actions.fault_kinds import KIND_OF_INTENT, kind_named
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.parts import Parts
from actions.ticket_form import TicketForm
from actions.ticket_wish import WishAction
from actions.turn import Turn
from actions.visit_asked import FORM, SATISFIED, UNSATISFIED
from backend.client import BackendUnavailable, TicketView, VisitAnswer
from backend.domain.vocabulary import OrderKind, TicketStatus, TicketType

_COMPLAINT = re.compile(r"投诉|反映的|意见")
_OF_CONDUCT = re.compile(r"工作证|证件|守时|准时|迟到|[来到]晚|干净|卫生|鞋套|收拾|态度|礼貌|做到|客气|抽烟")
_NOT_KEPT = re.compile(r"没|不[^错]|迟到|[来到]晚|抽烟|脏|乱")
_AT_HOME = frozenset({OrderKind.INSTALL, OrderKind.RELOCATE})
_MENDED = frozenset({TicketType.FAULT, TicketType.ORDER})
_AS_PROMISED = "都做到了"


def _is_solved(floor: Floor) -> bool:
    return bool(floor.recall("form_opening")["intent"] == SATISFIED)


class AskWhatIsBroken:
    """Nothing is on record here: the fault is reported, with what was said."""

    slot = "visit_fault"

    def __init__(self, form: TicketForm) -> None:
        self._form = form

    def open(self, floor: Floor) -> bool:
        return not (_is_solved(floor) or floor.recall("meant_ticket") or floor.recall("meant_number"))

    def ask(self, floor: Floor, *, again: bool) -> None:
        services.ask_what_is_broken(floor, self._form.parts.charter, again=again)

    def take(self, floor: Floor) -> bool:
        turn, opening = floor.turn, floor.recall("form_opening")
        if self._form.took_ticket(floor):
            return True
        kind = KIND_OF_INTENT.get(turn.intent) or kind_named(turn.text)
        if kind is None or turn.asks:
            return False
        said = {
            "text": f"{opening['text']}；{turn.text}",
            "entities": [*opening["entities"], *turn.as_noted()["entities"]],
        }
        report_anew(floor, {**said, "intent": f"report_fault_{kind}"})
        return True


class AskConduct:
    """上门服务怎么样 (R5.7, R9.2). Whatever is said here, the ticket is closed."""

    slot = "visit_conduct"

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_visit_conduct_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        about_it = _OF_CONDUCT.search(turn.text) and not turn.asks
        if turn.intent == UNSATISFIED:
            report_anew(floor, turn.as_noted())
            return True
        if turn.intent in FORM_OF_INTENT or (turn.asks and not turn.affirms):
            return False
        if about_it or turn.intent == "deny":
            conduct = turn.text if about_it else "客户说有没做到的"
        elif turn.affirms or turn.intent in {"praise", "thanks", SATISFIED}:
            conduct = _AS_PROMISED
        elif turn.intent in {"cancel", "goodbye", "dont_know"}:
            conduct = None
        else:
            return False
        floor.remember(visit_conduct=conduct, form_outcome="confirmed")
        return True


class ReturnVisitForm(TicketForm):
    form = FORM
    then = "action_answer_visit"
    about = (AskConduct(),)
    asks_for_it = (*TicketForm.asks_for_it, AskWhatIsBroken.slot)

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskWhatIsBroken(self), *self.questions)

    def candidates(self, known: list[tickets.Known], floor: Floor) -> list[tickets.Known]:
        asked = [ticket for ticket in known if ticket["number"] == floor.turn.visit]
        settled = asked or visited(known)
        if settled or _is_solved(floor):
            return settled
        mine = [ticket for ticket in known if ticket["type"] in _MENDED or _may_be_unsettled(ticket, floor)]
        closed = [ticket for ticket in mine if ticket["status"] == TicketStatus.CLOSED]
        return [ticket for ticket in mine if tickets.is_open(ticket)] or closed

    def begin(self, floor: Floor) -> None:
        floor.forget("visit_fault", "visit_conduct")
        super().begin(floor)

    def found(self, floor: Floor) -> None:
        ticket = floor.recall("meant_ticket")
        if ticket["status"] in {TicketStatus.CANCELLED, TicketStatus.REJECTED}:
            floor.say("utter_ticket_is_finished", **tickets.facts(ticket))
            floor.remember(form_outcome="left")
        elif not _is_solved(floor):
            floor.remember(form_outcome="confirmed")
        elif ticket["status"] != TicketStatus.RESOLVED:
            glad(floor, [ticket])
            floor.remember(form_outcome="left")
        elif not (ticket["type"] == TicketType.FAULT or ticket["subject"] in _AT_HOME):
            floor.remember(form_outcome="confirmed")

    def without_ticket(self, floor: Floor) -> None:
        turn = floor.turn
        floor.say("utter_return_visit_sorry")
        if _COMPLAINT.search(turn.text):
            report_anew(floor, {**turn.as_noted(), "intent": "complain_other"})
        elif kind := kind_named(turn.text):
            report_anew(floor, {**turn.as_noted(), "intent": f"report_fault_{kind}"})

    def keeps(self, floor: Floor) -> bool:
        return floor.turn.asked == AskConduct.slot and floor.turn.intent == "cancel"

    def summary(self, floor: Floor) -> str:
        return f"回访：{super().summary(floor)}"


def _may_be_unsettled(ticket: tickets.Known, floor: Floor) -> bool:
    """还没处理好 may be said of a complaint; 还没修好 is a repair's, and no complaint mends anything."""
    return ticket["type"] == TicketType.COMPLAINT and "修" not in floor.turn.text


def report_anew(floor: Floor, matter: dict[str, Any]) -> None:
    floor.remember(next_matters=[matter, *(floor.recall("next_matters") or ())], form_outcome="left")


def visited(known: list[tickets.Known]) -> list[tickets.Known]:
    """Settled, to be checked with the customer."""
    return [ticket for ticket in known if ticket["status"] == TicketStatus.RESOLVED]


def glad(floor: Floor, known: list[tickets.Known]) -> None:
    """It works – and where a fault is still open, nobody need come for nothing."""
    faults = [ticket for ticket in known if tickets.is_open(ticket) and ticket["type"] == TicketType.FAULT]
    if faults:
        floor.say("utter_glad_but_open", **tickets.facts(faults[0]))
    else:
        floor.say("utter_glad")


class HearVisit(Action):
    """好了，能看了: the answer to a return visit where one is due; else simply good news."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_hear_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        as_first_said(floor)
        turn = floor.turn
        try:
            found = await self._parts.backend.tickets_of(
                conversation=turn.conversation, caller=turn.caller, correlation_id=turn.correlation_id
            )
        except BackendUnavailable:  # nothing is lost by it: the visit is made all the same
            found = ()
        known = [tickets.known(view, self._parts.charter) for view in found]
        if visited(known) or tickets.number_in(turn):
            floor.remember(next_matters=[{**turn.as_noted(), "form": ReturnVisitForm.form}])
            floor.then(ReturnVisitForm.form)
        else:
            glad(floor, known)
        return floor.events()


class AnswerVisit(WishAction):
    action = "action_answer_visit"

    async def carry_out(self, floor: Floor, **asked: Any) -> TicketView:
        answer = VisitAnswer(**asked, solved=_is_solved(floor), conduct=floor.recall("visit_conduct"))
        return await self.parts.backend.answer_visit(answer, correlation_id=floor.turn.correlation_id)

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        conduct = floor.recall("visit_conduct")
        if not _is_solved(floor):
            response = "utter_visit_reopened" if ticket.reopened else "utter_visit_urged"
            floor.say(response, owner=ticket.owner.job_number, **self.facts(ticket))
            if ticket.reopened:
                floor.say("utter_when_at_home")
            return
        floor.say("utter_visit_closed", **self.facts(ticket))
        if conduct and conduct != _AS_PROMISED and _NOT_KEPT.search(conduct):
            floor.say("utter_visit_conduct_noted")

    def go_on(self, floor: Floor) -> None:
        """Who has just been asked when somebody may come is asked nothing else."""
        if floor.recall("next_matters"):
            super().go_on(floor)
