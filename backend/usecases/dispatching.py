"""Dispatch 派单 (R1.7, R1.8): fault, address and phone go to the repair staff on duty; their receipt and their call to
the customer are events of their own, and one visit settles all that is open at the address (R4.2)."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from backend.domain import dispatch as orders
from backend.domain.address import same_address
from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter, ClockStart
from backend.domain.dispatch import Dispatch
from backend.domain.ownership import leader_to_report_to
from backend.domain.promise import Promise, promise
from backend.domain.staff import StaffMember
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import PromiseKind, TicketStatus, TicketType
from backend.domain.written import moment, phone, ticket_number
from backend.messages.acts import Contacted, Resolved, StaffAct
from backend.messages.reports import TicketView
from backend.ports import Claim, Entry, Event, Filed, Store, Tickets
from backend.refusals import NotDispatched, OtherAddress, ReceiptUnknown
from backend.usecases import once
from backend.usecases.acts import carried_out_within, entry
from backend.usecases.filing import Terms
from backend.usecases.tickets import OURSELVES
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_customer, to_staff


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:  # noqa: ARG001 - one shape for all topics
    """At once, and again when it is reopened."""
    if filed.ticket.ticket_type is TicketType.FAULT and filed.ticket.is_open:
        yield Due(task=Task.DISPATCH, at=filed.filed_at, key=str(filed.ticket.times_reopened))


def dispatch(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """To the repair staff on duty of the area; where nobody is, to the head on duty, who must find somebody."""
    filed = ticket_of(claim, tickets)
    ticket, charter = filed.ticket, means.terms_at(now).charter
    if not ticket.is_open:
        return
    staff = _repairer(charter, ticket, tickets=tickets, now=now)
    order = Dispatch(
        number=ticket.number,
        turn=len(tickets.dispatches.of_ticket(number=ticket.number)) + 1,
        staff=staff.job_number,
        receipt_token=secrets.token_urlsafe(12),
        sent_at=now,
    )
    tickets.dispatches.add(order)
    handler = ticket.handler if ticket.reported_to else staff.job_number  # R2.6: it stays in the leader's hands
    sent = orders.dispatched(ticket, to=handler, by=OURSELVES, at=now)
    tickets.save(sent)
    tickets.record(
        Entry(
            number=ticket.number,
            at=now,
            by=OURSELVES,
            event=Event.DISPATCHED,
            status=sent.status,
            detail={"to": staff.job_number, "turn": order.turn},
        )
    )
    link = f"{means.public_url}/r/{order.receipt_token}" if means.public_url else order.receipt_token
    text = _order(filed, others=_others_there(filed, tickets), receipt=link)
    tickets.outbox.add(to_staff(staff, text, key=f"dispatch:{claim.id}", now=now, about=claim.subject))


def receive(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """接单: the limit of the call starts here (R1.8). Refuses with NotDispatched."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        order = _standing(filed, tickets).receive(at=now)
        tickets.dispatches.save(order)
        ticket = orders.received(filed.ticket, by=act.by, at=now, promises=_from_receipt(filed, terms=terms, at=now))
        return ticket, [entry(ticket, Event.RECEIVED, act, now=now, detail={"turn": order.turn})]

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def receive_by_token(*, receipt_token: str, terms: Terms, store: Store, now: datetime) -> TicketView:
    """The link in the order, whoever of the staff opens it. Refuses with ReceiptUnknown."""
    with store.reading() as tickets:
        order = tickets.dispatches.of_token(receipt_token=receipt_token)
    if order is None:
        raise ReceiptUnknown
    act = StaffAct(request_id=receipt_token, ticket_number=str(order.number), by=order.staff)
    return receive(act=act, terms=terms, store=store, now=now)


