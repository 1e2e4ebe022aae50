"""What a partner sends: a new TroubleTicket, a merge-patch, a search. Everything wrong is told at one time."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from backend.api.errors import BadRequest, NotOffered
from backend.api.tmf621_ticket import ATTRIBUTES, MATTER
from backend.domain.vocabulary import Channel, FaultKind, OrderKind, QuestionKind, TicketStatus, TicketType
from backend.messages import Moment, Report
from backend.ports import Criterion, Operator

SUBJECTS: Final[Mapping[TicketType, frozenset[str]]] = {
    TicketType.FAULT: frozenset(FaultKind),
    TicketType.ORDER: frozenset(OrderKind),
    TicketType.QUESTION: frozenset(QuestionKind),
}
REQUIRED: Final = ("description", "severity", "ticketType")  # TroubleTicket_FVO
PATCHABLE: Final = frozenset({"@type", "status", "statusChangeReason"})
DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 200

_MOMENT: Final = TypeAdapter(Moment)
_TEXTS: Final[Mapping[str, str]] = {
    "id": "number",
    "name": "subject",
    "ticketType": "ticket_type",
    "status": "status",
    "severity": "grade",
    "externalIdentifier.id": "matter_id",
    "relatedParty.partyOrPartyRole.id": "staff",
    "channel.id": "channel",
    "channel.name": "channel",
    "troubleTicketCharacteristic.area": "area",
    "troubleTicketCharacteristic.conversation": "conversation",
}
_MOMENTS: Final[Mapping[str, str]] = {
    "creationDate": "accepted_at",
    "requestedResolutionDate": "requested_at",
    "expectedResolutionDate": "expected_at",
    "resolutionDate": "resolved_at",
    "statusChangeDate": "changed_at",
}
_OPERATORS: Final[frozenset[str]] = frozenset(get_args(Operator))
_NOT_OFFERED: Final = frozenset({"before", "after", "filter"})


@dataclass(frozen=True, kw_only=True)
class Search:
    criteria: tuple[Criterion, ...]
    newest_first: bool
    offset: int
    limit: int


@dataclass(frozen=True, kw_only=True)
class StatusPatch:
    status: TicketStatus
    reason: str


def body_of(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise BadRequest(problems="not JSON") from wrong
    if not isinstance(body, dict):
        raise BadRequest(problems="not a JSON object")
    return body


def new_report(body: Mapping[str, Any], *, now: datetime) -> Report:
    """A partner's ticket, accepted now. Without an external identifier it gets a matter id of its own."""
    said = _characteristics(body)
    problems = [f"{name} is missing" for name in ("@type", *REQUIRED) if not body.get(name)]
    subject = said.get("subject") or body.get("name")
    if not subject:
        problems.append("troubleTicketCharacteristic subject (or name) is missing")
    if not said.get("contactPhone"):
        problems.append("troubleTicketCharacteristic contactPhone (E.164) is missing")
    if body.get("@type", "TroubleTicket") != "TroubleTicket":
        problems.append("@type must be TroubleTicket")
    # The charter promises, not the sender.
    problems += [f"{name} can't be set" for name in ("expectedResolutionDate", "resolutionDate") if name in body]
    if body.get("status", TicketStatus.ACKNOWLEDGED) != TicketStatus.ACKNOWLEDGED:
        problems.append("status: a new ticket is acknowledged")
    ticket_type = body.get("ticketType")
    allowed = SUBJECTS.get(TicketType(ticket_type)) if ticket_type in set(TicketType) else None
    if allowed and subject and subject not in allowed:
        problems.append(f"subject: one of {', '.join(sorted(allowed))}")
    severity = body.get("severity")
    if severity and not (isinstance(severity, str) and len(severity) <= 128 and severity.isprintable()):
        problems.append("severity: not a short text")
    if problems:
        raise BadRequest(problems="；".join(problems))
    matter_id = _matter_id(body) or f"{Channel.PARTNER}-{uuid4()}"
    shape = {
        "matter_id": matter_id,
        "ticket_type": ticket_type,
        "subject": subject,
        "service": said.get("service"),
        "description": body["description"],
        "address": said.get("address"),
        "area": said.get("area"),
        "contact_phone": said["contactPhone"],
        "accepted_at": now.isoformat(),
        "requested_at": body.get("requestedResolutionDate"),
        "requested_text": said.get("requestedText"),
        "channel": _channel(body),
        "conversation": said.get("conversation") or matter_id,
    }
    return Report.from_json(json.dumps(shape))


def status_patch(body: Mapping[str, Any]) -> StatusPatch:
    others = sorted(set(body) - PATCHABLE)
    if others:
        raise BadRequest(problems=f"can't be changed: {', '.join(others)}; only status, statusChangeReason")
    if body.get("status") not in set(TicketStatus):
        raise BadRequest(problems=f"status: one of {', '.join(TicketStatus)}")
    reason = body.get("statusChangeReason") or ""
    if not isinstance(reason, str):
        raise BadRequest(problems="statusChangeReason: not a text")
    return StatusPatch(status=TicketStatus(body["status"]), reason=reason)


def wanted_fields(query: Mapping[str, str]) -> frozenset[str]:
    if "fields" not in query:
        return ATTRIBUTES
    fields = frozenset(name.strip() for name in query["fields"].split(",")) - {"", "none"}
    if fields - ATTRIBUTES:
        raise BadRequest(problems=f"fields: unknown {', '.join(sorted(fields - ATTRIBUTES))}")
    return fields


def search(query: Mapping[str, str]) -> Search:
    if _NOT_OFFERED & set(query):
        raise NotOffered(what=", ".join(sorted(_NOT_OFFERED & set(query))))
    sort = query.get("sort", "creationDate")
    if sort not in {"creationDate", "-creationDate"}:
        raise BadRequest(problems="sort: creationDate or -creationDate")
    filters = {name: value for name, value in query.items() if name not in {"fields", "offset", "limit", "sort"}}
    return Search(
        criteria=tuple(_criterion(name, value) for name, value in filters.items()),
        newest_first=sort.startswith("-"),
        offset=_count(query, "offset", default=0),
        limit=min(_count(query, "limit", default=DEFAULT_LIMIT), LARGEST_LIMIT),
    )


def _criterion(name: str, value: str) -> Criterion:
    if name in _TEXTS:
        return Criterion(attribute=_TEXTS[name], operator="eq", values=tuple(value.split(",")))
    attribute, _, operator = name.partition(".")
    if attribute not in _MOMENTS or (operator or "eq") not in _OPERATORS:
        raise BadRequest(problems=f"no filter by {name}")
    try:
        moment = _MOMENT.validate_python(value.replace(" ", "+"))  # a "+08:00" not percent-encoded
    except ValidationError as wrong:
        raise BadRequest(problems=f"{name}: not a time with its time zone") from wrong
    chosen: Operator = next((known for known in get_args(Operator) if known == operator), "eq")
    return Criterion(attribute=_MOMENTS[attribute], operator=chosen, values=(moment,))


def _count(query: Mapping[str, str], name: str, *, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest(problems=f"{name}: not a whole number from 0 up")
    return int(text)


def _characteristics(body: Mapping[str, Any]) -> dict[str, Any]:
    return {str(item.get("name")): item.get("value") for item in _objects(body, "troubleTicketCharacteristic")}


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
