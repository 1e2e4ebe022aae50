"""What another system wants changed in a ticket: its status, by the verbs of the state machine, and remarks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import Key, Written
from backend.ports import Entry, Event, Filed, Store
from backend.refusals import TicketNotFound
from backend.usecases.filing import Terms
from backend.usecases.tickets import moved


@dataclass(frozen=True, kw_only=True)
class Remark:
    text: Written
    author: Key | None = None


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """`status` None: it stays; `reason` goes with a new status."""

    status: TicketStatus | None
    reason: str
    remarks: tuple[Remark, ...]


def amend(
    *,
    number: TicketNumber,
    wished: Callable[[Filed, Sequence[Entry]], Amendment],
    by: str,
    terms: Terms,
    store: Store,
    now: datetime,
) -> None:
    """`wished` sees the ticket as it is in this transaction. Refuses as it does, as the verbs do, and with
    TicketNotFound."""
    with store.writing() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        amendment = wished(filed, tickets.history(numbers=[number])[number])
        if amendment.status and amendment.status is not filed.ticket.status:
            filed = moved(
                filed, to=amendment.status, reason=amendment.reason, by=by, terms=terms, tickets=tickets, now=now
            )
        for remark in amendment.remarks:
            tickets.record(
                Entry(
                    number=number,
                    at=now,
                    by=by,
                    event=Event.REMARKED,
                    status=filed.ticket.status,
                    detail={"text": remark.text, "author": remark.author or by},
                )
            )
