"""Doing what is due: the work and its finishing are one transaction, so that whatever dies, it is done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.agenda import Task
from backend.domain.ticket import TicketNumber
from backend.ports import Accounts, Claim, Clock, Filed, Store, Tickets
from backend.refusals import DeadLetterNotFound
from backend.usecases.filing import Terms


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a handler may use beside the transaction."""

    terms_at: Callable[[datetime], Terms]
    accounts: Accounts
    public_url: str | None = None  # where the bot is reached from outside


class Handler(Protocol):
    """Does the work of a claim inside the given transaction. Looks first whether it is still wanted."""

    def __call__(self, claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None: ...


def ticket_of(claim: Claim, tickets: Tickets) -> Filed:
    """The ticket that the work is about; without one it is a mistake of whoever planned it: LookupError."""
    filed = tickets.get(number=TicketNumber(claim.subject))
    if filed is None:
        raise LookupError(claim.subject)
    return filed


def retry(*, id: int, store: Store, now: datetime) -> None:  # noqa: A002 - the row's name
    """Refuses with DeadLetterNotFound."""
    with store.writing() as tickets:
        if not tickets.agenda.revive(id=id, at=now):
            raise DeadLetterNotFound(id=id)


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Carries out a claim of any task that has a handler: all but DELIVER (backend/work/delivery.py)."""

    store: Store
    clock: Clock
    means: Means
    handlers: Mapping[Task, Handler]

    def __call__(self, claim: Claim) -> None:
        do(claim, handlers=self.handlers, store=self.store, means=self.means, now=self.clock())


def do(claim: Claim, *, handlers: Mapping[Task, Handler], store: Store, means: Means, now: datetime) -> bool:
    """False where somebody else holds the work now. What the handler raises, leaves nothing written."""
    with store.writing() as tickets:
        if not tickets.agenda.holds(claim, now=now):
            return False
        handlers[claim.task](claim, tickets=tickets, means=means, now=now)
        tickets.agenda.finish(claim, at=now)
        return True
