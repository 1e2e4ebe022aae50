"""Urgent matters 急事急办: reported to the leader at once, in the transaction that files or reopens them."""

from datetime import datetime
from typing import Final

import structlog

from backend.domain.charter import Charter
from backend.domain.ownership import leader_to_report_to
from backend.domain.severity import why_major
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import ComplaintKind, Grade, TicketType
from backend.domain.written import phone, ticket_number
from backend.messages.reports import Report
from backend.ports import Accounts, AccountsUnavailable, Entry, Event, Tickets
from backend.work.outgoing import to_staff

WHY: Final = "急事急办，立即报告负责人"  # R2.6, R1.16
_log = structlog.get_logger(__name__)


def is_of_important_customer(report: Report, *, charter: Charter, accounts: Accounts) -> bool:
    """Does an account of the phone say so? Looked up only where a rule of the charter asks for it.

    The lookup may be another system's, so it has no place in a transaction; without it a complaint is filed all the
    same, and judged by the other rules.
    """
    wanted = report.ticket_type is TicketType.COMPLAINT and any(rule.important for rule in charter.major_complaints)
    if not wanted:
        return False
    try:
        return any(account.important for account in accounts.of_phone(phone=report.contact_phone))
    except AccountsUnavailable as away:
        _log.warning("complaint.importance_unknown", matter_id=report.matter_id, reason=repr(away))
        return False


def why_major_complaint(
    ticket: Ticket, *, said: str, important: bool, charter: Charter, tickets: Tickets
) -> str | None:
    """By which of the charter's rules a complaint is major (R1.16), for whoever answers it; None: by none.

    `said`: what is said now, beside what stands on the ticket; `important`: see `is_of_important_customer`.
    """
    if ticket.ticket_type is not TicketType.COMPLAINT:
        return None
    text = f"{ticket.description}。{said}"
    times = _times(ticket, tickets)
    reasons = why_major(text=text, times=times, important=important, rules=charter.major_complaints)
    return f"重大投诉：{'、'.join(reasons)}。{WHY}" if reasons else None


def report_if_urgent(
    ticket: Ticket, *, charter: Charter, tickets: Tickets, by: str, now: datetime, why: str = WHY
) -> Ticket:
    """Who leads now, not at acceptance: a report filed late goes to who can act on it.

    Unchanged where the matter is not urgent, not open, or its leader knows already.
    """
    major = ticket.ticket_type is TicketType.COMPLAINT and ticket.grade is Grade.MAJOR
    urgent = major or charter.is_urgent(subject=ticket.subject)
    if ticket.reported_to or not ticket.is_open or not urgent:
        return ticket
    leader = leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters)
    reported = ticket.report_to_leader(leader=leader.job_number, by=by, at=now, reason=why)
    tickets.save(reported)
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=by,
            event=Event.REPORTED_TO_LEADER,
            status=ticket.status,
            reason=why,
            detail={"leader": leader.job_number, "role": leader.role, "subject": ticket.subject},
        )
    )
    text = (
        f"{why}。工单 {ticket_number(ticket.number)}：{ticket.description}；"
        f"地址：{ticket.address or '待与客户确认'}；电话：{phone(ticket.contact_phone)}。"
    )
    key = f"urgent:{ticket.number}:{ticket.times_reopened}"
    tickets.outbox.add(to_staff(leader, text, key=key, now=now, about=str(ticket.number)))
    return reported


def _times(ticket: Ticket, tickets: Tickets) -> int:
    """How often the customer has brought it; of a fault that keeps coming back, also how often it was reported."""
    phone = ticket.contact_phone
    times = tickets.times_brought(contact_phone=phone, ticket_type=TicketType.COMPLAINT)[ticket.subject]
    if ticket.subject != ComplaintKind.REPEAT_FAULT:
        return times
    return max(times, *tickets.times_brought(contact_phone=phone, ticket_type=TicketType.FAULT).values(), 0)
