"""What the desk sees of tickets: read-only, customers masked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend import queries
from backend.domain.board import View, is_at_risk, next_due
from backend.domain.charter import Charter
from backend.domain.labels import TYPE_LABELS, subject_label
from backend.domain.staff import StaffMember
from backend.domain.staff_acts import LABELS, NEEDS_REASON, Standing, offered
from backend.domain.ticket import TicketNumber
from backend.masking import masked_address, masked_phone, without_phones
from backend.messages.desk import (
    BoardAsked,
    BoardRow,
    BoardView,
    Contact,
    DueView,
    ExtensionView,
    Looking,
    Offer,
    OrderView,
    TicketInFull,
    VisitView,
)
from backend.ports import Filed, Store, Tickets
from backend.ports.board import Wanted
from backend.ticket_history import entries_shown, promises_shown
from backend.usecases.acts import member_of
from backend.usecases.complaints import steps_of
from backend.usecases.filing import Terms
from backend.usecases.key_account_steps import has_step_left

MOST_AT_RISK: Final = 2000  # are looked at one by one; more have not run into their last fifth at once


def board(*, asked: BoardAsked, terms: Terms, store: Store, now: datetime) -> BoardView:
    """Refuses with StaffUnknown."""
    charter, member = terms.charter, member_of(terms, job_number=asked.by)
    wanted = _wanted(asked, member=member, charter=charter)
    filtered = asked.view is View.AT_RISK
    offset, limit = (0, MOST_AT_RISK) if filtered else (asked.offset, asked.limit)
    with store.reading() as tickets:
        page = tickets.board.page(wanted, now=now, offset=offset, limit=limit)
    found = list(zip(page.filed, page.urges, strict=True))
    if not filtered:
        return BoardView(rows=rows_shown(found, charter=charter, now=now), total=page.total)
    risky = [each for each in found if is_at_risk(each[0].ticket, watch=charter.watch, now=now)]
    shown = risky[asked.offset : asked.offset + asked.limit]
    return BoardView(rows=rows_shown(shown, charter=charter, now=now), total=len(risky))


def in_full(*, looking: Looking, terms: Terms, store: Store, now: datetime) -> TicketInFull:
    """Refuses with StaffUnknown, TicketNotFound, InvalidTicketNumber."""
    charter, member = terms.charter, member_of(terms, job_number=looking.by)
    number = TicketNumber.parse(looking.ticket_number)
    filed, history = queries.read(number=number, store=store)
    ticket = filed.ticket
    with store.reading() as tickets:
        standing = _standing(filed, charter=charter, tickets=tickets)
        asked = tickets.extensions.pending(number=number)
        orders = tickets.dispatches.of_ticket(number=number)
        visits = tickets.visits.of_round(number=number, round=ticket.times_reopened)
        urges = tickets.urges(number=number)
    handler = charter.member(ticket.handler)
    return TicketInFull(
        row=_row(filed, urges, charter=charter, now=now),
        owner_role=filed.owner_role,
        owner_phone=filed.owner_phone,
        owner_chosen_by=filed.owner_chosen_by,
        handler_role=handler.role if handler else None,
        area_manager=filed.area_manager,
        reported_to=ticket.reported_to,
        channel=ticket.channel,
        conversation=ticket.conversation,
        attachments=ticket.attachments,
        status_reason=without_phones(ticket.status_reason),
        outcome=without_phones(ticket.outcome),
        requested_at=ticket.requested_at,
        times_reopened=ticket.times_reopened,
        awaits_materials=ticket.awaits_materials,
        papers=charter.papers(ticket_type=ticket.ticket_type, subject=ticket.subject),
        needs_return_visit=ticket.needs_return_visit,
        visit_tries=charter.visit_attempts.times if charter.visit_attempts else None,
        promises=promises_shown(filed, now=now),
        orders=tuple(
            OrderView(
                staff=order.staff,
                sent_at=order.sent_at,
                received_at=order.received_at,
                contacted_at=order.contacted_at,
                visit_at=order.visit_at,
            )
            for order in orders
        ),
        visits=tuple(
            VisitView(
                attempt=visit.attempt,
                at=visit.at,
                by=visit.by,
                outcome=visit.outcome,
                satisfaction=visit.satisfaction,
                conduct={str(asked): kept for asked, kept in visit.conduct.items()} if visit.conduct else None,
                remark=without_phones(visit.remark),
            )
            for visit in visits
        ),
        extension=ExtensionView(
            told=asked.told,
            wished_due=asked.wished_due,
            reason=asked.reason,
            words=without_phones(asked.words),
            asked_by=asked.asked_by,
            asked_at=asked.asked_at,
        )
        if asked
        else None,
        history=entries_shown(history, conversation=ticket.conversation),
        offers=tuple(
            Offer(verb=verb, label=LABELS[verb], needs_reason=verb in NEEDS_REASON)
            for verb in offered(ticket, member=member, charter=charter, standing=standing, now=now)
        ),
    )


def contact(*, looking: Looking, store: Store) -> Contact:
    """Refuses with TicketNotFound, InvalidTicketNumber."""
    filed, _ = queries.read(number=TicketNumber.parse(looking.ticket_number), store=store)
    ticket = filed.ticket
    return Contact(
        phone=ticket.contact_phone,
        address=ticket.address,
        description=ticket.description,
        wished=ticket.requested_text,
    )


def _wanted(asked: BoardAsked, *, member: StaffMember, charter: Charter) -> Wanted:
    """Who serves no area looks at what their department handles; who is of none, at what nobody's department does."""
    handlers: tuple[str, ...] = ()
    if not member.areas:
        handlers = tuple(each.job_number for each in charter.staff if each.department == member.department)
    return Wanted(
        view=asked.view,
        job_number=asked.by,
        areas=member.areas,
        handlers=handlers,
        ticket_type=asked.ticket_type,
        area=asked.area,
    )


