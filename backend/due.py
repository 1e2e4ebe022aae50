"""Doing what is due: the work and its finishing are one transaction, so that whatever dies, it is done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from backend.domain.agenda import Task
from backend.filing import Terms
from backend.ports import Claim, Clock, Store, Tickets

TermsAt = Callable[[datetime], Terms]


class Handler(Protocol):
    """Does the work of a claim inside the given transaction. Looks first whether it is still wanted."""

    def __call__(self, claim: Claim, *, tickets: Tickets, terms_at: TermsAt, now: datetime) -> None: ...


HANDLERS: Final[Mapping[Task, Handler]] = {}  # of every task but DELIVER, which backend/delivery.py carries out


def do(claim: Claim, *, store: Store, terms_at: TermsAt, now: datetime) -> bool:
    """False where somebody else holds the work now. What the handler raises, leaves nothing written."""
    with store.writing() as tickets:
        if not tickets.agenda.holds(claim, now=now):
            return False
        HANDLERS[claim.task](claim, tickets=tickets, terms_at=terms_at, now=now)
        tickets.agenda.finish(claim, at=now)
        return True


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Carries out a claim of any task that has a handler."""

    store: Store
    clock: Clock
    terms_at: TermsAt

    def __call__(self, claim: Claim) -> None:
        do(claim, store=self.store, terms_at=self.terms_at, now=self.clock())
