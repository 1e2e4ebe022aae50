"""Watching promises 督办 (R1.19): near its limit the handler is warned; past it the head of the window is told
(R2.8), then the leader, and the customer before having to ask."""

from collections.abc import Iterator
from datetime import datetime

from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.domain.ownership import leader_after_head, leader_to_report_to
from backend.domain.promise import Promise
from backend.domain.staff import StaffMember
from backend.domain.vocabulary import PromiseKind
from backend.domain.written import moment, ticket_number
from backend.ports import Claim, Entry, Event, Filed, Tickets
from backend.usecases.tickets import OURSELVES
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_customer, to_staff


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:
    watch, quiet = charter.watch, charter.operator.quiet_hours
    if watch is None:
        return
    for told in filed.ticket.outstanding:
        assert told.due is not None  # noqa: S101 - what is outstanding has a due time
        key = _key(told)
        yield Due(task=Task.WARN_HANDLER, at=watch.warn_at(started_at=told.started_at, due=told.due), key=key)
        yield Due(task=Task.REPORT_OVERDUE, at=told.due, key=key)
        yield Due(task=Task.APOLOGISE, at=quiet.after(told.due), key=key)
        evening = quiet.before(told.due)
        if told.kind is PromiseKind.SETTLE and told.started_at < evening < told.due:
            yield Due(task=Task.FORETELL, at=evening, key=key)
        yield Due(task=Task.REPORT_TO_LEADER, at=watch.leader_at(due=told.due), key=key)


def warn_handler(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    found = _still_outstanding(claim, tickets)
    if found is None:
        return
    filed, told = found
    charter = means.terms_at(now).charter
    handler = charter.member(filed.ticket.handler) or leader_to_report_to(
        charter=charter, at=now, open_matters=tickets.open_matters
    )  # who has left the staff warns nobody
    text = f"工单 {ticket_number(filed.ticket.number)} 的{told.label}快到时限，最迟 {_due(told)}，请抓紧办理。"
    _record(filed, Event.HANDLER_WARNED, told, to=handler, tickets=tickets, now=now)
    tickets.outbox.add(to_staff(handler, text, key=_message(claim), now=now, about=claim.subject))


def report_overdue(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """To the head of the window; the head of the department answers for it (R1.19)."""
    found = _still_outstanding(claim, tickets)
    if found is None:
        return
    filed, told = found
    charter, ticket = means.terms_at(now).charter, filed.ticket
    head = leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters)
    department = charter.department_of(ticket.handler) or charter.department_of(ticket.owner)
    answerable = department.head if department else None
    _record(filed, Event.OVERDUE_REPORTED, told, to=head, tickets=tickets, now=now, answerable=answerable)
    tickets.outbox.add(to_staff(head, _late(filed, told), key=_message(claim), now=now, about=claim.subject))


def foretell(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """Of a promise that may be broken at night the customer hears before the night, not in it."""
    found = _still_outstanding(claim, tickets)
    if found is None or means.terms_at(now).charter.operator.quiet_hours.hold(at=now):
        return
    filed, told = found
    text = (
        f"工单 {ticket_number(filed.ticket.number)} 的{told.label}还没有完成，承诺最迟 {_due(told)}，我们正抓紧办理。"
        f"到时没有办好，明早向您说明，首问责任人工号 {filed.ticket.owner} 负责到底。"
    )
    tickets.outbox.add(to_customer(filed.ticket, text, key=_message(claim), at=now, by_day=True))


def apologise(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    found = _still_outstanding(claim, tickets)
    if found is None:
        return
    filed, told = found
    apology = (
        f"对不起，工单 {ticket_number(filed.ticket.number)} 的{told.label}我们没有按承诺的 {_due(told)} 完成。"
        f"已报告值班负责人督办，仍由首问责任人工号 {filed.ticket.owner} 负责到底，有进展马上告诉您。"
    )
    at = means.terms_at(now).charter.operator.quiet_hours.after(now)
    tickets.outbox.add(to_customer(filed.ticket, apology, key=_message(claim), at=at, by_day=True))


def report_to_leader(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    found = _still_outstanding(claim, tickets)
    if found is None:
        return
    filed, told = found
    charter = means.terms_at(now).charter
    department = charter.department_of(filed.ticket.handler)
    leader = leader_after_head(
        charter=charter, at=now, department=department.key if department else None, open_matters=tickets.open_matters
    )
    _record(filed, Event.OVERDUE_REPORTED, told, to=leader, tickets=tickets, now=now)
    tickets.outbox.add(to_staff(leader, _late(filed, told), key=_message(claim), now=now, about=claim.subject))


def _key(told: Promise) -> str:
    """Of one promise as it stands: an extension makes another one of it."""
    return f"{told.kind}:{told.due:%Y%m%dT%H%M%S}"


def _message(claim: Claim) -> str:
    return f"{claim.subject}:{claim.task}:{claim.due.key}"


def _still_outstanding(claim: Claim, tickets: Tickets) -> tuple[Filed, Promise] | None:
    filed = ticket_of(claim, tickets)
    told = next((told for told in filed.ticket.outstanding if _key(told) == claim.due.key), None)
    return (filed, told) if told else None


def _record(
    filed: Filed,
    event: Event,
    told: Promise,
    *,
    to: StaffMember,
    tickets: Tickets,
    now: datetime,
    answerable: str | None = None,
) -> None:
    """`answerable`: the head of the department, whose responsibility it is (R1.19)."""
    detail = {"promise": told.kind, "due": str(told.due), "to": to.job_number, "answerable": answerable}
    told_to = {name: value for name, value in detail.items() if value}
    tickets.record(
        Entry(number=filed.ticket.number, at=now, by=OURSELVES, event=event, status=filed.ticket.status, detail=told_to)
    )


def _due(told: Promise) -> str:
    assert told.due is not None  # noqa: S101 - what is outstanding has a due time
    return moment(told.due)


def _late(filed: Filed, told: Promise) -> str:
    ticket = filed.ticket
    return (
        f"工单 {ticket_number(ticket.number)} 的{told.label}已超过时限（{_due(told)}），"
        f"经办人工号 {ticket.handler}，首问责任人工号 {ticket.owner}，请督办。"
    )
