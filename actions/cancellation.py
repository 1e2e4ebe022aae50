"""撤单: the customer no longer wants it. Said back once, then done, with the reason in their own words."""

from __future__ import annotations

import re
from typing import Any

from actions import tickets
from actions.answers import Answers
from actions.appointment import not_that_day
from actions.floor import Floor
from actions.parts import Parts
from actions.ticket_form import TicketForm
from actions.ticket_wish import WishAction
from backend.client import TicketView, Wish
from backend.domain.vocabulary import TicketStatus

_NOT_THIS_ONE = re.compile(r"不是(?:这|那)[张个条单]|搞错|弄错|另外?一[张个]")


class ConfirmCancellation:
    slot = "cancellation_confirmed"

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_cancellation_read_back", **tickets.facts(floor.recall("meant_ticket")))

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        if turn.intent in {"deny", "cancel", "correction"} or tickets.is_kept(turn.text):
            if self._another(floor):
                return True
            floor.say("utter_ticket_stays")
            floor.remember(form_outcome="left")
        elif turn.intent == "change_appointment":
            floor.remember(next_matters=[turn.as_noted(), *(floor.recall("next_matters") or ())], form_outcome="left")
        elif turn.affirms or (turn.intent == "cancel_ticket" and not turn.asks):
            floor.remember(form_outcome="confirmed")
        else:
            return False
        return True

    def _another(self, floor: Floor) -> bool:
        """不是这张，是宽带那张."""
        others = [
            each
            for each in floor.recall("tickets_known") or ()
            if tickets.is_open(each) and each["number"] != floor.recall("meant_ticket")["number"]
        ]
        picked = tickets.pointed_at(floor.turn.text, others)
        if len(picked) == 1:
            floor.remember(meant_ticket=picked[0])
            return True
        if others and _NOT_THIS_ONE.search(floor.turn.text):
            floor.remember(meant_ticket=None, tickets_offered=others)
            return True
        return False


class CancellationForm(TicketForm):
    form = "cancellation_form"
    then = "action_withdraw_ticket"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self.about = (ConfirmCancellation(parts),)
        super().__init__(parts, answers)

    def begin(self, floor: Floor) -> None:
        turn = floor.turn
        if not_that_day(turn):
            # 明天不用来了: the visit, not the matter.
            later = floor.recall("next_matters") or ()
            floor.remember(next_matters=[{**turn.as_noted(), "intent": "change_appointment"}, *later])
            self.leave(floor)
            return
        super().begin(floor)

    def keeps(self, floor: Floor) -> bool:
        return floor.turn.asked == ConfirmCancellation.slot and floor.turn.intent == "cancel"

    def found(self, floor: Floor) -> None:
        ticket = floor.recall("meant_ticket")
        if tickets.is_open(ticket) and self.parts.charter.is_urgent(subject=ticket["subject"]):
            floor.say("utter_urgent_not_withdrawn", **tickets.facts(ticket))
        elif ticket["status"] == TicketStatus.CANCELLED:
            floor.say("utter_ticket_withdrawn_before", **tickets.facts(ticket))
        elif not tickets.is_open(ticket):
            floor.say("utter_ticket_is_finished", **tickets.facts(ticket))
        else:
            return
        floor.remember(form_outcome="left")

    def summary(self, floor: Floor) -> str:
        return f"撤单：{super().summary(floor)}"


class WithdrawTicket(WishAction):
    action = "action_withdraw_ticket"

    async def carry_out(self, floor: Floor, **asked: Any) -> TicketView:
        return await self.parts.backend.withdraw(Wish(**asked), correlation_id=floor.turn.correlation_id)

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        floor.say("utter_ticket_withdrawn", **self.facts(ticket))
