"""A ticket as a TMF621 v5 TroubleTicket. What the interface has no field for stands in troubleTicketCharacteristic."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from backend.domain.promise import Promise
from backend.domain.vocabulary import Role
from backend.ports import Entry, Event, Filed
from backend.queries import main_promise

BASE_PATH: Final = "/tmf-api/troubleTicket/v5"
MATTER: Final = "matterId"  # the externalIdentifierType of a matter's id
URGENT: Final = "Critical"  # the interface's word for what is reported to the leader at once (R2.6)
ATTRIBUTES: Final = frozenset(
    {
        "@type",
        "attachment",
        "channel",
        "creationDate",
        "description",
        "expectedResolutionDate",
        "externalIdentifier",
        "href",
        "id",
        "lastUpdate",
        "name",
        "note",
        "priority",
        "relatedParty",
        "requestedResolutionDate",
        "resolutionDate",
        "severity",
        "status",
        "statusChangeDate",
        "statusChangeHistory",
        "statusChangeReason",
        "ticketType",
        "troubleTicketCharacteristic",
    }
)
ALWAYS: Final = frozenset({"@type", "href", "id"})

Json = dict[str, Any]


def trouble_ticket(filed: Filed, *, history: Sequence[Entry], url: str, fields: frozenset[str] = ATTRIBUTES) -> Json:
    ticket, number = filed.ticket, str(filed.ticket.number)
    promised = main_promise(filed)
    whole: Json = {
        "@type": "TroubleTicket",
        "id": number,
        "href": f"{url}{BASE_PATH}/troubleTicket/{number}",
        "name": ticket.subject,
        "description": ticket.description,
        "ticketType": ticket.ticket_type,
        "severity": ticket.grade,
        "priority": URGENT if ticket.reported_to else None,
        "status": ticket.status,
        "statusChangeDate": shown_time(ticket.status_changed_at),
        "statusChangeReason": ticket.status_reason,
        "statusChangeHistory": list(_status_changes(filed, history)),
        "creationDate": shown_time(ticket.accepted_at),
        "lastUpdate": shown_time(max([ticket.status_changed_at, *(entry.at for entry in history)])),
        "requestedResolutionDate": shown_time(ticket.requested_at),
        "expectedResolutionDate": shown_time(promised.due) if promised else None,
        "resolutionDate": shown_time(ticket.resolved_at),
        "channel": {
            "@type": "ChannelRef",
            "@referredType": "Channel",
            "id": ticket.channel,
            "name": ticket.channel,
        },
        "externalIdentifier": [
            {
                "@type": "ExternalIdentifier",
                "owner": "shouwen",
                "externalIdentifierType": MATTER,
                "id": matter_id,
            }
            for matter_id in dict.fromkeys([ticket.matter_id, *filed.matter_ids])
        ],
        "relatedParty": list(_related_parties(filed)),
        "note": list(_notes(filed, history)),
        "attachment": [_photo(attachment) for attachment in ticket.attachments] or None,
        "troubleTicketCharacteristic": list(_characteristics(filed)),
    }
    return {name: value for name, value in whole.items() if name in fields | ALWAYS and value is not None}


def _photo(attachment: str) -> Json:
    """The id by which the bot keeps it: a customer's photo is for the staff, and for nobody else to fetch."""
    return {"@type": "AttachmentRef", "@referredType": "Attachment", "id": attachment, "name": "照片"}


def _status_changes(filed: Filed, history: Sequence[Entry]) -> Iterator[Json]:
    for entry in history:
        if entry.event in {Event.FILED, Event.STATUS_CHANGED}:
            at = filed.ticket.accepted_at if entry.event is Event.FILED else entry.at
            change: Json = {"@type": "StatusChange", "status": entry.status, "statusChangeDate": shown_time(at)}
            yield change | ({"statusChangeReason": entry.reason} if entry.reason else {})


def _related_parties(filed: Filed) -> Iterator[Json]:
    ticket = filed.ticket
    yield _party(Role.CUSTOMER, ticket.contact_phone)
    yield _party(Role.FIRST_INQUIRY_OWNER, ticket.owner, name=filed.owner_role)
    yield _party(Role.HANDLER, ticket.handler)
    if filed.area_manager:
        yield _party(Role.AREA_MANAGER, filed.area_manager)


def _party(role: Role, party: str, *, name: str | None = None) -> Json:
    reference: Json = {"@type": "PartyRef", "@referredType": "Individual", "id": party}
    return {
        "@type": "RelatedPartyRefOrPartyRoleRef",
        "role": role,
        "partyOrPartyRole": reference | ({"name": name} if name else {}),
    }


