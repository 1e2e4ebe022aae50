"""Calls to what others wrote, ended for us in time whatever becomes of them: a thread that hangs can't be stopped, but
nobody has to wait for it."""

from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from threading import Semaphore, Thread
from time import monotonic
from typing import Any, Final, TypeVar

R = TypeVar("R")
AT_ONCE: Final = 16  # calls to one system, those that hang among them


class TookTooLong(Exception):
    """The call did not end in time, or so many hang already that there is no room for another."""


def in_background(work: Callable[[], R]) -> Future[R]:
    """Begun at once, in a thread that not even the end of the process waits for."""
    outcome: Future[R] = Future()
    outcome.set_running_or_notify_cancel()  # who gives up waiting doesn't stop it

    def carry_out() -> None:
        try:
            outcome.set_result(work())
        except BaseException as broken:
            outcome.set_exception(broken)

    Thread(target=copy_context().run, args=[carry_out], daemon=True).start()
    return outcome


@dataclass(frozen=True)
class TimeLimit:
    """For one system: what of it hangs takes its own room and nobody else's."""

    room: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))

    def call(self, work: Callable[[], R], *, seconds: float) -> R:
        """What `work` gives or raises. Raises TookTooLong."""
        until = monotonic() + seconds
        if not self.room.acquire(timeout=seconds):
            raise TookTooLong
        call = in_background(work)
        call.add_done_callback(lambda _: self.room.release())
        try:
            return call.result(timeout=max(0.0, until - monotonic()))
        except TimeoutError as late:
            raise TookTooLong from late


class InTime:
    """`system`, each of its methods within `seconds`, or it raises `too_slow`."""

    def __init__(self, system: object, *, seconds: float, too_slow: type[Exception]) -> None:
        self._system, self._seconds, self._too_slow = system, seconds, too_slow
        self._limit = TimeLimit()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._call, getattr(self._system, name))

    def _call(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return self._limit.call(partial(method, *args, **kwargs), seconds=self._seconds)
        except TookTooLong as late:
            raise self._too_slow from late
