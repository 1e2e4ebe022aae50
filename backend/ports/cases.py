"""Cases of accountability 责任追究."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.accountability_case import Case


class Cases(Protocol):
    def open(self, case: Case) -> None:
        """Once for a breach: a second one of its key changes nothing."""

    def get(self, *, number: int) -> Case | None: ...

    def of_breach(self, *, key: str) -> Case | None: ...

    def save(self, case: Case) -> None: ...

    def opened_within(self, *, since: datetime, until: datetime) -> Sequence[Case]:
        """Both ends included; the first opened first."""

    def all(self) -> Sequence[Case]:
        """The newest first."""
