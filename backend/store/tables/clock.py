"""Extensions and declared force majeure."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from backend.store.tables.base import KEY, TICKET_NUMBER, UtcDateTime, metadata

extension: Final = Table(
    "extension",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), nullable=False),
    Column("told", UtcDateTime, nullable=False),  # the due time that stands until it is decided
    Column("wished_due", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text),  # the customer's, where it is their wish
    Column("asked_by", KEY, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decided_by", KEY),
    Column("decided_at", UtcDateTime),
    Column("approved", Boolean),
    Column("decision", Text),
    Index(None, "ticket_number"),
)

force_majeure: Final = Table(
    "force_majeure",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("area", KEY, nullable=False),
    Column("cause", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("declared_by", KEY, nullable=False),
    Column("declared_at", UtcDateTime, nullable=False),
    Index(None, "area", "until"),
)
