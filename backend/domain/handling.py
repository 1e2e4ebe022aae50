"""How matters are handled 办理规则, as far as the operator has said. What a charter lacks is not published."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from backend.domain.clause import Limit
from backend.domain.staff import Decider
from backend.domain.stated import Stated


@dataclass(frozen=True, kw_only=True)
class Extension(Stated):
    """延期 (R1.17): by whose decision. Until then the original limit stands."""

    decided_by: Decider


class DeemedGround(StrEnum):
    """Why a late matter counts as done on time 视为按期办结 (R1.15)."""

    FORMALITIES_NOT_COMPLETED = "formalities_not_completed"  # 手续不齐全，又不及时补办
    NOT_REACHED_AND_NOT_AT_HOME = "not_reached_and_not_at_home"  # 联系不上，上门客户又不在: both


GROUND_LABELS: Final = {
    DeemedGround.FORMALITIES_NOT_COMPLETED: "手续不齐全又没有及时补办",
    DeemedGround.NOT_REACHED_AND_NOT_AT_HOME: "联系不上客户、上门又无人",
}


@dataclass(frozen=True, kw_only=True)
class DeemedOnTime(Stated):
    """`needs_report`: it does not count without the written report, filed at once, to the head."""

    grounds: frozenset[DeemedGround]
    needs_report: bool


@dataclass(frozen=True, kw_only=True)
class ForceMajeure(Stated):
    """不可抗力 (R1.18). `clauses`: keys of the commitments that it excepts."""

    clauses: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Watch(Stated):
    """Who is told of a promise that is running out (R1.19): the handler, then the head of the window, then the leader.

    `warn_at_percent`: of the time between start and due; `leader_after`: past the due time.
    """

    warn_at_percent: int
    leader_after: timedelta

    def warn_at(self, *, started_at: datetime, due: datetime) -> datetime:
        return started_at + (due - started_at) * self.warn_at_percent / 100

    def leader_at(self, *, due: datetime) -> datetime:
        return due + self.leader_after


@dataclass(frozen=True, kw_only=True)
class Incident(Stated):
    """片区故障: so many open faults of one community within this span are proposed as one incident."""

    faults: int
    within: timedelta


@dataclass(frozen=True, kw_only=True)
class Ahead(Stated):
    """Told ahead of time: line maintenance and new services (R1.10), a fee that is about to run out (R1.11)."""

    ahead: timedelta


@dataclass(frozen=True, kw_only=True)
class ComplaintHandling(Stated):
    """批阅 (R1.5): who annotates each complaint; `investigator_named`: an investigator is named to it."""

    annotated_by: Decider
    investigator_named: bool


@dataclass(frozen=True, kw_only=True)
class Referral(Stated):
    """Handing on to another department (R2.3). `contacted_first`: the window reaches it, then tells the customer."""

    contacted_first: bool


class Acceptance(StrEnum):
    """When matters are accepted (R1.12)."""

    ROUND_THE_CLOCK = "round_the_clock"
    EVERY_DAY = "every_day"  # 365 天
    PUBLISHED_HOURS = "published_hours"  # those of the outlets


@dataclass(frozen=True, kw_only=True)
class Opening(Stated):
    acceptance: Acceptance


@dataclass(frozen=True, kw_only=True)
class OnTheSpot(Stated):
    """窗口即办 (R1.9): orders whose formalities are done at the counter while the customer waits."""

    subjects: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class SupervisionLevel:
    by: str
    over: str


@dataclass(frozen=True, kw_only=True)
class Supervision(Stated):
    """监督检查 (R1.22): who watches over whose limits."""

    levels: tuple[SupervisionLevel, ...]


@dataclass(frozen=True, kw_only=True)
class KeyAccountStep:
    """`within`: how long an order may stay in this step; None: not said."""

    key: str
    label: str
    within: Limit | None


@dataclass(frozen=True, kw_only=True)
class KeyAccounts(Stated):
    """大客户 (R7.4, R9.6): one centre, and steps each of which answers to the next."""

    centre: str
    steps: tuple[KeyAccountStep, ...]
