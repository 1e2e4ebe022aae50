"""Tickets and promises ⇄ rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from backend.domain.charter import Limit, LimitUnit
from backend.domain.promise import Promise
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import (
    Channel,
    District,
    Excuse,
    Grade,
    Mark,
    PromiseKind,
    Service,
    TicketStatus,
    TicketType,
)
from backend.domain.working_time import Step
from backend.ports import Entry, Event, Filed

Row = RowMapping


def filed_row(filed: Filed) -> dict[str, Any]:
    ticket = filed.ticket
    return ticket_row(ticket) | {
        "matter_id": ticket.matter_id,
        "ticket_type": ticket.ticket_type,
        "subject": ticket.subject,
        "reported_severity": filed.reported_severity,
        "service": ticket.service,
        "description": ticket.description,
        "address": ticket.address,
        "area": ticket.area,
        "district": filed.district,
        "contact_phone": ticket.contact_phone,
        "channel": ticket.channel,
        "conversation": ticket.conversation,
        "agent": filed.agent,
        "accepted_at": ticket.accepted_at,
        "filed_at": filed.filed_at,
        **owner_row(filed),
        "area_manager": filed.area_manager,
        "charter_operator": filed.charter_operator,
        "charter_version": filed.charter_version,
        "charter_digest": filed.charter_digest,
    }


def owner_row(filed: Filed) -> dict[str, Any]:
    """Who the owner is, and how to reach them."""
    return {
        "owner_phone": filed.owner_phone,
        "owner_role": filed.owner_role,
        "owner_sample": filed.owner_sample,
        "owner_chosen_by": filed.owner_chosen_by,
    }


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    """What a transition may change."""
    return {
        "number": str(ticket.number),
        "grade": ticket.grade,
        "requested_at": ticket.requested_at,
        "requested_text": ticket.requested_text,
        "owner": ticket.owner,
        "handler": ticket.handler,
        "status": ticket.status,
        "status_reason": ticket.status_reason,
        "status_changed_at": ticket.status_changed_at,
        "status_changed_by": ticket.status_changed_by,
        "outcome": ticket.outcome,
        "dispatched_at": ticket.dispatched_at,
        "contacted_at": ticket.contacted_at,
        "responded_at": ticket.responded_at,
        "resolved_at": ticket.resolved_at,
        "needs_return_visit": ticket.needs_return_visit,
        "visited_at": ticket.visited_at,
        "closed_at": ticket.closed_at,
        "times_reopened": ticket.times_reopened,
        "reported_to": ticket.reported_to,
        "attachments": list(ticket.attachments),
    }


def promise_rows(
    ticket: Ticket, *, charter_digest: str, told: Mapping[tuple[str, datetime], datetime | None]
) -> list[dict[str, Any]]:
    """`told`: what the customer heard first, by clause and start of the clock; a promise not in it is told now."""
    rows: list[dict[str, Any]] = []
    for breached, promises in ((True, ticket.breached), (False, ticket.promises)):
        for made in promises:
            rows.append(
                {
                    "ticket_number": str(ticket.number),
                    "position": len(rows),
                    "breached": breached,
                    "kind": made.kind,
                    "clause": made.clause,
                    "label": made.label,
                    "rule": made.rule,
                    "source": made.source,
                    "mark": made.mark,
                    "limit_amount": made.limit and made.limit.amount,
                    "limit_unit": made.limit and made.limit.unit,
                    "remark": made.remark,
                    "started_at": made.started_at,
                    "due": made.due,
                    "told_due": told.get((made.clause, made.started_at), made.due),
                    "provisional": made.provisional,
                    "reason": made.reason,
                    "calendar": made.calendar,
                    "charter_version": made.charter_version,
                    "charter_digest": charter_digest,
                    "excused": made.excused,
                    "steps": [
                        {"date": step.date.isoformat(), "counted": step.counted, "why": step.why} for step in made.steps
                    ],
                }
            )
    return rows


def read_promise(row: Row) -> Promise:
    return Promise(
        kind=PromiseKind(row["kind"]),
        clause=row["clause"],
        label=row["label"],
        rule=row["rule"],
        source=row["source"],
        mark=Mark(row["mark"]) if row["mark"] else None,
        limit=Limit(amount=row["limit_amount"], unit=LimitUnit(row["limit_unit"])) if row["limit_unit"] else None,
        remark=row["remark"],
        started_at=row["started_at"],
        due=row["due"],
        provisional=row["provisional"],
        reason=row["reason"],
        calendar=row["calendar"],
        charter_version=row["charter_version"],
        excused=Excuse(row["excused"]) if row["excused"] else None,
        steps=tuple(
            Step(date=date.fromisoformat(step["date"]), counted=step["counted"], why=step["why"])
            for step in row["steps"]
        ),
    )


def read_filed(row: Row, promises: Sequence[Row], matter_ids: Sequence[str]) -> Filed:
    standing = [made for made in promises if not made["breached"]]
    return Filed(
        ticket=Ticket(
            number=TicketNumber(row["number"]),
            matter_id=row["matter_id"],
            ticket_type=TicketType(row["ticket_type"]),
            subject=row["subject"],
            grade=Grade(row["grade"]),
            service=Service(row["service"]) if row["service"] else None,
            description=row["description"],
            address=row["address"],
            area=row["area"],
            contact_phone=row["contact_phone"],
            channel=Channel(row["channel"]),
            conversation=row["conversation"],
            accepted_at=row["accepted_at"],
            requested_at=row["requested_at"],
            requested_text=row["requested_text"],
            owner=row["owner"],
            handler=row["handler"],
            promises=tuple(read_promise(made) for made in standing),
            needs_return_visit=row["needs_return_visit"],
            status=TicketStatus(row["status"]),
            status_reason=row["status_reason"],
            status_changed_at=row["status_changed_at"],
            status_changed_by=row["status_changed_by"],
            outcome=row["outcome"],
            dispatched_at=row["dispatched_at"],
            contacted_at=row["contacted_at"],
            responded_at=row["responded_at"],
            resolved_at=row["resolved_at"],
            visited_at=row["visited_at"],
            closed_at=row["closed_at"],
            times_reopened=row["times_reopened"],
            reported_to=row["reported_to"],
            attachments=tuple(row["attachments"]),
            breached=tuple(read_promise(made) for made in promises if made["breached"]),
        ),
        filed_at=row["filed_at"],
        district=District(row["district"]) if row["district"] else None,
        agent=row["agent"],
        owner_phone=row["owner_phone"],
        owner_role=row["owner_role"],
        owner_sample=row["owner_sample"],
        owner_chosen_by=row["owner_chosen_by"],
        area_manager=row["area_manager"],
        charter_operator=row["charter_operator"],
        charter_version=row["charter_version"],
        charter_digest=row["charter_digest"],
        reported_severity=row["reported_severity"],
        matter_ids=tuple(matter_ids),
        told_due=tuple(made["told_due"] for made in standing),
    )


def entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "ticket_number": str(entry.number),
        "at": entry.at,
        "done_by": entry.by,
        "event": entry.event,
        "status": entry.status,
        "reason": entry.reason,
        "detail": dict(entry.detail),
    }


def read_entry(row: Row) -> Entry:
    return Entry(
        number=TicketNumber(row["ticket_number"]),
        at=row["at"],
        by=row["done_by"],
        event=Event(row["event"]),
        status=TicketStatus(row["status"]),
        reason=row["reason"],
        detail=row["detail"],
    )
