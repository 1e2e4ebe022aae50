"""Return visits 回访: the month's seed, what was drawn, and who was tried when."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from backend.store.tables.base import KEY, TICKET_NUMBER, WORD, UtcDateTime, metadata

visit_seed: Final = Table(
    "visit_seed",
    metadata,
    Column("month", Date, primary_key=True),
    Column("text", KEY, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
)

visit_draw: Final = Table(
    "visit_draw",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("round", Integer, primary_key=True),  # 0, and one more with each reopening
    Column("month", Date, ForeignKey("visit_seed.month"), nullable=False),
    Column("rule", KEY, nullable=False),
    Column("position", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("drawn", Boolean, nullable=False),
    UniqueConstraint("month", "rule", "position"),
)

visit: Final = Table(
    "visit",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("done_by", KEY, nullable=False),
    Column("outcome", WORD, nullable=False),
    Column("satisfaction", Integer),  # 1 to 5
    Column("conduct", JSON(none_as_null=True)),  # on time, work ID, polite, clean (R5.7)
    Column("remark", Text),
)
