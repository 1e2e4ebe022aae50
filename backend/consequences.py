"""What follows from every change of a ticket, written in the same transaction, so that no use case can forget it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from backend.charter_book import CharterBook
from backend.domain.agenda import Due
from backend.domain.charter import Charter
from backend.domain.working_time import local
from backend.ports import Change, Filed, Tickets

FALLS_DUE: Final[tuple[Callable[[Filed, Charter], Iterator[Due]], ...]] = ()  # one function a topic


@dataclass(frozen=True, kw_only=True)
class Consequences:
    charters: CharterBook

    def follow(self, change: Change, tickets: Tickets) -> None:
        self._plan(change.after, tickets, is_new=change.before is None)

    def _plan(self, filed: Filed, tickets: Tickets, *, is_new: bool) -> None:
        """By the charter it was accepted under: a charter changed tomorrow moves nothing of yesterday's."""
        charter = self.charters.on(local(filed.ticket.accepted_at).date())
        wanted = [due for falls_due in FALLS_DUE for due in falls_due(filed, charter)]
        tickets.agenda.plan(subject=str(filed.ticket.number), wanted=wanted, is_new=is_new)
