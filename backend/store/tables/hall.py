"""The hall: duty log 值班日志 and opinion book 意见簿."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from backend.store.tables.base import KEY, TICKET_NUMBER, WORD, UtcDateTime, metadata

duty_note: Final = Table(
    "duty_note",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", KEY, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("written_by", KEY, nullable=False),
    Column("text", Text, nullable=False),
    Column("event", Boolean, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", KEY),
    Column("outcome", Text),
    UniqueConstraint("key"),
    Index(None, "at"),
)

opinion: Final = Table(
    "opinion",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", KEY, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("noted_by", KEY, nullable=False),
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number")),
    Column("words", Text),  # of praise; else the ticket's, so that they are erased with it
    UniqueConstraint("key"),
)
