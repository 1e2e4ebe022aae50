"""Complaints 投诉: each goes to who annotates it and names an investigator, where the charter says so (R1.5); a
conclusion settles it, with the remedy where the company is at fault (R2.12)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from backend.domain import complaint
from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.domain.complaint import Conclusion, Finding, Steps
from backend.domain.errors import ComplaintNotConcluded
from backend.domain.ownership import who_decides
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.domain.written import ticket_number
from backend.messages.complaints import Annotate, Conclude, NameInvestigator
from backend.messages.reports import TicketView
from backend.ports import Change, Claim, Entry, Event, Filed, Store, Tickets
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.usecases.tickets import OURSELVES
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_customer, to_staff

CONCLUDED: Final = {Finding.UPHELD: Event.COMPLAINT_UPHELD, Finding.NOT_UPHELD: Event.COMPLAINT_NOT_UPHELD}


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:
    ticket = filed.ticket
    if charter.complaint_handling and ticket.ticket_type is TicketType.COMPLAINT and ticket.is_open:
        yield Due(task=Task.ASK_FOR_ANNOTATION, at=filed.filed_at)


def ask_for_annotation(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """请批阅, to whom the charter names, of the department that serves the area."""
    filed = ticket_of(claim, tickets)
    ticket, charter = filed.ticket, means.terms_at(now).charter
    rule = charter.complaint_handling
    if rule is None or not ticket.is_open or steps_of(ticket, tickets).annotated:
        return
    reader = who_decides(
        rule.annotated_by,
        charter=charter,
        at=now,
        department=_department(ticket, charter),
        open_matters=tickets.open_matters,
    )
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=OURSELVES,
            event=Event.ANNOTATION_ASKED,
            status=ticket.status,
            detail={"leader": reader.job_number},
        )
    )
    named = "并指定专人调查落实" if rule.investigator_named else ""
    text = f"投诉 {ticket_number(ticket.number)}：{ticket.description}。请批阅{named}。"
    tickets.outbox.add(to_staff(reader, text, key=f"annotation:{claim.id}", now=now, about=claim.subject))


def annotate(*, act: Annotate, terms: Terms, store: Store, now: datetime) -> TicketView:
    """批阅. Refuses as the domain's `annotate` does."""

    def done(filed: Filed) -> once.Done:
        member = acts.member_of(terms, job_number=act.by)
        ticket = complaint.annotate(filed.ticket, rule=terms.charter.complaint_handling, member=member, at=now)
        return ticket, [acts.entry(ticket, Event.ANNOTATED, act, now=now, detail={"text": act.text})]

    return acts.carried_out(act, done, terms=terms, store=store, now=now)


def name_investigator(*, act: NameInvestigator, terms: Terms, store: Store, now: datetime) -> TicketView:
    """指定专人. Refuses as the domain's `name_investigator` does, and with StaffUnknown."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        investigator = acts.member_of(terms, job_number=act.to)
        ticket = complaint.name_investigator(
            filed.ticket,
            rule=terms.charter.complaint_handling,
            member=acts.member_of(terms, job_number=act.by),
            investigator=investigator.job_number,
            at=now,
        )
        text = f"投诉 {ticket_number(ticket.number)} 指定您调查落实：{ticket.description}。{act.reason}"
        key = f"investigator:{act.request_id}"
        tickets.outbox.add(to_staff(investigator, text, key=key, now=now, about=str(ticket.number)))
        return ticket, [acts.entry(ticket, Event.INVESTIGATOR_NAMED, act, now=now, detail={"handler": act.to})]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def conclude(*, act: Conclude, terms: Terms, store: Store, now: datetime) -> TicketView:
    """作结论; the customer is told. Refuses as the domain's `conclude` does, and with RemedyMissing, StaffUnknown."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        if act.staff:
            acts.member_of(terms, job_number=act.staff)
        conclusion = Conclusion(finding=act.finding, answer=act.answer, remedy=act.remedy)
        ticket = complaint.conclude(
            filed.ticket,
            rule=terms.charter.complaint_handling,
            steps=steps_of(filed.ticket, tickets),
            conclusion=conclusion,
            by=act.by,
            at=now,
        )
        tickets.outbox.add(to_customer(ticket, _result(ticket, conclusion), key=f"concluded:{act.request_id}", at=now))
        found = {"remedy": act.remedy.strip(), "staff": act.staff}
        detail = {name: value for name, value in found.items() if value}
        concluded = acts.entry(ticket, CONCLUDED[act.finding], act, now=now, detail=detail)
        return ticket, [concluded, acts.entry(ticket, Event.STATUS_CHANGED, act, now=now)]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def refuse_without_conclusion(change: Change) -> None:
    """A complaint is settled by its conclusion, by whatever way it comes (R2.12). Refuses with
    ComplaintNotConcluded."""
    ticket, was = change.after.ticket, change.before.ticket.status if change.before else None
    settled = ticket.status is TicketStatus.RESOLVED and was is not TicketStatus.RESOLVED
    concluded = any(entry.event in CONCLUDED.values() for entry in change.entries)
    if ticket.ticket_type is TicketType.COMPLAINT and settled and not concluded:
        raise ComplaintNotConcluded


def steps_of(ticket: Ticket, tickets: Tickets) -> Steps:
    """What its audit shows to be done."""
    events = {entry.event for entry in tickets.history(numbers=[ticket.number])[ticket.number]}
    return Steps(annotated=Event.ANNOTATED in events, investigator_named=Event.INVESTIGATOR_NAMED in events)


def _department(ticket: Ticket, charter: Charter) -> str | None:
    area = charter.area(ticket.area) if ticket.area else None
    department = charter.department_of(area.manager if area else ticket.owner)
    return department.key if department else None


def _result(ticket: Ticket, conclusion: Conclusion) -> str:
    number = ticket_number(ticket.number)
    if conclusion.finding is Finding.UPHELD:
        said = f"对不起，您投诉的事（工单 {number}）是我们的责任。{conclusion.text}。"
    else:
        said = f"您投诉的事（工单 {number}）已经查清：{conclusion.text}。"
    return f"{said}您还有意见请告诉我们，首问责任人工号 {ticket.owner} 负责到底。"