def _notes(filed: Filed, history: Sequence[Entry]) -> Iterator[Json]:
    for entry in history:
        if entry.event is Event.URGED:
            yield _note(author=entry.by, at=entry.at, text=_urge(entry))
        elif entry.event is Event.REPORTED_TO_LEADER:
            leader = entry.detail.get("leader")
            yield _note(author=entry.by, at=entry.at, text=f"{entry.reason or '已报告负责人'}：工号 {leader}")
        elif entry.event is Event.APPOINTMENT_CHANGED:
            yield _note(author=entry.by, at=entry.at, text=_appointment(entry))
        elif entry.event is Event.RETURN_VISIT:
            yield _note(author=entry.by, at=entry.at, text=_visit(entry))
        elif entry.event is Event.REMARKED:
            yield _note(author=str(entry.detail["author"]), at=entry.at, text=str(entry.detail["text"]))
        elif entry.event in _DECISIONS:
            text = "：".join(filter(None, (_DECISIONS[entry.event], entry.reason)))
            yield _note(author=entry.by, at=entry.at, text=text)
    if filed.ticket.outcome and filed.ticket.resolved_at:
        yield _note(author=filed.ticket.status_changed_by, at=filed.ticket.resolved_at, text=filed.ticket.outcome)


_DECISIONS = {
    Event.EXTENSION_ASKED: "申请延期",
    Event.EXTENSION_REFUSED: "延期未批准",
    Event.EXTENDED: "延期",
    Event.EXCUSED: "不计逾期",
    Event.REGRADED: "调整等级",
    Event.OWNER_CHANGED: "变更首问责任人",
    Event.REFERRED: "引导",
    Event.ERASED: "抹除",
}


def _urge(entry: Entry) -> str:
    said = entry.detail
    wished = said.get("requestedText") or said.get("requestedAt")
    parts = (said.get("description"), _labelled("地址", said.get("address")), _labelled("希望时间", wished))
    return "：".join(part for part in ("催办", "；".join(str(part) for part in parts if part)) if part)


def _appointment(entry: Entry) -> str:
    said = entry.detail
    later = "客户自己要求晚于承诺时限" if said.get("laterThanPromised") else ""
    wished = said.get("requestedText")
    parts = (
        f"改约：{wished}" if wished else "原约时间客户不方便，未另约",
        later,
        _labelled("客户原话", said.get("said")),
    )
    return "；".join(filter(None, parts))


def _visit(entry: Entry) -> str:
    said = entry.detail
    parts = (
        "回访：已解决" if said.get("solved") else "回访：未解决",
        _labelled("满意度", said.get("satisfaction")),
        _labelled("客户评价", said.get("remark")),
        _labelled("客户原话", said.get("said")),
    )
    return "；".join(filter(None, parts))


def _labelled(label: str, value: object) -> str:
    return f"{label} {value}" if value else ""


def _note(*, author: str, at: datetime, text: str) -> Json:
    return {"@type": "Note", "author": author, "date": shown_time(at), "text": text}


def _characteristics(filed: Filed) -> Iterator[Json]:
    ticket = filed.ticket
    promised = main_promise(filed)
    texts: dict[str, str | None] = {
        "contactPhone": ticket.contact_phone,
        "subject": ticket.subject,
        "service": ticket.service,
        "address": ticket.address,
        "area": ticket.area,
        "district": filed.district,
        "requestedText": ticket.requested_text,
        "conversation": ticket.conversation,
        "agent": filed.agent,
        "reportedSeverity": filed.reported_severity,
        "ownerPhone": filed.owner_phone,
        "ownerChosenBy": filed.owner_chosen_by,
        "charterOperator": filed.charter_operator,
        "charterVersion": filed.charter_version,
        "charterDigest": filed.charter_digest,
        "filedAt": shown_time(filed.filed_at),
    }
    if promised:
        texts |= {
            "clause": promised.clause,
            "rule": promised.rule,
            "source": promised.source,
            "calendar": promised.calendar,
            "promiseReason": promised.reason,
        }
    for name, value in texts.items():
        if value is not None:
            yield _characteristic("StringCharacteristic", "string", name, value)
    flags = {
        "provisional": any(told.provisional for told in ticket.promises),
        "ownerSample": filed.owner_sample,
        "needsReturnVisit": ticket.needs_return_visit,
    }
    for name, flag in flags.items():
        yield _characteristic("BooleanCharacteristic", "boolean", name, flag)
    promises = [_promise(told) for told in ticket.promises]
    yield _characteristic("ObjectArrayCharacteristic", "objectArray", "promises", promises)
    if ticket.breached:
        breached = [_promise(told) for told in ticket.breached]
        yield _characteristic("ObjectArrayCharacteristic", "objectArray", "breachedPromises", breached)


def _characteristic(kind: str, value_type: str, name: str, value: object) -> Json:
    return {"@type": kind, "name": name, "valueType": value_type, "value": value}


def _promise(told: Promise) -> Json:
    return {
        "kind": told.kind,
        "clause": told.clause,
        "label": told.label,
        "rule": told.rule,
        "source": told.source,
        "mark": told.mark,
        "startedAt": shown_time(told.started_at),
        "due": shown_time(told.due),
        "provisional": told.provisional,
        "excused": told.excused,
        "reason": told.reason,
        "calendar": told.calendar,
        "charterVersion": told.charter_version,
        "steps": [{"date": step.date.isoformat(), "counted": step.counted, "why": step.why} for step in told.steps],
    }


def shown_time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
