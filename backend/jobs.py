"""What the backend does by itself. Issue 4 hands this to DBOS; the use cases stay."""

import asyncio
from typing import Final

import structlog

from backend import usecases
from backend.api.context import Backend, in_thread

EVERY: Final = 3600.0  # seconds; a year's holiday notice comes once, with a new release of the calendar
_log = structlog.get_logger(__name__)


async def run_for_ever(backend: Backend, *, every: float = EVERY) -> None:
    while True:
        try:
            await in_thread(settle_provisional, backend)
        except Exception:
            _log.exception("job.failed", job="settle_provisional")  # the next round tries again
        await asyncio.sleep(every)


def settle_provisional(backend: Backend) -> usecases.Settled:
    settled = usecases.settle_provisional(
        calendar=backend.calendar,
        closing_time_of=backend.charters.closing_time_of,
        store=backend.store,
        now=backend.clock(),
    )
    if settled.firm or settled.still_provisional:
        _log.info("job.settled_provisional", firm=len(settled.firm), waiting=len(settled.still_provisional))
    return settled
