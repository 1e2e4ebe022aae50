"""投诉涉及的工单: the open tickets of this conversation that a complaint is about, or that hold it already.

Only what the conversation filed or has proven to be its own is looked up, told and compared.
"""

from __future__ import annotations

from typing import Any

import structlog

from actions import spoken, tickets
from actions.complaint_words import description
from actions.fault_kinds import SERVICE_OF_KIND
from actions.floor import Floor
from actions.parts import Parts
from backend.client import BackendUnavailable, Refused, TicketView
from backend.domain.charter import Charter
from backend.domain.labels import FAULT_LABELS
from backend.domain.same_complaint import Sameness, sameness
from backend.domain.ticket import OPEN
from backend.domain.vocabulary import ComplaintKind, FaultKind, TicketType

OF_A_REPAIR = frozenset({ComplaintKind.OVERDUE, ComplaintKind.REPEAT_FAULT})
log = structlog.get_logger()


async def look_up(floor: Floor, parts: Parts) -> None:
    """Without the backend the complaint goes on without them; which are one is then decided at the filing."""
    try:
        found = await parts.backend.tickets_of(
            conversation=floor.turn.conversation,
            caller=floor.turn.caller,
            correlation_id=floor.turn.correlation_id,
        )
    except (BackendUnavailable, Refused) as away:
        log.warning("open_tickets_unknown", reason=type(away).__name__)
        found = ()
    floor.remember(complaint_open_tickets=[_noted(ticket, parts) for ticket in found if ticket.status in OPEN])


def _noted(ticket: TicketView, parts: Parts) -> dict[str, Any]:
    process = parts.charter.processes.get(ticket.subject)
    faults = {str(fault): label for fault, label in FAULT_LABELS.items()}
    return {
        "number": ticket.number,
        "type": ticket.ticket_type,
        "subject": ticket.subject,
        "label": process.label if process else faults.get(ticket.subject, ""),
        "description": ticket.description,
        "accepted": spoken.moment(ticket.accepted_at),
        "standing": tickets.standing(ticket),
        "wished": tickets.wished(ticket),
        "overdue": ticket.overdue,
    }


def tell_repairs(floor: Floor, charter: Charter) -> None:
    """我看到您的报修单: what a complaint about waiting or repairing is about, pressed with it."""
    about = [ticket for ticket in floor.recall("complaint_open_tickets") or () if _is_about(floor, ticket)]
    of_a_repair = ComplaintKind(floor.recall("complaint_kind")) in OF_A_REPAIR
    if not about or not of_a_repair or floor.recall("complaint_about"):
        return
    floor.remember(complaint_about=about[0]["number"])
    shown = (
        f"{each['accepted']}登记的{each['label']}（工单 {spoken.ticket_number(each['number'])}）" for each in about
    )
    floor.say("utter_complaint_about", tickets="、".join(shown), **about[0]["standing"])
    if wished := about[0]["wished"]:
        floor.say("utter_ticket_wished", wished=wished)
    if about[0]["overdue"]:
        floor.say("utter_ticket_overdue", supervision=charter.operator.supervision_phone)


def _is_about(floor: Floor, ticket: dict[str, Any]) -> bool:
    if ticket["type"] not in {TicketType.FAULT, TicketType.ORDER}:
        return False
    named, subject = floor.turn.entity("service"), ticket["subject"]
    service = SERVICE_OF_KIND.get(FaultKind(subject)) if ticket["type"] == TicketType.FAULT else None
    return named is None or service in {None, named}


def maybe_same(floor: Floor) -> dict[str, Any] | None:
    """The open complaint that may be this one: told in the same words, or in too few to say."""
    said = description(floor)
    for ticket in floor.recall("complaint_open_tickets") or ():
        of_the_kind = ticket["type"] == TicketType.COMPLAINT and ticket["subject"] == floor.recall("complaint_kind")
        if of_the_kind and sameness(told=ticket["description"], said=said) is not Sameness.OTHER:
            found: dict[str, Any] = ticket
            return found
    return None
