"""What a listener sends to /hub: where it wants events, and which. Everything wrong is told at one time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import httpx

from backend.api.errors import BadRequest
from backend.api.tmf621_events import EventType
from backend.api.tmf621_openapi import wrong_with
from backend.api.tmf621_ticket import ATTRIBUTES

HIGHEST_PORT: Final = 65535


@dataclass(frozen=True, kw_only=True)
class Registration:
    callback: str
    query: str | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a listener's query asks for."""

    events: frozenset[EventType]
    fields: frozenset[str]


def registration(body: Mapping[str, Any]) -> Registration:
    """Raises BadRequest. Whether the callback may be called at all, `backend.callbacks` decides."""
    problems = wrong_with(body, "NewHub")
    callback, query = body.get("callback"), body.get("query")
    if isinstance(callback, str):
        problems += [f"callback: {problem}" for problem in _wrong_with_callback(callback)]
    if isinstance(query, str):
        problems += [f"query: {problem}" for problem in _read(query)[1]]
    if problems:
        raise BadRequest(problems="；".join(problems))
    return Registration(callback=str(callback), query=query)


def wanted(query: str | None) -> Wanted:
    """Of a registered listener's query."""
    return _read(query or "")[0]


def _wrong_with_callback(callback: str) -> list[str]:
    try:
        url = httpx.URL(callback)
    except httpx.InvalidURL:
        return ["not a URL"]
    if url.scheme not in {"http", "https"} or not url.host or not 0 < (url.port or 1) <= HIGHEST_PORT:
        return ["an http or https URL"]
    # They would stand in every answer of /hub; a token of the listener's own belongs into the query.
    return ["no user name or password in it"] if url.userinfo else []


def _read(query: str) -> tuple[Wanted, list[str]]:
    everything = Wanted(events=frozenset(EventType), fields=ATTRIBUTES)
    asked: dict[str, set[str]] = {"eventType": set(), "fields": set()}
    problems = []
    for name, said in parse_qsl(query, keep_blank_values=True):
        if name in asked:
            asked[name] |= {value.strip() for value in said.split(",")}
        else:
            problems.append(f"no filter by {name}; eventType and fields")
    known: dict[str, frozenset[str]] = {"eventType": frozenset(EventType), "fields": ATTRIBUTES}
    for name, values in asked.items():
        problems += [f"{name}: unknown {value}" for value in sorted(values - known[name])]
    events = frozenset(kind for kind in EventType if kind in asked["eventType"]) or everything.events
    return Wanted(events=events, fields=frozenset(asked["fields"]) or everything.fields), problems
