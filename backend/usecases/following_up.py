"""Following up the outcome 追踪落实结果 (R5.4): of what is not closed the customer hears how it stands, and the owner
is reminded to see it settled (R2.7)."""

from collections.abc import Iterator
from datetime import datetime

from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.domain.follow_up import NOT_CLOSED, follow_up_at, outcome_clause
from backend.domain.ownership import leader_to_report_to
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import TicketStatus
from backend.domain.written import moment, ticket_number
from backend.ports import Claim, Entry, Event, Filed, Tickets
from backend.usecases.tickets import OURSELVES
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_customer, to_staff


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:
    at = follow_up_at(charter, filed.ticket)
    if at:
        yield Due(task=Task.FOLLOW_UP_OUTCOME, at=at, key=str(filed.ticket.times_reopened))


def follow_up(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    filed = ticket_of(claim, tickets)
    ticket, charter = filed.ticket, means.terms_at(now).charter
    clause = outcome_clause(charter, ticket)
    if clause is None or ticket.status not in NOT_CLOSED:
        return
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=OURSELVES,
            event=Event.OUTCOME_FOLLOWED_UP,
            status=ticket.status,
            detail={"clause": clause.key},
        )
    )
    key = f"follow-up:{ticket.number}:{claim.due.key}"
    at = charter.operator.quiet_hours.after(now)
    text = _how_it_stands(filed, now=now)
    tickets.outbox.add(to_customer(ticket, text, key=f"{key}:customer", at=at, by_day=True))
    owner = charter.member(ticket.owner) or leader_to_report_to(
        charter=charter, at=now, open_matters=tickets.open_matters
    )  # who has left the staff is told nothing
    state = ticket.status_label
    told = f"工单 {ticket_number(ticket.number)} 现在是“{state}”，还没有办结，请落实结果，并告诉客户。"
    tickets.outbox.add(to_staff(owner, told, key=key, now=now, about=claim.subject))


def _how_it_stands(filed: Filed, *, now: datetime) -> str:
    ticket = filed.ticket
    mark = "（示例）" if filed.owner_sample else ""
    return (
        f"您好，工单 {ticket_number(ticket.number)} 现在是“{ticket.status_label}”{_by_when(ticket, now=now)}。"
        f"首问责任人工号 {ticket.owner}，电话 {filed.owner_phone}{mark}，跟到办好为止。"
    )


def _by_when(ticket: Ticket, *, now: datetime) -> str:
    made = ticket.main_promise
    if made is None or ticket.status is TicketStatus.RESOLVED:
        return ""
    if made.due is None:
        return f"，{made.reason}"
    late = "，已经超时，正在督办" if made.due < now else ""
    return f"，承诺最迟 {moment(made.due)}{late}"
