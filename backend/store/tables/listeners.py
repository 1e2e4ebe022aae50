"""Listeners at TMF621's /hub."""

from typing import Final

from sqlalchemy import Column, Table, Text

from backend.store.tables.base import KEY, UtcDateTime, metadata

listener: Final = Table(
    "listener",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("callback", Text, nullable=False),
    Column("query", Text),
    Column("registered_at", UtcDateTime, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("parked_at", UtcDateTime),
)
