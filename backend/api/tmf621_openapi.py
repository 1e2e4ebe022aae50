"""TMF621 as it is offered here, as an OpenAPI document: the written part, and from the code what could fall behind."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator

from backend.api.tmf621_search import FILTERS, FILTERS_BY_TIME
from backend.api.tmf621_ticket import BASE_PATH
from backend.domain.vocabulary import Channel, Grade, Role, TicketStatus, TicketType

WRITTEN: Final = Path(__file__).with_suffix(".yml")
LONGEST_PROBLEM: Final = 200
CHARACTERISTICS: Final = frozenset(  # that a new ticket may bring
    {"address", "area", "contactPhone", "conversation", "requestedText", "service", "subject"}
)
WORDS: Final[dict[tuple[str, ...], Iterable[str]]] = {
    ("NewTroubleTicket", "ticketType"): TicketType,
    ("NewTroubleTicket", "channel", "id"): Channel,
    ("NewTroubleTicket", "troubleTicketCharacteristic", "name"): CHARACTERISTICS,
    ("TroubleTicketChange", "status"): TicketStatus,
    ("TroubleTicket", "ticketType"): TicketType,
    ("TroubleTicket", "severity"): Grade,
    ("TroubleTicket", "status"): TicketStatus,
    ("TroubleTicket", "statusChangeHistory", "status"): TicketStatus,
    ("TroubleTicket", "channel", "id"): Channel,
    ("TroubleTicket", "channel", "name"): Channel,
    ("TroubleTicket", "relatedParty", "role"): Role,
}


@cache
def document() -> dict[str, Any]:
    whole: dict[str, Any] = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
    for (schema, *path), words in WORDS.items():
        node = whole["components"]["schemas"][schema]
        for name in path:
            node = node.get("items", node)["properties"][name]
        node["enum"] = sorted(map(str, words))
    whole["paths"]["/troubleTicket"]["get"]["parameters"] += _filters()
    return whole


def wrong_with(body: object, schema: str) -> list[str]:
    """What is not as the description has it, each with its place."""
    errors = sorted(_validator(schema).iter_errors(body), key=lambda error: list(map(str, error.absolute_path)))
    places = (".".join(map(str, error.absolute_path)) for error in errors)
    told = (error.message[:LONGEST_PROBLEM] for error in errors)  # it may hold all that was sent
    return [": ".join(filter(None, problem)) for problem in zip(places, told, strict=True)]


def allowed_methods(path: str) -> str:
    """For the Allow header of 405: of the described path that this one is."""
    parts = path.removeprefix(BASE_PATH).rstrip("/").split("/")
    for template, operations in document()["paths"].items():
        names = template.split("/")
        if len(names) == len(parts) and all(name in {"{id}", part} for name, part in zip(names, parts, strict=True)):
            return ", ".join(sorted(name.upper() for name in operations if name != "parameters"))
    return ""


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": document()["components"]})


def _filters() -> Iterator[dict[str, Any]]:
    for name in FILTERS:
        yield {"name": name, "in": "query", "schema": {"type": "string"}}
    for name in FILTERS_BY_TIME:
        yield {"name": name, "in": "query", "schema": {"type": "string", "format": "date-time"}}
