"""TMF621's events: which of them a change of a ticket is, read off the ticket as it was shown before and after."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from backend.api.tmf621_ticket import ALWAYS, Json, shown_time
from backend.domain.vocabulary import TicketStatus


class EventType(StrEnum):
    """In the order in which the events of one change are told."""

    CREATE = "TroubleTicketCreateEvent"
    ATTRIBUTE_VALUE_CHANGE = "TroubleTicketAttributeValueChangeEvent"
    STATUS_CHANGE = "TroubleTicketStatusChangeEvent"
    INFORMATION_REQUIRED = "TroubleTicketInformationRequiredEvent"
    RESOLVED = "TroubleTicketResolvedEvent"
    DELETE = "TroubleTicketDeleteEvent"  # may be asked for; no ticket is ever deleted


OF_THE_STATUS: Final = frozenset({"status", "statusChangeDate", "statusChangeHistory", "statusChangeReason"})
AFTERWARDS: Final = {
    TicketStatus.PENDING: EventType.INFORMATION_REQUIRED,
    TicketStatus.RESOLVED: EventType.RESOLVED,
}


def events_of(*, before: Json | None, after: Json) -> Iterator[EventType]:
    """`before` None: it was filed. Both whole, as `trouble_ticket` shows them."""
    changed = {name for name in after.keys() | (before or {}).keys() if (before or {}).get(name) != after.get(name)}
    if before is None:
        yield EventType.CREATE
    elif changed - OF_THE_STATUS - {"lastUpdate"}:
        yield EventType.ATTRIBUTE_VALUE_CHANGE
    if "status" in changed:
        if before is not None:
            yield EventType.STATUS_CHANGE
        if after["status"] in AFTERWARDS:
            yield AFTERWARDS[after["status"]]


def event(kind: EventType, ticket: Json, *, id: str, at: datetime, fields: frozenset[str]) -> Json:  # noqa: A002
    """The event with the ticket as it stands after the change, cut to the fields that the listener wants."""
    told: Json = {"troubleTicket": {name: value for name, value in ticket.items() if name in fields | ALWAYS}}
    if kind is EventType.INFORMATION_REQUIRED:  # what is missing stands in statusChangeReason; a note may answer it
        told["informationRequired"] = {"op": "add", "path": "/note/-"}
    return {
        "@type": kind,
        "eventId": id,
        "eventType": kind,
        "eventTime": shown_time(at),
        "timeOccurred": shown_time(at),
        "title": kind,
        "event": told,
    }
