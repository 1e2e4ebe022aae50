"""What follows from every change of a ticket, written in the same transaction, so that no use case can forget it."""

from dataclasses import dataclass

from backend.charter_book import CharterBook
from backend.domain.working_time import local
from backend.handlers import FALLS_DUE
from backend.ports import Change, Filed, Tickets


@dataclass(frozen=True, kw_only=True)
class Consequences:
    charters: CharterBook

    def follow(self, change: Change, tickets: Tickets) -> None:
        self._plan(change.after, tickets)

    def _plan(self, filed: Filed, tickets: Tickets) -> None:
        """By the charter it was accepted under: a charter changed tomorrow moves nothing of yesterday's."""
        charter = self.charters.on(local(filed.ticket.accepted_at).date())
        wanted = [due for falls_due in FALLS_DUE for due in falls_due(filed, charter)]
        tickets.agenda.plan(subject=str(filed.ticket.number), wanted=wanted)
