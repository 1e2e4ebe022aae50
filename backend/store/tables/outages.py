"""Announced outages and maintenance."""

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from backend.store.tables.base import KEY, WORD, UtcDateTime, metadata

outage: Final = Table(
    "outage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", WORD, nullable=False),
    Column("area", KEY, nullable=False),
    Column("services", JSON, nullable=False),
    Column("cause", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("expected_until", UtcDateTime),  # the operator's own figure
    Column("announced_by", KEY, nullable=False),
    Column("announced_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", KEY),
    Index(None, "ended_at", "area"),
)
