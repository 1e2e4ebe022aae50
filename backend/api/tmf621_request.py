"""A new TroubleTicket as a partner sends it. Everything wrong is told at one time."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from backend.api.errors import BadRequest
from backend.api.tmf621_openapi import wrong_with
from backend.api.tmf621_ticket import MATTER
from backend.domain.vocabulary import Channel, FaultKind, OrderKind, QuestionKind, TicketType
from backend.messages.reports import Report, ShapeInvalid

SUBJECTS: Final[Mapping[TicketType, frozenset[str]]] = {
    TicketType.FAULT: frozenset(FaultKind),
    TicketType.ORDER: frozenset(OrderKind),
    TicketType.QUESTION: frozenset(QuestionKind),
}
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
    matter_id = _matter_id(body) or f"{Channel.PARTNER}-{uuid4()}"
    problems = [*wrong_with(body, "NewTroubleTicket"), *_wrong_beside(body, subject, said.get("contactPhone"))]
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
    try:
        report = Report.from_json(json.dumps(shape))
    except ShapeInvalid as invalid:
        told = " ".join(problems)
        named = (each.partition(": ") for each in invalid.problems)
        wrong = ((_NAMES.get(name, name), problem) for name, _, problem in named)
        problems += [f"{name}: {problem}" for name, problem in wrong if name not in told]
    if problems:
        raise BadRequest(problems="；".join(problems))
    return report


def _wrong_beside(body: Mapping[str, Any], subject: object, phone: object) -> Iterator[str]:
    """What the description can't say."""
    if not subject:
        yield "troubleTicketCharacteristic subject (or name) is missing"
    if not phone:
        yield "troubleTicketCharacteristic contactPhone (E.164) is missing"
    ticket_type = body.get("ticketType")
    allowed = next((SUBJECTS.get(known) for known in TicketType if known == ticket_type), None)
    if allowed and subject and subject not in allowed:
        yield f"subject: one of {', '.join(sorted(allowed))}"
    severity = body.get("severity")
    if isinstance(severity, str) and not severity.isprintable():
        yield "severity: not printable"


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


def _objects(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = body.get(name, [])
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
