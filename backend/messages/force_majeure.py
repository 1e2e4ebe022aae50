"""Declared force majeure, as JSON."""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from backend.domain.force_majeure import Declaration
from backend.messages.reports import Key, Moment, Text


@dataclass(frozen=True, kw_only=True)
class Declared:
    """`declared_by`: a leader's job number; `area`: the charter's key."""

    area: Key
    cause: Text
    starts_at: Moment
    until: Moment
    declared_by: Key


DECLARED: Final = TypeAdapter(Declared)
DECLARATION: Final = TypeAdapter(Declaration)
DECLARATIONS: Final = TypeAdapter(tuple[Declaration, ...])


def declaration_to_dict(declaration: Declaration) -> dict[str, Any]:
    shape: dict[str, Any] = DECLARATION.dump_python(declaration, mode="json")
    return shape
