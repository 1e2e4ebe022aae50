"""Due work and the messages that leave: the truth of what is still to be done."""

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, text

from backend.store.tables.base import KEY, WORD, UtcDateTime, metadata

LANE: Final = String(300)  # medium, recipient and subject
WORK: Final = text("finished_at IS NULL AND dead_at IS NULL AND lane IS NULL")
MESSAGES: Final = text("finished_at IS NULL AND dead_at IS NULL AND lane IS NOT NULL")
DEAD: Final = text("dead_at IS NOT NULL")

due_work: Final = Table(
    "due_work",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", KEY, nullable=False),
    Column("task", WORD, nullable=False),
    Column("key", KEY, nullable=False),
    Column("at", UtcDateTime, nullable=False),  # when it is due
    Column("try_at", UtcDateTime, nullable=False),  # when it is handed out: then, or later where it has failed
    Column("lane", LANE),  # of one lane only the oldest unfinished row is handed out
    Column("detail", JSON(none_as_null=True)),  # NULL: planned from the subject's state, and planned anew with it
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", KEY),
    Column("claimed_until", UtcDateTime),
    Column("last_error", Text),
    Column("finished_at", UtcDateTime),
    Column("dead_at", UtcDateTime),
    Index(None, "subject", "task", "key", unique=True),
    # Partial: a scan costs what is due, not what was ever done; and messages that wait cost other work nothing.
    Index("ix_due_work_work", "try_at", "id", sqlite_where=WORK, postgresql_where=WORK),
    Index("ix_due_work_messages", "try_at", "id", sqlite_where=MESSAGES, postgresql_where=MESSAGES),
    Index("ix_due_work_dead", "dead_at", sqlite_where=DEAD, postgresql_where=DEAD),
    Index("ix_due_work_lane", "lane", "id", sqlite_where=MESSAGES, postgresql_where=MESSAGES),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("medium", WORD, nullable=False),
    Column("recipient", KEY, nullable=False),
    Column("subject", KEY, nullable=False),
    Column("body", JSON, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("not_after", UtcDateTime),
    Index(None, "subject"),
)
