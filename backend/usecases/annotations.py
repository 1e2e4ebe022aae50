"""待批阅 (R1.5): the complaints that a leader has yet to read, or to name an investigator for."""

from collections.abc import Sequence
from typing import Final

from backend.domain.charter import Charter
from backend.domain.labels import matter_label
from backend.domain.ticket import OPEN, Ticket
from backend.domain.vocabulary import TicketType
from backend.messages.complaints import AnnotationsView, AwaitedView
from backend.ports import Criterion, Entry, Event, Order, Store

ALL: Final = 1_000_000  # more complaints than are open at once


def awaited(*, charter: Charter, store: Store) -> AnnotationsView:
    rule = charter.complaint_handling
    if rule is None:
        return AnnotationsView(rule=None, source=None, annotated_by=None, awaited=())
    criteria = [
        Criterion(attributes=("ticket_type",), operator="eq", values=(TicketType.COMPLAINT,)),
        Criterion(attributes=("status",), operator="eq", values=tuple(OPEN)),
    ]
    with store.reading() as tickets:
        oldest_first = [Order(attribute="accepted_at")]
        page = tickets.search(criteria=criteria, order=oldest_first, offset=0, limit=ALL)
    views = [_view(filed.ticket, page.history[filed.ticket.number]) for filed in page.filed]
    return AnnotationsView(
        rule=rule.rule,
        source=rule.source,
        annotated_by=rule.annotated_by,
        awaited=tuple(
            view for view in views if not view.annotated or (rule.investigator_named and not view.investigator_named)
        ),
    )


def _view(ticket: Ticket, history: Sequence[Entry]) -> AwaitedView:
    promise, events = ticket.main_promise, {entry.event for entry in history}
    return AwaitedView(
        ticket=str(ticket.number),
        name=matter_label(ticket_type=ticket.ticket_type, subject=ticket.subject),
        accepted_at=ticket.accepted_at,
        due=promise.due if promise else None,
        handler=ticket.handler,
        annotated=Event.ANNOTATED in events,
        investigator_named=Event.INVESTIGATOR_NAMED in events,
    )
