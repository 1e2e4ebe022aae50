"""How TMF621's bodies come in, and which attributes shall come back."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from backend.api.errors import BadRequest, MediaTypeNotTaken
from backend.api.tmf621_ticket import ATTRIBUTES

JSON: Final = "application/json"


def media_type(header: str | None, *, allowed: Collection[str]) -> str:
    """Of the Content-Type header; without one it is taken for JSON. Raises MediaTypeNotTaken."""
    said = (header or JSON).partition(";")[0].strip().lower()
    if said not in allowed:
        raise MediaTypeNotTaken(allowed="、".join(allowed))
    return said


def json_object(content: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    body = json_value(content)
    if not isinstance(body, dict):
        raise BadRequest(problems="not a JSON object")
    return body


def json_value(content: bytes) -> Any:
    """Raises BadRequest."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise BadRequest(problems="not JSON") from wrong


def wanted_fields(query: Mapping[str, str]) -> frozenset[str]:
    """Raises BadRequest."""
    if "fields" not in query:
        return ATTRIBUTES
    fields = frozenset(name.strip() for name in query["fields"].split(",")) - {"", "none"}
    if fields - ATTRIBUTES:
        raise BadRequest(problems=f"fields: unknown {', '.join(sorted(fields - ATTRIBUTES))}")
    return fields
