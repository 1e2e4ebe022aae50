"""The tables of the desk, in the bot's database."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.conversations.tables import UtcDateTime, metadata

accounts = Table(
    "desk_account",
    metadata,
    Column("job_number", String(32), primary_key=True),
    Column("password_hash", String(256), nullable=False),
    Column("one_time", Boolean, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)

sessions = Table(
    "desk_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("job_number", String(32), ForeignKey("desk_account.job_number"), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("desk_session_job_number", "job_number"),
)

audit = Table(
    "desk_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(32), nullable=False),
    Column("act", String(64), nullable=False),
    Column("about", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Index("desk_audit_about", "about", "id"),
    Index("desk_audit_who", "who", "id"),
)
