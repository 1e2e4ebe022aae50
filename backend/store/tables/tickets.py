"""Tickets and promises: what a ticket promised is stored with it and never recomputed when read."""

from typing import Final

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text

from backend.store.tables.base import KEY, TICKET_NUMBER, WORD, UtcDateTime, metadata

ticket: Final = Table(
    "ticket",
    metadata,
    Column("number", TICKET_NUMBER, primary_key=True),
    Column("matter_id", KEY, nullable=False, unique=True),
    Column("ticket_type", WORD, nullable=False),
    Column("subject", KEY, nullable=False),
    Column("grade", WORD, nullable=False),
    Column("reported_severity", KEY),  # a partner's own word for it; grading is ours (R1.20)
    Column("service", WORD),
    Column("description", Text, nullable=False),
    Column("address", Text),
    Column("area", KEY),
    Column("district", WORD),
    Column("contact_phone", WORD, nullable=False),
    Column("channel", WORD, nullable=False),
    Column("conversation", KEY, nullable=False),
    Column("agent", KEY),
    Column("accepted_at", UtcDateTime, nullable=False),  # when the customer confirmed
    Column("filed_at", UtcDateTime, nullable=False),  # when it was written here
    Column("requested_at", UtcDateTime),
    Column("requested_text", Text),
    # R2.1: a matter without someone who answers for it can't exist.
    Column("owner", KEY, CheckConstraint("owner <> ''", name="owner_named"), nullable=False),
    Column("owner_phone", KEY, nullable=False),
    Column("owner_role", KEY, nullable=False),
    Column("owner_sample", Boolean, nullable=False),
    Column("owner_chosen_by", KEY, nullable=False),
    Column("handler", KEY, nullable=False),
    Column("area_manager", KEY),
    Column("needs_return_visit", Boolean, nullable=False),
    Column("status", WORD, nullable=False),
    Column("status_reason", Text),
    Column("status_changed_at", UtcDateTime, nullable=False),
    Column("status_changed_by", KEY, nullable=False),
    Column("outcome", Text),
    Column("dispatched_at", UtcDateTime),
    Column("contacted_at", UtcDateTime),
    Column("responded_at", UtcDateTime),
    Column("first_answered_at", UtcDateTime),  # answered, reached or settled; kept through a reopening
    Column("resolved_at", UtcDateTime),
    Column("visited_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("times_reopened", Integer, nullable=False),
    Column("reported_to", KEY),  # R2.6: the leader's job number
    Column("attachments", JSON, nullable=False, server_default="[]"),  # ids of photos; the bot keeps them
    Column("charter_operator", KEY, nullable=False),
    Column("charter_version", KEY, nullable=False),
    Column("charter_digest", KEY, nullable=False),
    Index(None, "contact_phone", "ticket_type", "subject"),
    Index(None, "status", "owner"),
    Index(None, "conversation"),
    Index(None, "accepted_at"),
    Index(None, "area", "status"),
)

matter: Final = Table(
    "matter",
    metadata,
    Column("matter_id", KEY, primary_key=True),  # one matter, one ticket, also when it is filed again
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
)

promise: Final = Table(
    "promise",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("breached", Boolean, nullable=False),  # R5.6: of an earlier round, stays on record through a reopening
    Column("kind", WORD, nullable=False),
    Column("clause", KEY, nullable=False),
    Column("label", Text, nullable=False),
    Column("rule", KEY),
    Column("source", Text),
    Column("mark", WORD),
    Column("limit_amount", Integer),
    Column("limit_unit", WORD),
    Column("remark", Text),
    Column("started_at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime),
    Column("told_due", UtcDateTime),  # what the customer heard first
    Column("provisional", Boolean, nullable=False),
    Column("reason", Text),
    Column("calendar", Text, nullable=False),
    Column("charter_version", KEY, nullable=False),
    Column("charter_digest", KEY, nullable=False),
    Column("excused", WORD),  # R1.15, R1.18: not counted as late
    Column("steps", JSON, nullable=False),  # each day, counted or left out, and why
    Index(None, "provisional"),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("done_by", KEY, nullable=False),
    Column("event", WORD, nullable=False),
    Column("status", WORD, nullable=False),  # the ticket's status after the event
    Column("reason", Text),
    Column("detail", JSON, nullable=False),
    Index(None, "ticket_number", "event"),
)

day_counter: Final = Table(
    "day_counter",
    metadata,
    Column("day", Date, primary_key=True),  # the day of acceptance in Asia/Shanghai
    Column("last_number", Integer, nullable=False),
)

proven: Final = Table(
    "proven",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("conversation", KEY, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

failed_attempt: Final = Table(
    "failed_attempt",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_number", TICKET_NUMBER, nullable=False),
    Column("conversation", KEY, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "conversation", "at"),
    Index(None, "ticket_number", "at"),
)
