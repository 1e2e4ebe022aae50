"""Read-only views. They show what was promised; nothing is computed again."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.promise import Promise
from backend.domain.ticket import TicketNumber
from backend.messages.reports import OwnerView, PromiseView, Proof, Receipt, TicketView
from backend.ports import Criterion, Entry, Filed, Order, Page, Store
from backend.refusals import TicketNotFound
from backend.usecases.proof import numbers_of, prove


def progress(*, proof: Proof, store: Store, now: datetime) -> TicketView:
    """Refuses as `proof.prove` does."""
    filed = prove(proof=proof, store=store, now=now)
    with store.reading() as tickets:
        urges = tickets.urges(number=filed.ticket.number)
    return view(filed, urges=urges, now=now)


def of_conversation(
    *, conversation: str, store: Store, now: datetime, caller: str | None = None
) -> tuple[TicketView, ...]:
    """The tickets filed or proven in a conversation and the unfinished ones of its customer's phones, the latest
    first."""
    with store.reading() as tickets:
        phones = numbers_of(conversation=conversation, caller=caller, tickets=tickets, now=now)
        found = tickets.of_conversation(conversation=conversation, phones=phones)
        return tuple(view(filed, urges=tickets.urges(number=filed.ticket.number), now=now) for filed in found)


def search(*, criteria: Sequence[Criterion], order: Sequence[Order], offset: int, limit: int, store: Store) -> Page:
    with store.reading() as tickets:
        return tickets.search(criteria=criteria, order=order, offset=offset, limit=limit)


def read(*, number: TicketNumber, store: Store) -> tuple[Filed, Sequence[Entry]]:
    """A ticket and its history. Refuses with TicketNotFound."""
    with store.reading() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        return filed, tickets.history(numbers=[number])[number]


def main_promise(filed: Filed) -> Promise | None:
    return filed.ticket.main_promise


def receipt(
    filed: Filed, *, already_filed: bool = False, already_open: bool = False, reopened: bool = False
) -> Receipt:
    ticket = filed.ticket
    return Receipt(
        ticket_number=str(ticket.number),
        status=ticket.status,
        ticket_type=ticket.ticket_type,
        subject=ticket.subject,
        accepted_at=ticket.accepted_at,
        promises=tuple(map(promise_view, ticket.promises)),
        owner=_owner_view(filed),
        already_filed=already_filed,
        already_open=already_open,
        reopened=reopened,
        reported_to=ticket.reported_to,
        grade=ticket.grade,
    )


def view(filed: Filed, *, urges: int, now: datetime) -> TicketView:
    ticket = filed.ticket
    return TicketView(
        number=str(ticket.number),
        status=ticket.status,
        ticket_type=ticket.ticket_type,
        subject=ticket.subject,
        accepted_at=ticket.accepted_at,
        promises=tuple(map(promise_view, ticket.promises)),
        owner=_owner_view(filed),
        overdue=ticket.is_overdue(now=now),
        urges=urges,
        description=ticket.description,
        service=ticket.service,
        wished=ticket.requested_text,
        wished_at=ticket.requested_at,
        awaits_materials=ticket.awaits_materials,
    )


def promise_view(made: Promise) -> PromiseView:
    return PromiseView(
        kind=made.kind,
        clause=made.clause,
        label=made.label,
        rule=made.rule,
        source=made.source,
        mark=made.mark,
        limit=made.limit.text if made.limit else None,
        remark=made.remark,
        due=made.due,
        provisional=made.provisional,
        reason=made.reason,
        calendar=made.calendar,
        excused=made.excused,
    )


def _owner_view(filed: Filed) -> OwnerView:
    return OwnerView(
        job_number=filed.ticket.owner, phone=filed.owner_phone, role=filed.owner_role, sample=filed.owner_sample
    )
