"""Which of the settled tickets are visited, where a charter promises a share of them (R5.1).

Of each run of tickets, about 100 to the share long, the month's seed picks one. So at no moment, and in no month, fewer
are visited than promised, nobody knows which is next without the seed, and whoever has it can check every pick.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Seed:
    """`month`: its first day; published before it begins."""

    month: date
    text: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Run:
    """Tickets `first` to `last` of a month, counted from 1: one of them is visited."""

    number: int
    first: int
    last: int

    def pick(self, *, seed: str) -> int:
        """The same for everybody who has the seed."""
        drawn = hashlib.sha256(f"{seed}:{self.number}".encode()).digest()
        return self.first + int.from_bytes(drawn) % (self.last - self.first + 1)


def run_of(position: int, *, percent: int) -> Run:
    """The run that the ticket of this position lies in. The first run is the first ticket alone."""
    number = 1 + -(-(position - 1) * percent // 100)
    return Run(number=number, first=_last(number - 1, percent) + 1, last=_last(number, percent))


def is_drawn(position: int, *, percent: int, seed: str) -> bool:
    return run_of(position, percent=percent).pick(seed=seed) == position


def _last(run: int, percent: int) -> int:
    return (run - 1) * 100 // percent + 1 if run else 0