def _standing(filed: Filed, *, charter: Charter, tickets: Tickets) -> Standing:
    number = filed.ticket.number
    orders = tickets.dispatches.of_ticket(number=number)
    return Standing(
        order=orders[-1] if orders else None,
        extension_asked=tickets.extensions.pending(number=number) is not None,
        complaint=steps_of(filed.ticket, tickets),
        step_left=has_step_left(filed.ticket, charter=charter, tickets=tickets),
    )


def rows_shown(found: Sequence[tuple[Filed, int]], *, charter: Charter, now: datetime) -> tuple[BoardRow, ...]:
    """Tickets, each with how often it was urged."""
    return tuple(_row(filed, urges, charter=charter, now=now) for filed, urges in found)


def _row(filed: Filed, urges: int, *, charter: Charter, now: datetime) -> BoardRow:
    ticket, told = filed.ticket, next_due(filed.ticket)
    area = charter.area(ticket.area) if ticket.area else None
    return BoardRow(
        number=str(ticket.number),
        ticket_type=ticket.ticket_type,
        type_label=TYPE_LABELS[ticket.ticket_type],
        subject=ticket.subject,
        subject_label=subject_label(ticket_type=ticket.ticket_type, subject=ticket.subject),
        status=ticket.status,
        status_label=ticket.status_label,
        grade=ticket.grade,
        service=ticket.service,
        area=ticket.area,
        area_name=area.name if area else None,
        accepted_at=ticket.accepted_at,
        next=DueView(kind=told.kind, label=told.label, due=told.due) if told and told.due else None,
        overdue=ticket.is_overdue(now=now) or bool(told and told.due and told.due < now),
        owner=ticket.owner,
        handler=ticket.handler,
        urges=urges,
        wished=without_phones(ticket.requested_text),
        description=without_phones(ticket.description) or "",
        phone=masked_phone(ticket.contact_phone),
        address=masked_address(ticket.address),
    )
