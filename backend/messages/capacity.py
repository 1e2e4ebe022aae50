"""Where it can be installed, as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from backend.messages.reports import Key


@dataclass(frozen=True, kw_only=True)
class AreaView:
    """`area`: the charter's key; `is_open`: for installation."""

    area: str
    name: str
    city: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Noting:
    is_open: bool
    noted_by: Key


NOTING: Final = TypeAdapter(Noting)
AREA_VIEWS: Final = TypeAdapter(tuple[AreaView, ...])


def areas_to_list(views: Sequence[AreaView]) -> list[dict[str, Any]]:
    shape: list[dict[str, Any]] = AREA_VIEWS.dump_python(tuple(views), mode="json")
    return shape
