"""Return visits 回访: which tickets, how many tries, and the regular ones of key customers (R5.1–R5.5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from backend.domain.stated import Stated
from backend.domain.vocabulary import TicketType


@dataclass(frozen=True, kw_only=True)
class ReturnVisitRule(Stated):
    """Which tickets are visited after settling (R5.1–R5.3), and how many of a hundred. `subjects` empty: any."""

    ticket_type: TicketType
    subjects: frozenset[str]
    percent: int

    @property
    def name(self) -> str:
        """fault, order:install: what its draws are filed under."""
        return ":".join([self.ticket_type, *sorted(self.subjects)])


@dataclass(frozen=True, kw_only=True)
class VisitAttempts(Stated):
    """How often a customer who does not answer is tried."""

    times: int


@dataclass(frozen=True, kw_only=True)
class VisitMarks(Stated):
    """满意度: of 1 to 5, from which on a customer counts as content (R5.6)."""

    content_from: int


@dataclass(frozen=True, kw_only=True)
class KeyCustomerVisits(Stated):
    """大客户回访计划 (R5.5)."""

    every: timedelta

    def is_due(self, *, last: date | None, today: date) -> bool:
        """`last`: the day for which the visit before was planned."""
        return last is None or today >= last + self.every
