"""What follows from every change of a ticket, written in the same transaction, so that no use case can forget it."""

from dataclasses import dataclass, field

from backend import ledger
from backend.accountability import open_cases
from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.complaints import refuse_without_conclusion
from backend.domain.charter import Charter
from backend.domain.working_time import Calendar, local
from backend.force_majeure import excuse_standing
from backend.handlers import FALLS_DUE
from backend.hub import announce
from backend.ports import Change, Filed, Tickets
from backend.visiting import draw


@dataclass(frozen=True, kw_only=True)
class Consequences:
    charters: CharterBook
    calendar: Calendar = field(default_factory=state_council_calendar)

    def follow(self, change: Change, tickets: Tickets) -> None:
        refuse_without_conclusion(change)
        charter = self._charter(change.after)
        change = excuse_standing(change, charter=charter, tickets=tickets)
        change = draw(change, charter=charter, calendar=self.calendar, tickets=tickets)
        open_cases(change, charter=charter, tickets=tickets)
        self._plan(change, charter, tickets)
        ledger.write(change, tickets)
        announce(change, tickets)

    def _charter(self, filed: Filed) -> Charter:
        """The one it was accepted under: a charter changed tomorrow moves nothing of yesterday's."""
        return self.charters.on(local(filed.ticket.accepted_at).date())

    def _plan(self, change: Change, charter: Charter, tickets: Tickets) -> None:
        wanted = [due for falls_due in FALLS_DUE for due in falls_due(change.after, charter)]
        number = str(change.after.ticket.number)
        tickets.agenda.plan(subject=number, wanted=wanted, is_new=change.before is None)
