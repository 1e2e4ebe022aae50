"""A request that is carried out once, however often it comes: the audit knows what it has done."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from backend.domain.ticket import Ticket
from backend.ports import Entry, Filed, Tickets

REQUEST: Final = "request"  # in the detail of an entry: the request that asked for it
Done = tuple[Ticket, Sequence[Entry]]


def carry_out(filed: Filed, done: Callable[[Filed], Done], *, by: str, request_id: str, tickets: Tickets) -> Filed:
    """`done` gives the ticket as it is then, and the entries, each naming the request. Unchanged the second time."""
    if entries_of(request_id, by=by, filed=filed, tickets=tickets):
        return filed
    ticket, entries = done(filed)
    if ticket != filed.ticket:
        tickets.save(ticket)
    for entry in entries:
        tickets.record(entry)
    return replace(filed, ticket=ticket)


def entries_of(request_id: str, *, by: str, filed: Filed, tickets: Tickets) -> Sequence[Entry]:
    """What this very request has done already."""
    number = filed.ticket.number
    history = tickets.history(numbers=[number])[number]
    return [entry for entry in history if entry.by == by and entry.detail.get(REQUEST) == request_id]
