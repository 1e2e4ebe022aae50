"""Where it can be installed, as far as the staff has noted another state than the charter's."""

from typing import Final

from sqlalchemy import Boolean, Column, Table

from backend.store.tables.base import KEY, UtcDateTime, metadata

capacity: Final = Table(
    "capacity",
    metadata,
    Column("area", KEY, primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("noted_by", KEY, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)
