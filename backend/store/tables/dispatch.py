"""Orders to the repair staff 派单."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, Table

from backend.store.tables.base import KEY, TICKET_NUMBER, UtcDateTime, metadata

dispatch: Final = Table(
    "dispatch",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("staff", KEY, nullable=False),
    Column("receipt_token", KEY, nullable=False, unique=True),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime),
    Column("contacted_at", UtcDateTime),
    Column("visit_at", UtcDateTime),
)
