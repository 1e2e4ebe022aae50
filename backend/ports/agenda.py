"""Due work 到期事项: the table that is the truth of what is to be done by itself, whoever runs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.agenda import Due, Task


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Due work that one worker holds until `until`; then anybody may take it again. `attempt` counts from 1."""

    id: int
    subject: str  # a ticket's number, or what else the work is about
    due: Due
    detail: Mapping[str, object]
    attempt: int
    by: str
    until: datetime

    @property
    def task(self) -> Task:
        return self.due.task


class Agenda(Protocol):
    """Rows of one subject are told apart by task and key; what is finished or given up never comes again."""

    def plan(self, *, subject: str, wanted: Sequence[Due]) -> None:
        """The unfinished work of this subject is `wanted` from now on: missing rows are added, moved ones moved,
        others taken out. Work in a lane, or with details, was added by itself and is left alone."""

    def add(self, *, subject: str, due: Due, lane: str | None = None, detail: Mapping[str, object]) -> None:
        """Once is enough: again changes nothing. Of one `lane` only the oldest unfinished row is handed out."""

    def claim(self, *, now: datetime, until: datetime, by: str, limit: int) -> Sequence[Claim]:
        """The earliest work that is due and nobody's, or whose lease has run out; it is this worker's until then."""

    def holds(self, claim: Claim, *, now: datetime) -> bool:
        """Is it still this worker's? Asked inside the transaction that does the work and finishes it."""

    def finish(self, claim: Claim, *, at: datetime) -> None: ...

    def postpone(self, claim: Claim, *, to: datetime, error: str) -> None:
        """It failed, and is tried again then. `error`: the kind, never what a customer wrote."""

    def bury(self, claim: Claim, *, at: datetime, error: str) -> None:
        """It failed for good: a dead letter, listed and retriable by people."""

    def dead(self) -> Sequence[Claim]: ...

    def revive(self, *, id: int, at: datetime) -> bool:  # noqa: A002 - the row's name
        """A dead letter is due again; False where there is none of this number."""
