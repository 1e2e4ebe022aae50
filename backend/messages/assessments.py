"""The sheet of an assessment 考核 (R4.3, R7.1, R7.3), as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pydantic import TypeAdapter

from backend.domain.assessment import Place
from backend.messages.supervision import RateView

Whose = Literal["area", "person", "department"]


@dataclass(frozen=True, kw_only=True)
class FaultView:
    """`points`: what it takes off, as far as there is any left; `ticket`: of a complaint that was upheld."""

    on: date
    what: str
    note: str
    points: int
    ticket: str | None


@dataclass(frozen=True, kw_only=True)
class PayView:
    """`yuan` below zero is taken off."""

    why: str
    yuan: int
    consequence: str | None


@dataclass(frozen=True, kw_only=True)
class LineView:
    """`complaints`: of an area to its households, else those upheld to the tickets handled. `households_each`,
    `households_norm`: of an area (R4.1). `points` and what follows: of a ranked person in a month (R7.1); `yuan` below
    zero is taken off, `faults` stand behind the points and `paid` behind the yuan."""

    whose: Whose
    key: str
    name: str
    tickets: int
    on_time: RateView
    replied: RateView | None
    satisfied: RateView
    complaints: RateView
    households_each: int | None
    households_norm: int | None
    points: int | None
    place: Place | None
    yuan: int | None
    consequences: tuple[str, ...]
    faults: tuple[FaultView, ...]
    paid: tuple[PayView, ...]


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """Of the tickets accepted from `since` to before `until`. `steps`: how the charter assesses; `rule`, `source`:
    where it says so."""

    since: date
    until: date
    rule: str
    source: str
    steps: tuple[str, ...]
    awards: tuple[str, ...]
    lines: tuple[LineView, ...]


SHEET: Final = TypeAdapter(SheetView)
