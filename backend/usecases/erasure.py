"""Taking a customer's data and words out of a finished ticket: one transaction, harmless twice, in the audit."""

from dataclasses import replace
from datetime import datetime

from backend.domain.ticket import STATUS_LABELS
from backend.domain.ticket_facts import written
from backend.domain.vocabulary import TicketStatus
from backend.messages.acts import StaffAct
from backend.messages.reports import TicketView
from backend.ports import Event, Filed, Store, Tickets
from backend.refusals import NotFinished
from backend.usecases import acts, once
from backend.usecases.filing import Terms

FINISHED = frozenset({TicketStatus.CLOSED, TicketStatus.CANCELLED, TicketStatus.REJECTED})


def erase(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """抹除. What was promised, done and when stays. Refuses with LeaderNeeded, ReasonMissing, NotFinished."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        acts.leader_of(terms, job_number=act.by, verb="抹除")
        written(act.reason, verb="抹除")
        ticket = filed.ticket
        if ticket.status not in FINISHED:
            raise NotFinished(status=STATUS_LABELS[ticket.status])
        erased = replace(
            ticket,
            description="",
            address=None,
            contact_phone="",
            requested_text=None,
            status_reason=None,
            outcome=None,
            attachments=(),
        )
        tickets.erase(erased)
        return erased, [acts.entry(erased, Event.ERASED, act, now=now)]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)
