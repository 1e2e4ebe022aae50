"""Who answers for a ticket, and who else settles it: a change of owner (R2.10), another department (R2.3)."""

from dataclasses import replace
from datetime import UTC, datetime

from backend.domain.charter import Charter, Department
from backend.domain.referral import Contact
from backend.domain.referral import refer as referred
from backend.domain.ticket import Ticket
from backend.domain.written import ticket_number
from backend.messages.clock import ChangeOwner, Refer
from backend.messages.reports import TicketView
from backend.ports import Event, Filed, Store, Tickets
from backend.refusals import DepartmentUnknown
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.work.outgoing import to_customer

BY_LEADER = "leader_decision"  # how the owner was chosen, beside the charter's rules


def change_owner(*, act: ChangeOwner, terms: Terms, store: Store, now: datetime) -> TicketView:
    """变更首问责任人. Refuses with LeaderNeeded, ReasonMissing, SameOwner, StaffUnknown."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        leader = acts.leader_of(terms, job_number=act.by, verb="变更首问责任人")
        owner = acts.member_of(terms, job_number=act.to)
        ticket = filed.ticket.change_owner(to=act.to, leader=leader.job_number, at=now, reason=act.reason)
        changed = replace(
            filed,
            ticket=ticket,
            owner_phone=owner.phone,
            owner_role=owner.role,
            owner_sample=owner.sample,
            owner_chosen_by=BY_LEADER,
        )
        tickets.save_owner(changed)
        quiet = terms.charter.operator.quiet_hours
        mark = "（示例）" if owner.sample else ""
        text = (
            f"工单 {ticket_number(ticket.number)} 的首问责任人改由工号 {act.to} 担任，"
            f"电话 {owner.phone}{mark}，承诺的时间不变。"
        )
        tickets.outbox.add(to_customer(ticket, text, key=f"owner:{act.request_id}", at=quiet.after(now), by_day=True))
        return ticket, [acts.entry(ticket, Event.OWNER_CHANGED, act, now=now, detail={"owner": act.to})]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def refer(*, act: Refer, terms: Terms, store: Store, now: datetime) -> TicketView:
    """引导. The customer is told why, where, by which phone and how. Refuses with DepartmentUnknown,
    DepartmentNotContacted, ReasonMissing."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        charter = terms.charter
        department = next((each for each in charter.departments if each.key == act.department), None)
        if department is None:
            raise DepartmentUnknown(department=act.department)
        contact = None
        if act.contacted and act.contacted_at:
            contact = Contact(who=acts.member_of(terms, job_number=act.contacted).job_number, at=act.contacted_at)
        ticket = referred(
            filed.ticket,
            to=department,
            rule=charter.referral,
            contact=contact,
            by=act.by,
            at=now,
            reason=act.reason,
        )
        quiet = terms.charter.operator.quiet_hours
        text = _directions(ticket, department, charter=charter, contacted=contact is not None, why=act.reason)
        told_at = quiet.after(now)
        tickets.outbox.add(to_customer(ticket, text, key=f"referred:{act.request_id}", at=told_at, by_day=True))
        detail = {
            "department": department.key,
            "contacted": contact.who if contact else None,
            "contactedAt": contact.at.astimezone(UTC).isoformat() if contact else None,
        }
        return ticket, [acts.entry(ticket, Event.REFERRED, act, now=now, detail=detail)]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def _directions(ticket: Ticket, to: Department, *, charter: Charter, contacted: bool, why: str) -> str:
    """R2.3: the reason, phone, place and process; and that the owner stays with it."""
    process = charter.processes.get(ticket.subject)
    steps = f"流程：{'；'.join(process.steps)}。" if process else f"报工单号 {ticket.number} 就能办。"
    arranged = "，我们已先联系好" if contacted else ""
    mark = "（示例）" if to.sample else ""
    return (
        f"工单 {ticket_number(ticket.number)}：{why}，由{to.name}办理{arranged}。"
        f"电话 {to.phone}，地址 {to.place}{mark}。{steps}"
        f"首问责任人仍是工号 {ticket.owner}，跟到办好为止。"
    )
