"""Commitments 承诺条款: with a limit (`Clause`), without a clock (`Pledge`), or none published (`NoClause`)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.domain.vocabulary import District, Grade, Mark, PromiseKind, TicketType


class LimitUnit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"


_UNIT_TEXTS = {LimitUnit.MINUTES: "分钟", LimitUnit.HOURS: "小时", LimitUnit.WORKING_DAYS: "个工作日"}


class ClockStart(StrEnum):
    """Where the clock of a commitment starts."""

    ACCEPTANCE = "acceptance"  # 受理, formalities complete (R1.13): a promise of the new ticket
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


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One commitment with a limit. `subjects` empty: any subject of the ticket type."""

    key: str
    label: str
    rule: str
    source: str
    mark: Mark
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

    def concerns(self, *, matter: TicketType, subject: str) -> bool:
        """Is it a promise that such a ticket carries from acceptance?"""
        of_subject = not self.subjects or subject in self.subjects
        return self.starts is ClockStart.ACCEPTANCE and self.ticket_type is matter and of_subject


@dataclass(frozen=True, kw_only=True)
class NoClause:
    """No limit is published, or what decides it is not known: `reason` is for the customer."""

    key: str
    label: str
    kind: PromiseKind
    reason: str
    charter_version: str


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """A commitment without a clock: what is said when a customer asks what the operator has promised."""

    key: str
    label: str
    aliases: tuple[str, ...]
    text: str
    rule: str
    source: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class ReturnVisitRule:
    """Which tickets are visited after settling (R5.1–R5.3), and the share of them in per cent."""

    ticket_type: TicketType
    subjects: frozenset[str]
    percent: int
    rule: str
    source: str
