"""All processes together: up and ready, kept alive, stopped in order."""

import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import Final

from scripts.processes import STOP_WITHIN, Process
from scripts.services import CannotStart

READY_WITHIN: Final = 180.0  # seconds; the engine's first start on a slow disk
LOOK_EVERY: Final = 0.1
LONGEST_PAUSE: Final = 30.0
RECENT: Final = 60.0
LINES_OF_A_DEATH: Final = 8


def bring_up(processes: Sequence[Process], *, ready: Callable[[Process], None], stopping: Event) -> None:
    """Starts all at once, since none needs another to come up; `ready` is told each; `stopping` ends the wait.

    Raises CannotStart for a process that ends before it is ready: what is wrong won't mend by itself.
    """
    began = time.monotonic()
    for process in processes:
        process.start()
    waiting = list(processes)
    while waiting and not stopping.wait(LOOK_EVERY):
        for process in tuple(waiting):
            if not process.is_alive():
                lines = [f"{process.name} {process.death} before it was ready:", *_quote(process)]
                raise CannotStart("\n".join(lines))
            if process.is_ready():
                waiting.remove(process)
                ready(process)
        if waiting and time.monotonic() - began > READY_WITHIN:
            late = ", ".join(f"{process.name} ({process.log})" for process in waiting)
            raise CannotStart(f"Not ready after {READY_WITHIN:.0f} s: {late}")


def bring_down(processes: Sequence[Process], *, within: float = STOP_WITHIN) -> tuple[Process, ...]:
    """In the opposite order: with the bot down no new customer comes in while the rest finishes what it has.

    Returns those that had to be killed.
    """
    return tuple(process for process in reversed(processes) if not process.stop(within=within))


class Supervisor:
    """Keeps processes alive. `stopping` is set from outside (a signal) and ends every wait at once."""

    def __init__(self, processes: Sequence[Process], *, say: Callable[[str], None], stopping: Event) -> None:
        self._processes = processes
        self._say = say
        self._stopping = stopping
        self._deaths: dict[str, list[float]] = {process.name: [] for process in processes}
        self._start_at: dict[str, float] = {}

    def watch(self) -> None:
        """Until `stopping`: a process that dies is started again, the next time after a longer pause."""
        while not self._stopping.wait(LOOK_EVERY):
            now = time.monotonic()
            for process in self._processes:
                if process.is_alive():
                    continue
                if process.name not in self._start_at:
                    self._start_at[process.name] = now + self._mourn(process, now=now)
                elif now >= self._start_at[process.name]:
                    del self._start_at[process.name]
                    process.start()

    def _mourn(self, process: Process, *, now: float) -> float:
        """Says what happened; returns the pause before the next start, doubled with each death of the last minute."""
        deaths = [at for at in self._deaths[process.name] if now - at < RECENT]
        self._deaths[process.name] = [*deaths, now]
        pause = min(LONGEST_PAUSE, 2.0 ** len(deaths))
        self._say(f"{process.name} {process.death}; it starts again in {pause:.0f} s. Its last lines ({process.log}):")
        for line in _quote(process):
            self._say(line)
        return pause


def _quote(process: Process) -> list[str]:
    return [f"  {line}" for line in process.last_lines(LINES_OF_A_DEATH)] or ["  (it said nothing)"]
