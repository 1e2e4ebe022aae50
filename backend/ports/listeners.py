"""Listeners 事件订阅方: other systems that registered at TMF621's /hub to be told of events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Listener:
    """`query` says which events it wants; None: all."""

    id: str
    callback: str  # an http or https URL
    query: str | None
    registered_at: datetime
    failing_since: datetime | None = None  # nothing has reached it since then
    parked_at: datetime | None = None  # 停投: given up until it is revived; its events wait as dead letters


class Listeners(Protocol):
    def put(self, listener: Listener) -> None:
        """Adds it, or takes the place of what stood under its id."""

    def get(self, *, id: str) -> Listener | None: ...  # noqa: A002 - the row's name

    def all(self) -> Sequence[Listener]:
        """The longest registered first."""

    def remove(self, *, id: str) -> bool:  # noqa: A002
        """False where there is none of this id."""
