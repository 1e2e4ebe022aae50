"""What one transaction has read, written and recorded of each ticket, so that what follows from it can be told."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from backend.domain.ticket import TicketNumber
from backend.ports import Change, Entry, Filed


class Changes:
    """`read_now` reads a ticket that this transaction has recorded something of without ever reading it."""

    def __init__(self, read_now: Callable[[TicketNumber], Filed | None]) -> None:
        self._read_now = read_now
        self._read: dict[TicketNumber, Filed] = {}  # as they stood before this transaction changed them
        self._written: dict[TicketNumber, Filed] = {}
        self._entries: dict[TicketNumber, list[Entry]] = defaultdict(list)

    def read(self, filed: Filed) -> None:
        if filed.ticket.number not in self._written:
            self._read.setdefault(filed.ticket.number, filed)

    def wrote(self, filed: Filed) -> None:
        self._written[filed.ticket.number] = filed

    def recorded(self, entry: Entry) -> None:
        self._entries[entry.number].append(entry)

    def latest(self, number: TicketNumber) -> Filed:
        latest = self._written.get(number) or self._read.get(number) or self._read_now(number)
        assert latest is not None  # noqa: S101 - the audit's foreign key
        return latest

    def so_far(self) -> Sequence[Change]:
        """A change that the audit knows nothing of is a mistake: ValueError."""
        if unrecorded := self._written.keys() - self._entries.keys():
            raise ValueError(f"changed without an entry in the audit: {', '.join(map(str, unrecorded))}")
        after = {number: self.latest(number) for number in self._entries}
        return [
            Change(before=self._read.get(number), after=after[number], entries=tuple(entries))
            for number, entries in self._entries.items()
        ]
