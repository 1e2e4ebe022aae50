"""The ledger of each ticket: pages that are written once."""

from collections.abc import Sequence
from typing import Final, Protocol

from backend.domain.ledger import Page
from backend.domain.ticket import TicketNumber

# What is erased at the customer's wish: everything that was said or written freely, and where and how he is reached.
WORDS: Final = frozenset(
    {"description", "address", "contact_phone", "requested_text", "status_reason", "outcome", "attachments"}
)
# Of an entry's details these are figures, times and words of the vocabulary. All others are taken for free text.
FACTS: Final = frozenset(
    {
        "answerable", "atDoor", "attempt", "calledAt", "chosenBy", "clause", "contacted", "contactedAt",
        "declaration", "department", "drawn", "due", "grade", "ground", "handler", "handover", "incident",
        "laterThanPromised", "leader", "matterId", "month", "outcome", "owner", "position", "promise",
        "request", "requestedAt", "role", "rule", "satisfaction", "solved", "staff", "step", "subject", "to", "told",
        "turn", "visitAt", "visitOf", "wishedDue",
    }
)  # fmt: skip


class Ledger(Protocol):
    def last(self, *, number: TicketNumber) -> Page | None:
        """Nobody else writes to this ticket's ledger from here to the end of the transaction."""

    def add(self, page: Page) -> None: ...

    def pages(self, *, number: TicketNumber) -> Sequence[Page]:
        """From the first."""
