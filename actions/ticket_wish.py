"""What a customer wants done with a ticket: one call to the backend, and what comes of it is told."""

from __future__ import annotations

from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import binding, codes, tickets
from actions.filing import go_on
from actions.floor import Floor
from actions.parts import Parts
from actions.ticket_form import OF_THE_TICKET, hand_over
from actions.turn import Turn
from backend.client import BackendUnavailable, Refused, TicketView

log = structlog.get_logger()
OF_THE_WISH = (
    "matter_id",
    "form_outcome",
    "form_opening",
    "appointment_time",
    "appointment_vague",
    "cancellation_confirmed",
    "materials_in_hand",
    "visit_fault",
    "visit_satisfaction",
    "visit_conduct",
)


class WishAction(Action):
    action: ClassVar[str]

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def name(self) -> str:
        return self.action

    async def carry_out(self, floor: Floor, **asked: Any) -> TicketView:
        """`asked`: what every wish carries – ticket, proof, words, and the message that said it."""
        raise NotImplementedError

    def tell(self, floor: Floor, ticket: TicketView) -> None:
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        try:
            ticket = await self.carry_out(floor, **self._asked(floor))
        except BackendUnavailable as away:
            log.warning("wish_handed_over", action=self.action, reason=away.reason)
            floor.say("utter_ticket_system_away")
            hand_over(floor)
        except Refused as refusal:
            if refusal.code == codes.NOT_BOUND:
                number = floor.recall("meant_ticket")["number"]
                binding.begin(floor, of={"ticket_number": number}, then=self.action)
                return floor.events()
            floor.say("utter_wish_refused", reason=refusal.message, hotline=self.parts.charter.operator.hotline)
        else:
            log.info("wish_carried_out", action=self.action, ticket_number=ticket.number)
            self.tell(floor, ticket)
        floor.forget(*OF_THE_TICKET, *OF_THE_WISH)
        self.go_on(floor)
        return floor.events()

    def go_on(self, floor: Floor) -> None:
        go_on(floor)

    def facts(self, ticket: TicketView) -> dict[str, str]:
        return tickets.facts(tickets.known(ticket, self.parts.charter))

    def _asked(self, floor: Floor) -> dict[str, Any]:
        turn = floor.turn
        return {
            "ticket_number": floor.recall("meant_ticket")["number"],
            "conversation": turn.conversation,
            "caller": turn.caller,
            # With the log time of the message it is the same when the turn runs again.
            "request_id": f"{self.action} {turn.accepted_at.isoformat()}",
            "said_at": turn.accepted_at,
            "text": floor.recall("form_opening")["text"][:2000],
        }
