"""Cases of accountability 责任追究, hand-overs of shifts 交班, and recorded faults of staff (R7.1)."""

from typing import Final

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from backend.store.tables.base import KEY, TICKET_NUMBER, WORD, UtcDateTime, metadata

accountability_case: Final = Table(
    "accountability_case",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", KEY, nullable=False),  # of the breach
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), nullable=False),
    Column("breach", WORD, nullable=False),
    Column("what", Text, nullable=False),
    Column("due", UtcDateTime),
    Column("kept_at", UtcDateTime),
    Column("against", WORD, nullable=False),
    Column("answerable", KEY, nullable=False),
    Column("department", KEY),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("statement", Text),
    Column("heard_by", KEY),
    Column("heard_at", UtcDateTime),
    Column("state", WORD, nullable=False),
    Column("gravity", WORD),
    Column("measures", JSON, nullable=False),
    Column("heavier", JSON, nullable=False),
    Column("lighter", JSON, nullable=False),
    Column("decided_by", KEY),
    Column("decided_at", UtcDateTime),
    Column("reason", Text),
    Column("carried_out_from", UtcDateTime),
    UniqueConstraint("key"),
    Index(None, "opened_at"),
)

handover: Final = Table(
    "handover",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("leaving", KEY, nullable=False),
    Column("taking", KEY, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("matters", JSON, nullable=False),
    Column("taken_at", UtcDateTime),
)

recorded_fault: Final = Table(
    "recorded_fault",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("member", KEY, nullable=False),
    Column("fault", WORD, nullable=False),
    Column("on", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("recorded_by", KEY, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Index(None, "on"),
)
