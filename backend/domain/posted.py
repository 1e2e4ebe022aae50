"""What is posted 公示 (R3.1): fees, processes, outlets, departments, changes. `sample`: a placeholder 示例."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.domain.vocabulary import Need


@dataclass(frozen=True, kw_only=True)
class Fee:
    """`price` None: the policy exists, its amount is not published; `text` says so.

    `suits`: what the box or package is recommended for (R9.4); none for what is no such thing.
    """

    key: str
    label: str
    aliases: tuple[str, ...]
    price: Decimal | None
    unit: str
    text: str
    rule: str
    source: str
    as_of: str
    note: str | None
    sample: bool
    suits: frozenset[Need] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Process:
    """How a service is applied for: its steps and all its materials (R2.4: told at one time).

    `papers`: those of the materials that are handed in or shown; the others are said in the conversation.
    """

    key: str
    label: str
    aliases: tuple[str, ...]
    steps: tuple[str, ...]
    materials: tuple[str, ...]
    papers: tuple[str, ...]
    rule: str
    source: str
    as_of: str | None
    note: str | None
    sample: bool


@dataclass(frozen=True, kw_only=True)
class ErrorCode:
    code: str
    meaning: str
    source: str
    as_of: str | None


@dataclass(frozen=True, kw_only=True)
class Outlet:
    name: str
    district: str
    address: str
    phone: str
    hours: str
    source: str | None
    sample: bool


@dataclass(frozen=True, kw_only=True)
class Department:
    """`head`: job number of who answers for it (R1.19)."""

    key: str
    name: str
    handles: tuple[str, ...]
    place: str
    phone: str
    head: str
    source: str | None
    sample: bool


class ChangeKind(StrEnum):
    BRANCH_HEAD = "branch_head"  # 分公司负责人
    AREAS = "areas"  # 片区划分
    AREA_MANAGER = "area_manager"  # 片区客户经理


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of who answers for what, posted in time. `day`: the one from which it holds."""

    day: date
    kind: ChangeKind
    text: str
    rule: str
    source: str | None
    sample: bool
