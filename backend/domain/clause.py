"""Commitments 承诺条款: with a limit (`Clause`), without a clock (`Pledge`), or none published (`NoClause`).

And what is usual without being promised (`Typical`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from backend.domain.stated import Stated
from backend.domain.vocabulary import Cause, District, Grade, PromiseKind, TicketType


class LimitUnit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"


_UNIT_TEXTS = {LimitUnit.MINUTES: "分钟", LimitUnit.HOURS: "小时", LimitUnit.WORKING_DAYS: "个工作日"}


class ClockStart(StrEnum):
    """Where the clock of a commitment starts."""

    ACCEPTANCE = "acceptance"  # 受理, formalities complete (R1.13): a promise of the new ticket
    DISPATCH = "dispatch"  # 派单
    RECEIPT = "receipt"  # 接单: the repair staff's receipt of the order (R1.8)
    CALL = "call"  # 客户来电 (R5.4): watched with the return visit
    REPAIR = "repair"  # 修复 (R5.1): watched with the return visit


@dataclass(frozen=True, kw_only=True)
class Limit:
    amount: int
    unit: LimitUnit

    @property
    def text(self) -> str:
        """24 小时, 5 个工作日, 20 分钟."""
        return f"{self.amount} {_UNIT_TEXTS[self.unit]}"

    @property
    def elapsed(self) -> timedelta | None:
        """How long it is round the clock. None: working days, which only a calendar can count."""
        if self.unit is LimitUnit.WORKING_DAYS:
            return None
        return timedelta(hours=self.amount) if self.unit is LimitUnit.HOURS else timedelta(minutes=self.amount)


@dataclass(frozen=True, kw_only=True)
class Clause(Stated):
    """One commitment with a limit. `ticket_type` None: any; `subjects` empty: any of the ticket type."""

    key: str
    label: str
    kind: PromiseKind
    limit: Limit
    starts: ClockStart
    ticket_type: TicketType | None
    subjects: frozenset[str]
    grade: Grade | None
    district: District | None
    effective_from: date | None
    remark: str | None
    charter_version: str

    def concerns(self, *, matter: TicketType, subject: str, starts: ClockStart = ClockStart.ACCEPTANCE) -> bool:
        """Is it a promise that such a ticket carries from that start of its clock, by default from acceptance?"""
        of_subject = not self.subjects or subject in self.subjects
        return self.starts is starts and self.ticket_type in (None, matter) and of_subject


KIND_LABELS: Final = {  # in the order in which they fall due
    PromiseKind.DISPATCH: "派单",
    PromiseKind.CONTACT: "联系",
    PromiseKind.RESPOND: "答复",
    PromiseKind.SETTLE: "办结",
    PromiseKind.FOLLOW_UP: "回访",
}
DISTRICT_LABELS: Final = {
    District.URBAN: "城区",
    District.RURAL: "农村",
    District.OLD_TOWN: "老城区",
    District.QILI: "七里新区",
}


def why_none(*, what: str, kind: PromiseKind, told_for: Sequence[District | None], district: District | None) -> str:
    """Why there is no limit, for the customer. `told_for`: the districts that the charter has such a limit for."""
    limit = f"{what}的{KIND_LABELS[kind]}时限"
    names = [DISTRICT_LABELS[each] for each in told_for if each]
    if not names:
        return f"公司没有公布{limit}"
    if district is None:
        return f"{limit}要看地址属于{'还是'.join(names)}，这个地址还要核实"
    return f"公司只公布了{'、'.join(names)}{limit}，没有公布{DISTRICT_LABELS[district]}的"


@dataclass(frozen=True, kw_only=True)
class Typical(Stated):
    """How long it takes on average, as reported. Never a due time; `text` is for the customer."""

    key: str
    label: str
    text: str
    ticket_type: TicketType
    subjects: frozenset[str]
    cause: Cause | None
    within: Limit

    def concerns(self, *, matter: TicketType, subject: str, cause: Cause | None) -> bool:
        """Of a cause that is not known, each figure may be meant."""
        of_subject = not self.subjects or subject in self.subjects
        return self.ticket_type is matter and of_subject and (None in {cause, self.cause} or cause is self.cause)


@dataclass(frozen=True, kw_only=True)
class NoClause:
    """No limit is published, or what decides it is not known: `reason` is for the customer; `typical` what is usual."""

    key: str
    label: str
    kind: PromiseKind
    reason: str
    charter_version: str
    typical: tuple[Typical, ...] = ()

    @property
    def usual(self) -> str:
        """A reported average, told as that (R1.1, R1.2); empty where none is reported."""
        told = "，".join(figure.text for figure in self.typical)
        return f"以往统计，{told}" if told else ""

    @property
    def told(self) -> str:
        """That there is no limit, and the average where there is one, which is not to be taken for a limit."""
        return f"{self.reason}。{self.usual}，这是平均数，不是承诺" if self.usual else self.reason


@dataclass(frozen=True, kw_only=True)
class Pledge(Stated):
    """A commitment without a clock: what is said when a customer asks what the operator has promised."""

    key: str
    label: str
    aliases: tuple[str, ...]
    text: str
