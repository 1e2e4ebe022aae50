"""The duty log 值班日志 and the opinion book 意见簿."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.hall import DutyNote, Opinion


class DutyNotes(Protocol):
    def add(self, note: DutyNote) -> DutyNote:
        """Gives it its number. A key that is there already: what stands there."""

    def get(self, *, number: int) -> DutyNote | None: ...

    def save(self, ended: DutyNote) -> None: ...

    def written(self, *, since: datetime, until: datetime) -> Sequence[DutyNote]:
        """The earliest first."""

    def carried(self, *, to: datetime) -> Sequence[DutyNote]:
        """Events from before that moment that had not been ended by then; the earliest first."""


class Opinions(Protocol):
    def add(self, opinion: Opinion) -> Opinion:
        """Gives it its number. A key that is there already: what stands there."""

    def of_key(self, *, key: str) -> Opinion:
        """KeyError where there is none."""

    def page(self, *, offset: int, limit: int) -> Sequence[Opinion]:
        """What is owed an answer first, the oldest of it first (R2.7); then the newest first."""

    def unanswered(self) -> int:
        """How many are owed an answer."""

    def count(self) -> int: ...
