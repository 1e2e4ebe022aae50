"""Accountability 责任追究 (R6.1–R6.6), as far as the charter has rules for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.domain.staff import Decider
from backend.domain.stated import Stated


class Answerable(StrEnum):
    """Whose responsibility it is (R6.6)."""

    PERSON = "person"
    DEPARTMENT = "department"


class Gravity(StrEnum):
    """R6.2."""

    LIGHT = "light"  # 情节较轻
    SERIOUS = "serious"  # 情节较重
    GRAVE = "grave"  # 情节严重


class Heavier(StrEnum):
    """从重 (R6.3)."""

    REPRISAL = "reprisal"
    REPEATED = "repeated"
    OBSTRUCTED = "obstructed"
    DISOBEYED = "disobeyed"
    OTHER = "other"


class Lighter(StrEnum):
    """从轻、减轻或免予 (R6.4)."""

    APOLOGISED = "apologised"
    PREVENTED = "prevented"
    MADE_GOOD = "made_good"
    OTHER = "other"


class CarriedOut(StrEnum):
    AT_ONCE = "at_once"
    AFTER_MONTH_ASSESSMENT = "after_month_assessment"  # 当月考核后


@dataclass(frozen=True, kw_only=True)
class Accountability(Stated):
    """`grounds`: what is held to account (R6.1); `measures` by gravity; `repeated_in_a_year`: so many acts are heavier;
    `circular`: whom a circular 通报 goes to, where that is said."""

    grounds: tuple[str, ...]
    decided_by: Mapping[Answerable, tuple[Decider, ...]]
    measures: Mapping[Gravity, tuple[str, ...]]
    heavier: Mapping[Heavier, str]
    repeated_in_a_year: int | None
    lighter: Mapping[Lighter, str]
    heard_first: bool
    carried_out: CarriedOut
    circular: str | None
