"""不可抗力 (R1.18): declared by a leader for an area and a span; it excuses what ran then, and moves no due time."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.errors import EndsBeforeItBegins, ForceMajeureNotGiven
from backend.domain.handling import ForceMajeure
from backend.domain.promise import Promise
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Excuse


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`area`: the charter's key; `number` is given by the store, 0 before."""

    number: int = 0
    area: str
    cause: str
    starts_at: datetime
    until: datetime
    declared_by: str
    declared_at: datetime

    def __post_init__(self) -> None:
        if self.until <= self.starts_at:
            raise EndsBeforeItBegins

    def says_the_same(self, other: "Declaration") -> bool:
        """A declaration that was sent twice."""
        return replace(self, number=other.number, declared_at=other.declared_at) == other

    def covers(self, made: Promise, *, rule: ForceMajeure) -> bool:
        """A promise of an excepted clause whose time ran in that span, at least in part."""
        if made.due is None or made.clause not in rule.clauses:
            return False
        return made.started_at < self.until and self.starts_at < made.due


def given(rule: ForceMajeure | None) -> ForceMajeure:
    """Refuses with ForceMajeureNotGiven where the charter has no such exception."""
    if rule is None:
        raise ForceMajeureNotGiven
    return rule


def excuse(ticket: Ticket, *, declaration: Declaration, rule: ForceMajeure, by: str, at: datetime) -> Ticket:
    """Unchanged where nothing is left to excuse."""
    open_or_late = [made for made in ticket.promises if not made.excused and not _kept_in_time(ticket, made)]
    hit = [made for made in open_or_late if declaration.covers(made, rule=rule)]
    if ticket.area != declaration.area or not hit:
        return ticket
    excused = ticket.noted(by=by, at=at, reason=declaration.cause)
    for made in hit:
        excused = excused.with_promise(replace(made, excused=Excuse.FORCE_MAJEURE))
    return excused


def _kept_in_time(ticket: Ticket, made: Promise) -> bool:
    kept = ticket.kept_at(made)
    return kept is not None and made.due is not None and kept <= made.due
