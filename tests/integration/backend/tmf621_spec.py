"""The published interface file as validators: what an operation may answer, and in which shape."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import yaml
from jsonschema import Draft7Validator, FormatChecker

from tests.integration.backend.support import ROOT

FILE = ROOT.parent / "shared" / "tmf621" / "TMF621-Trouble_Ticket-v5.0.1.oas.yaml"
_formats = FormatChecker()


@_formats.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return datetime.fromisoformat(str(value)).tzinfo is not None


class Spec:
    def __init__(self, path: Path) -> None:
        self._whole = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self._schemas = {name: _discriminated(schema) for name, schema in self._whole["components"]["schemas"].items()}

    def check(self, answer: httpx.Response, *, path: str) -> Any:
        """The body, when its status and shape are in the file for this operation."""
        operation = self._whole["paths"][path][answer.request.method.lower()]
        response = operation["responses"].get(str(answer.status_code), operation["responses"].get("default"))
        assert response is not None, f"{answer.request.method} {path} may not answer {answer.status_code}"
        schema = self._resolve(response)["content"]["application/json"]["schema"]
        body = answer.json()
        self.validate(body, schema)
        for ticket in body if isinstance(body, list) else [body]:
            for item in ticket.get("troubleTicketCharacteristic", []):
                self.validate(item, {"$ref": f"#/components/schemas/{item['@type']}"})
        return body

    def validate(self, body: object, schema: Mapping[str, Any]) -> None:
        whole = {"allOf": [schema], "components": {"schemas": self._schemas}}
        Draft7Validator(whole, format_checker=_formats).validate(body)

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in node:
            return node
        found: Any = self._whole
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return self._resolve(found)


def _discriminated(node: Any) -> Any:
    """OpenAPI's discriminator picks one of `oneOf`; to JSON Schema alone a PartyRef is a PartyRoleRef as well."""
    if isinstance(node, list):
        return [_discriminated(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _discriminated(value) for key, value in node.items()}
    if "oneOf" in inner and "discriminator" in inner:
        del inner["oneOf"]
        mapping = inner["discriminator"]["mapping"]
        inner["properties"] = {"@type": {"enum": list(mapping)}}
        inner["required"] = ["@type"]
        inner["allOf"] = [
            {"if": {"properties": {"@type": {"const": name}}}, "then": {"$ref": ref}} for name, ref in mapping.items()
        ]
    return inner
