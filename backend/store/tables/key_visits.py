"""大客户回访: what was planned for a key customer, and what was said at it."""

from typing import Final

from sqlalchemy import Column, Date, Integer, Table, Text, UniqueConstraint

from backend.store.tables.base import KEY, UtcDateTime, metadata

key_visit: Final = Table(
    "key_visit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("account", KEY, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("staff", KEY, nullable=False),
    Column("made_at", UtcDateTime),
    Column("made_by", KEY),
    Column("said", Text),
    UniqueConstraint("account", "planned_on"),  # one a period
)
