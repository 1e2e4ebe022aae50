"""What follows from every change of a ticket, written in the same transaction, so that no use case can forget it."""

from dataclasses import dataclass

from backend import ledger
from backend.charter_book import CharterBook
from backend.domain.charter import Charter
from backend.domain.working_time import local
from backend.force_majeure import excuse_standing
from backend.handlers import FALLS_DUE
from backend.hub import announce
from backend.ports import Change, Filed, Tickets


@dataclass(frozen=True, kw_only=True)
class Consequences:
    charters: CharterBook

    def follow(self, change: Change, tickets: Tickets) -> None:
        charter = self._charter(change.after)
        change = excuse_standing(change, charter=charter, tickets=tickets)
        self._plan(change.after, charter, tickets)
        ledger.write(change, tickets)
        announce(change, tickets)

    def _charter(self, filed: Filed) -> Charter:
        """The one it was accepted under: a charter changed tomorrow moves nothing of yesterday's."""
        return self.charters.on(local(filed.ticket.accepted_at).date())

    def _plan(self, filed: Filed, charter: Charter, tickets: Tickets) -> None:
        wanted = [due for falls_due in FALLS_DUE for due in falls_due(filed, charter)]
        tickets.agenda.plan(subject=str(filed.ticket.number), wanted=wanted)
