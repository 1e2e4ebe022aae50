"""Area incidents 片区故障 and the tickets that hang under them."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from backend.store.tables.base import KEY, TICKET_NUMBER, WORD, UtcDateTime, metadata

STANDING: Final = text("state IN ('proposed', 'confirmed')")

incident: Final = Table(
    "incident",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("area", KEY, nullable=False),
    Column("service", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", KEY),
    Column("decided_at", UtcDateTime),
    Column("cause", Text),
    Column("outage", Integer, ForeignKey("outage.number")),
    Column("mended_at", UtcDateTime),
    Column("mended_by", KEY),
    Column("outcome", Text),
    # Of one area and service one at a time.
    Index("uq_incident_standing", "area", "service", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
)

incident_ticket: Final = Table(
    "incident_ticket",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("incident", Integer, ForeignKey("incident.number"), primary_key=True),
    Index(None, "incident"),
)
