"""回访: does it work now? Solved closes the ticket; unsolved reopens the same one (R5.6), or reports the fault anew."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import services, tickets, visit_marks
from actions.answers import Answers
from actions.choices import as_first_said
from actions.fault_kinds import INTENT_OF_KIND, KIND_OF_INTENT, kind_named
from actions.floor import Floor
from actions.parts import Parts
from actions.ticket_form import TicketForm
from actions.ticket_wish import WishAction
from actions.turn import Turn
from actions.visit_asked import FORM, SATISFIED
from actions.visit_questions import AskConduct, AskSatisfaction, keeps, listen_for_mark, report_anew
from backend.client import BackendUnavailable, Refused, TicketView, VisitAnswer
from backend.domain.vocabulary import FaultKind, TicketStatus, TicketType

log = structlog.get_logger()
_COMPLAINT = re.compile(r"投诉|反映的|意见")
_MENDED = frozenset({TicketType.FAULT, TicketType.ORDER})


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


class ReturnVisitForm(TicketForm):
    form = FORM
    then = "action_answer_visit"
    about = (AskSatisfaction(), AskConduct())
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
        floor.forget("visit_fault", "visit_satisfaction", "visit_conduct")
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
        else:
            listen_for_mark(floor, floor.recall("form_opening")["text"])
            floor.find_out(partial(self._keep, floor))

    def without_ticket(self, floor: Floor) -> None:
        turn = floor.turn
        if dropped := floor.recall("fault_kind"):  # 算了不装了，电视还是要修: told here, and never filed
            said = {"text": f"{floor.recall('fault_symptom')}；{turn.text}", "repaired_before": True}
            report_anew(floor, {**turn.as_noted(), **said, "intent": INTENT_OF_KIND[FaultKind(dropped)]})
            return
        floor.say("utter_return_visit_sorry")
        if _COMPLAINT.search(turn.text):
            report_anew(floor, {**turn.as_noted(), "intent": "complain_other"})
        elif kind := kind_named(turn.text):
            report_anew(floor, {**turn.as_noted(), "intent": f"report_fault_{kind}"})

    async def _keep(self, floor: Floor) -> None:
        """Who says that it works and hangs up has answered all the same; at the end it is said once more."""
        turn = floor.turn
        answer = VisitAnswer(
            ticket_number=floor.recall("meant_ticket")["number"],
            conversation=turn.conversation,
            caller=turn.caller,
            request_id=f"solved {turn.accepted_at.isoformat()}",
            said_at=turn.accepted_at,
            text=floor.recall("form_opening")["text"][:2000],
            solved=True,
            goes_on=True,
        )
        try:
            await self.parts.backend.answer_visit(answer, correlation_id=turn.correlation_id)
        except (BackendUnavailable, Refused) as reason:
            log.warning("visit_not_kept_yet", ticket_number=answer.ticket_number, reason=str(reason))

    def keeps(self, floor: Floor) -> bool:
        return keeps(floor.turn)

    def summary(self, floor: Floor) -> str:
        return f"回访：{super().summary(floor)}"


def _may_be_unsettled(ticket: tickets.Known, floor: Floor) -> bool:
    """还没处理好 may be said of a complaint; 还没修好 is a repair's, and no complaint mends anything."""
    return ticket["type"] == TicketType.COMPLAINT and "修" not in floor.turn.text


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
        words = floor.recall("visit_conduct") or ""
        answer = VisitAnswer(
            **asked,
            solved=_is_solved(floor),
            satisfaction=floor.recall("visit_satisfaction") or None,
            conduct=dict(visit_marks.conduct(words)),
            remark=words if words != visit_marks.AS_PROMISED else None,
        )
        return await self.parts.backend.answer_visit(answer, correlation_id=floor.turn.correlation_id)

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        if not _is_solved(floor):
            response = "utter_visit_reopened" if ticket.reopened else "utter_visit_urged"
            floor.say(response, owner=ticket.owner.job_number, **self.facts(ticket))
            if ticket.reopened:
                floor.say("utter_when_at_home")
            return
        satisfaction, words = floor.recall("visit_satisfaction"), floor.recall("visit_conduct") or ""
        if ticket.status is TicketStatus.CLOSED:
            floor.say("utter_visit_closed", **self.facts(ticket))
        else:
            facts = self.facts(ticket)
            floor.say("utter_visit_not_content", satisfaction=satisfaction, owner=ticket.owner.job_number, **facts)
        if visit_marks.not_kept(words) and visit_marks.is_of_conduct(words):
            floor.say("utter_visit_conduct_noted")
        elif words not in {"", visit_marks.AS_PROMISED}:
            floor.say("utter_visit_remark_noted")

    def go_on(self, floor: Floor) -> None:
        """Who has just been asked when somebody may come is asked nothing else."""
        if floor.recall("next_matters"):
            super().go_on(floor)
