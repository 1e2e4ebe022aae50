"""A new TroubleTicket as a partner sends it. Everything wrong is told at one time."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from backend.api.errors import BadRequest
from backend.api.tmf621_ticket import MATTER
from backend.domain.vocabulary import Channel, FaultKind, OrderKind, QuestionKind, TicketStatus, TicketType
from backend.messages import Report, ShapeInvalid

SUBJECTS: Final[Mapping[TicketType, frozenset[str]]] = {
    TicketType.FAULT: frozenset(FaultKind),
    TicketType.ORDER: frozenset(OrderKind),
    TicketType.QUESTION: frozenset(QuestionKind),
}
REQUIRED: Final = ("description", "severity", "ticketType")  # TroubleTicket_FVO
TAKEN: Final = frozenset(
    {
        "@type",
        "@baseType",
        "@schemaLocation",
        "channel",
        "description",
        "externalIdentifier",
        "name",
        "requestedResolutionDate",
        "severity",
        "status",
        "ticketType",
        "troubleTicketCharacteristic",
    }
)
CHARACTERISTICS: Final = frozenset(
    {"address", "area", "contactPhone", "conversation", "requestedText", "service", "subject"}
)
_NAMES: Final[Mapping[str, str]] = {  # of a Report's fields, as the sender knows them
    "ticket_type": "ticketType",
    "contact_phone": "contactPhone",
    "requested_at": "requestedResolutionDate",
    "requested_text": "requestedText",
    "matter_id": "externalIdentifier",
}


def new_report(body: Mapping[str, Any], *, now: datetime) -> Report:
    """A partner's ticket, accepted now. Without an external identifier it gets a matter id of its own."""
    said = {str(item.get("name")): item.get("value") for item in _objects(body, "troubleTicketCharacteristic")}
    subject = said.get("subject") or body.get("name")
    problems = list(_problems(body, said, subject))
    matter_id = _matter_id(body) or f"{Channel.PARTNER}-{uuid4()}"
    shape = {
        "matter_id": matter_id,
        "ticket_type": body.get("ticketType"),
        "subject": subject,
        "service": said.get("service"),
        "description": body.get("description"),
        "address": said.get("address"),
        "area": said.get("area"),
        "contact_phone": said.get("contactPhone"),
        "accepted_at": now.isoformat(),
        "requested_at": body.get("requestedResolutionDate"),
        "requested_text": said.get("requestedText"),
        "channel": _channel(body),
        "conversation": said.get("conversation") or matter_id,
    }
    missing = {name for name, value in shape.items() if value is None or value == ""}
    try:
        report = Report.from_json(json.dumps(shape))
    except ShapeInvalid as invalid:
        named = {name: problem for name, _, problem in (each.partition(": ") for each in invalid.problems)}
        problems += [f"{_NAMES.get(name, name)}: {wrong}" for name, wrong in named.items() if name not in missing]
        raise BadRequest(problems="；".join(problems)) from invalid
    if problems:
        raise BadRequest(problems="；".join(problems))
    return report


def _problems(body: Mapping[str, Any], said: Mapping[str, Any], subject: object) -> Iterable[str]:
    yield from (f"{name} is missing" for name in ("@type", *REQUIRED) if not body.get(name))
    if not subject:
        yield "troubleTicketCharacteristic subject (or name) is missing"
    if not said.get("contactPhone"):
        yield "troubleTicketCharacteristic contactPhone (E.164) is missing"
    if body.get("@type", "TroubleTicket") != "TroubleTicket":
        yield "@type must be TroubleTicket"
    # expectedResolutionDate above all: the charter promises, not the sender.
    yield from (f"{name} can't be set" for name in sorted(set(body) - TAKEN))
    yield from (f"troubleTicketCharacteristic {name} can't be set" for name in sorted(set(said) - CHARACTERISTICS))
    if body.get("status", TicketStatus.ACKNOWLEDGED) != TicketStatus.ACKNOWLEDGED:
        yield "status: a new ticket is acknowledged"
    ticket_type = body.get("ticketType")
    allowed = SUBJECTS.get(TicketType(ticket_type)) if ticket_type in set(TicketType) else None
    if allowed and subject and subject not in allowed:
        yield f"subject: one of {', '.join(sorted(allowed))}"
    severity = body.get("severity")
    if severity and not (isinstance(severity, str) and len(severity) <= 128 and severity.isprintable()):
        yield "severity: not a short text"


def _matter_id(body: Mapping[str, Any]) -> str | None:
    """The identifier marked as the matter's, else the first."""
    identifiers = sorted(
        _objects(body, "externalIdentifier"), key=lambda item: item.get("externalIdentifierType") != MATTER
    )
    return next((item["id"] for item in identifiers if item.get("id")), None)


def _channel(body: Mapping[str, Any]) -> object:
    channel = body.get("channel")
    named = channel.get("id") or channel.get("name") if isinstance(channel, dict) else channel
    return named or Channel.PARTNER


def _objects(body: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    items = body.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadRequest(problems=f"{name}: not a list of objects")
    return items
