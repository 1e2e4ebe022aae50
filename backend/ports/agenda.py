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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Work as it stands in the table, for people. `error`: the kind of the last failure; `dead_at`: given up then."""

    id: int
    subject: str
    due: Due
    attempts: int
    try_at: datetime
    held_until: datetime | None
    error: str | None
    dead_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """`waits_since`: when the oldest work that nobody has done yet became due. None: there is none."""

    waits_since: datetime | None
    dead: int
    dead_since: datetime | None


class Agenda(Protocol):
    """Rows of one subject are told apart by task and key; what is finished or given up never comes again."""

    def plan(self, *, subject: str, wanted: Sequence[Due], is_new: bool = False) -> None:
        """The unfinished work of this subject is `wanted` from now on: missing rows are added, moved ones moved,
        others taken out. Work in a lane, or with details, was added by itself and is left alone. `is_new`: nothing
        can have been planned for it yet."""

    def add(self, *, subject: str, due: Due, lane: str | None = None, detail: Mapping[str, object]) -> None:
        """Once is enough: again changes nothing. Of one `lane` only the oldest unfinished row is handed out."""

    def claim(self, *, now: datetime, until: datetime, by: str, limit: int, lanes: bool = False) -> Sequence[Claim]:
        """The earliest work that is due and nobody's, or whose lease has run out; it is this worker's until then.

        `lanes`: messages, of each lane the oldest; else the other work, of each subject the earliest.
        """

    def holds(self, claim: Claim, *, now: datetime) -> bool:
        """Is it still this worker's? Asked inside the transaction that does the work and finishes it."""

    def let_go(self, *, by: str) -> int:
        """Whatever this worker holds is nobody's again: it died with it. Says how much."""

    def finish(self, claim: Claim, *, at: datetime) -> None: ...

    def postpone(self, claim: Claim, *, to: datetime, error: str) -> None:
        """It failed, and is tried again then. `error`: the kind, never what a customer wrote."""

    def put_off(self, claim: Claim, *, to: datetime) -> None:
        """It is due then instead, as if it had never been tried; until then it holds up nothing of its lane."""

    def bury(self, claim: Claim, *, at: datetime, error: str) -> None:
        """It failed for good: a dead letter, listed and retriable by people."""

    def unfinished(self, *, limit: int) -> Sequence[Standing]:
        """The earliest first."""

    def dead(self) -> Sequence[Standing]:
        """What was given up, the oldest first."""

    def backlog(self, *, now: datetime) -> Backlog: ...

    def revive(self, *, id: int, at: datetime) -> bool:  # noqa: A002 - the row's name
        """A dead letter is due again; False where there is none of this number."""
