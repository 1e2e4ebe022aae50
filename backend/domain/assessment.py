"""Assessment 考核 as the charter has it: indicators, points and money (R4.1, R4.3, R7.1, R7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from backend.domain.stated import Stated
from backend.domain.vocabulary import AreaLevel


class Measured(StrEnum):
    """What is measured of an area, a person or a department."""

    COMPLAINT_RATE = "complaint_rate"  # 投诉率
    REPLY_RATE = "reply_rate"  # 工单回复率
    SATISFACTION = "satisfaction"  # 满意度
    SUBSCRIBERS_KEPT = "subscribers_kept"  # 用户稳定率
    SUBSCRIBERS_GAINED = "subscribers_gained"  # 用户增长
    WORKLOAD = "workload"  # 业务受理量, 工作数量
    ATTITUDE = "attitude"  # 服务态度
    SKILL = "skill"  # 操作技能
    KNOWLEDGE = "knowledge"  # 业务知识
    ACTIVE_SALES = "active_sales"  # 主动营销量
    SERVICE_QUALITY = "service_quality"  # 服务质量


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`within`: of a reply rate, the span that counts; `target`: in per cent; None: the operator has set none."""

    measured: Measured
    label: str
    within: timedelta | None
    target: Decimal | None


@dataclass(frozen=True, kw_only=True)
class HouseholdsPerPerson(Stated):
    """承包制 (R4.1): about so many households to one maintenance person."""

    households: Mapping[AreaLevel, int]


@dataclass(frozen=True, kw_only=True)
class Category:
    key: str
    label: str
    points: int


class Fault(StrEnum):
    """What points or pay are taken off for (R7.1)."""

    DISCIPLINE = "discipline"  # 违反劳动纪律
    RULE = "rule"  # 违反制度与工作规范
    QUARREL_OR_COMPLAINT = "quarrel_or_complaint"  # 与用户争吵或遭投诉
    TASK_NOT_DONE = "task_not_done"  # 工作任务未完成


BLAMED_LABELS = {
    Fault.DISCIPLINE: "违反劳动纪律",
    Fault.RULE: "违反制度与工作规范",
    Fault.QUARREL_OR_COMPLAINT: "与用户争吵或遭投诉",
    Fault.TASK_NOT_DONE: "工作任务未完成",
}


@dataclass(frozen=True, kw_only=True)
class Deduction:
    fault: Fault
    category: str
    points: int


class Place(StrEnum):
    FIRST = "first"
    LAST = "last"


PLACE_LABELS = {Place.FIRST: "第一名", Place.LAST: "最后一名"}


@dataclass(frozen=True, kw_only=True)
class PlacePay:
    """For a place in the month's ranking, `months` running: yuan (below zero: taken off), and what else follows."""

    place: Place
    months: int
    yuan: int
    consequence: str | None


@dataclass(frozen=True, kw_only=True)
class FaultPay:
    """For a fault that came to light, `times` within a year: yuan taken off (below zero), and what else follows."""

    fault: Fault
    times: int
    yuan: int
    consequence: str | None


@dataclass(frozen=True, kw_only=True)
class Points(Stated):
    """Monthly points (R7.1). `heads_apart`: heads of departments are judged by the company."""

    categories: tuple[Category, ...]
    deductions: tuple[Deduction, ...]
    place_pay: tuple[PlacePay, ...]
    fault_pay: tuple[FaultPay, ...]
    heads_apart: bool

    def taken_for(self, fault: Fault) -> int:
        return sum(deduction.points for deduction in self.deductions if deduction.fault is fault)


@dataclass(frozen=True, kw_only=True)
class Assessment(Stated):
    """`steps`: how it is done, in order; `awards`: titles that are given."""

    steps: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    awards: tuple[str, ...]
    points: Points | None
    households_per_person: HouseholdsPerPerson | None