def contacted(*, act: Contacted, terms: Terms, store: Store, now: datetime) -> TicketView:
    """联系客户: reached and a time agreed, or tried in vain; only reaching the customer keeps the promise (R1.8)."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        if not act.reached:
            return filed.ticket, [entry(filed.ticket, Event.CONTACT_TRIED, act, now=now)]
        order = _standing(filed, tickets).contact(at=now, visit_at=act.visit_at)
        tickets.dispatches.save(order)
        ticket = orders.contacted(filed.ticket, by=act.by, at=now)
        if act.visit_at:
            text = f"工单 {ticket_number(ticket.number)}：维修人员约定 {moment(act.visit_at)} 上门，会主动出示工作证。"
            tickets.outbox.add(to_customer(filed.ticket, text, key=f"contacted:{act.request_id}", at=now))
        detail = {"visitAt": act.visit_at.isoformat()} if act.visit_at else None
        return ticket, [entry(ticket, Event.CONTACTED, act, now=now, detail=detail)]

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def resolve(*, act: Resolved, terms: Terms, store: Store, now: datetime) -> TicketView:
    """处理完毕; `also`: what the same visit settled at this address. Refuses with OtherAddress."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        there = {str(other.ticket.number): other for other in _others_there(filed, tickets)}
        for number in act.also:
            if number not in there:
                raise OtherAddress(number=number)
            settled = _settled(there[number].ticket, act=act, now=now)
            tickets.save(settled)
            detail = {"visitOf": str(filed.ticket.number)}
            tickets.record(entry(settled, Event.STATUS_CHANGED, act, now=now, detail=detail))
        ticket = _settled(filed.ticket, act=act, now=now)
        return ticket, [entry(ticket, Event.STATUS_CHANGED, act, now=now)]

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def _repairer(charter: Charter, ticket: Ticket, *, tickets: Tickets, now: datetime) -> StaffMember:
    on_duty = charter.repairers_on_duty(area=ticket.area or "", at=now)
    if not on_duty:
        return leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters)
    open_matters = tickets.open_matters()
    return min(on_duty, key=lambda m: (open_matters.get(m.job_number, 0), -m.rank, m.job_number))


def _from_receipt(filed: Filed, *, terms: Terms, at: datetime) -> tuple[Promise, ...]:
    """The promises whose clock starts with the receipt, of a ticket that carries none of them yet (R1.8)."""
    charter, ticket = terms.charter, filed.ticket
    if any(told.kind is PromiseKind.CONTACT for told in ticket.promises):
        return ()
    clauses = (
        clause
        for clause in charter.commitments
        if clause.concerns(matter=ticket.ticket_type, subject=ticket.subject, starts=ClockStart.RECEIPT)
    )
    return tuple(
        promise(clause=clause, accepted_at=at, calendar=terms.calendar, closing_time=charter.operator.closing_time)
        for clause in clauses
    )


def _settled(ticket: Ticket, *, act: Resolved, now: datetime) -> Ticket:
    if ticket.status is not TicketStatus.IN_PROGRESS:
        ticket = ticket.start(by=act.by, at=now)
    return ticket.resolve(by=act.by, at=now, outcome=act.reason)


def _standing(filed: Filed, tickets: Tickets) -> Dispatch:
    orders = tickets.dispatches.of_ticket(number=filed.ticket.number)
    if not orders:
        raise NotDispatched
    return orders[-1]


def _others_there(filed: Filed, tickets: Tickets) -> Sequence[Filed]:
    """What else is open at this address, whoever reported it."""
    address, area = filed.ticket.address, filed.ticket.area
    if not address or not area:
        return ()
    there = tickets.open_in_area(area=area)
    return [
        other
        for other in there
        if other.ticket.number != filed.ticket.number
        and other.ticket.address
        and same_address(one=address, other=other.ticket.address)
    ]


def _order(filed: Filed, *, others: Sequence[Filed], receipt: str) -> str:
    ticket = filed.ticket
    due = next((told.due for told in ticket.promises if told.due), None)
    lines = [
        f"派单 {ticket_number(ticket.number)}：{ticket.description}",
        f"地址：{ticket.address or '待与客户确认'}；电话：{phone(ticket.contact_phone)}",
        f"承诺最迟 {moment(due)}" if due else "",
        f"客户希望 {ticket.requested_text}" if ticket.requested_text else "",
        *(f"同一地址还有 {ticket_number(o.ticket.number)}：{o.ticket.description}" for o in others),
        f"接单 {receipt}",
    ]
    return "\n".join(line for line in lines if line)
