"""Urgent matters 急事急办: reported to the leader at once, in the transaction that files or reopens them."""

from datetime import datetime
from typing import Final

from backend.domain.charter import Charter
from backend.domain.ownership import leader_to_report_to
from backend.domain.ticket import Ticket
from backend.ports import Entry, Event, Tickets

WHY: Final = "急事急办，立即报告负责人"  # R2.6, R1.16


def report_if_urgent(ticket: Ticket, *, charter: Charter, tickets: Tickets, by: str, now: datetime) -> Ticket:
    """Who leads now, not at acceptance: a report filed late goes to who can act on it.

    Unchanged where the matter is not urgent, not open, or its leader knows already.
    """
    if ticket.reported_to or not ticket.is_open or not charter.is_urgent(subject=ticket.subject):
        return ticket
    leader = leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters())
    reported = ticket.report_to_leader(leader=leader.job_number, by=by, at=now, reason=WHY)
    tickets.save(reported)
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=by,
            event=Event.REPORTED_TO_LEADER,
            status=ticket.status,
            reason=WHY,
            detail={"leader": leader.job_number, "role": leader.role, "subject": ticket.subject},
        )
    )
    return reported
