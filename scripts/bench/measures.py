"""What is measured: the times of turns, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Load:
    """Turns of so many conversations at a time. `seconds`: each turn's own; `whole`: from first to last."""

    conversations: int
    seconds: tuple[float, ...]
    whole: float

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return 1000 * quantile(self.seconds, 0.5)

    @property
    def p95(self) -> float:
        return 1000 * quantile(self.seconds, 0.95)

    @property
    def rate(self) -> float:
        """Turns a second, of all conversations together."""
        return len(self.seconds) / self.whole

    @property
    def cost(self) -> float:
        """Milliseconds of the machine that a turn takes: what p50 is to one customer, 1 / rate is to many."""
        return self.p50 if self.conversations == 1 else 1000 / self.rate


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def best(loads: Sequence[Load]) -> Load:
    """The repetition that was disturbed least: whatever else runs can only slow a turn down."""
    return min(loads, key=lambda load: load.cost)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Something that was asked for: at most `limit`, or at least."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        mark = "ok" if self.kept else "MISSED"
        limit = f"{'at least' if self.at_least else 'at most'} {_short(self.limit)}{self.unit}"
        return f"  {mark:6s}  {_short(self.value) + self.unit:8s}  asked: {limit:16s}  {self.what}"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 20 else f"{number:.2f}"
