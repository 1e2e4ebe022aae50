"""Working off what is due: the earliest first, one at a time, so that what was missed is caught up in its order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from backend.ports import Claim, Clock, NotYet, Store, Undeliverable
from backend.telemetry import bind, new_correlation_id

LEASE: Final = timedelta(seconds=30)  # what a dead worker held is taken again after that
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Failed work waits for `first`, then twice as long each time up to `longest`; the last of `attempts` ends it."""

    first: timedelta
    longest: timedelta
    attempts: int

    def wait(self, *, attempt: int) -> timedelta:
        """Before the next, after the attempt of this number (from 1)."""
        return min(self.first * 2.0 ** (attempt - 1), self.longest)


class WorkerDied(Exception):
    """Every attempt took its worker along: it never failed, and never ended."""


@dataclass(frozen=True, kw_only=True)
class Worker:
    """`lanes`: of messages, else of the other work. `carry_out` does the claimed work and finishes it, or raises."""

    store: Store
    clock: Clock
    by: str
    lanes: bool
    carry_out: Callable[[Claim], None]
    patience: Patience

    def work_off(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Until nothing is due, or it is told to stop. Returns how much was tried."""
        tried = 0
        while not stopping() and (claim := self._next()):
            bind(correlation_id=new_correlation_id())
            self._try(claim)
            tried += 1
        return tried

    def _next(self) -> Claim | None:
        now = self.clock()
        with self.store.writing() as tickets:
            claims = tickets.agenda.claim(now=now, until=now + LEASE, by=self.by, limit=1, lanes=self.lanes)
        return claims[0] if claims else None

    def _try(self, claim: Claim) -> None:
        try:
            if claim.attempt > self.patience.attempts:
                raise WorkerDied
            self.carry_out(claim)
        except NotYet as later:
            with self.store.writing() as tickets:
                tickets.agenda.put_off(claim, to=later.at)
        except Exception as failure:
            self._failed(claim, failure)

    def _failed(self, claim: Claim, failure: Exception) -> None:
        now, kind = self.clock(), type(failure).__name__
        last = claim.attempt >= self.patience.attempts or isinstance(failure, Undeliverable)
        _log.error("due.failed", id=claim.id, task=claim.task, attempt=claim.attempt, last=last, exc_info=failure)
        with self.store.writing() as tickets:
            if last:
                tickets.agenda.bury(claim, at=now, error=kind)
            else:
                wait = self.patience.wait(attempt=claim.attempt)
                tickets.agenda.postpone(claim, to=now + wait, error=kind)
