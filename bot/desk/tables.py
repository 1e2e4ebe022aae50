"""The tables of the desk, in the bot's database."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.conversations.tables import UtcDateTime, metadata

ABOUT_AT_MOST = 128  # characters

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

tries = Table(  # to sign in, of an address or an account; counted until then
    "desk_try",
    metadata,
    Column("who", String(128), primary_key=True),
    Column("made", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

knowledge_tests = Table(
    "desk_knowledge_test",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_number", String(32), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("charter", String(128), nullable=False),  # its digest
    Column("begun_at", UtcDateTime, nullable=False),
    Column("handed_in_at", UtcDateTime),
    Column("score", Integer),
    Column("questions", Integer, nullable=False),
    Index("desk_knowledge_test_job_number", "job_number", "handed_in_at"),
)

gaps = Table(  # sentences that were not understood, and what was found of them
    "desk_gap",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the plain sentence; its words stay in the message log
    Column("intent", String(64)),  # null: nothing is to be learned of it
    Column("dealt_by", String(32), nullable=False),
    Column("dealt_at", UtcDateTime, nullable=False),
)

phrases = Table(
    "desk_phrase",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("intent", String(64), nullable=False),
    Column("text", String(200), nullable=False),
    Column("marked_by", String(32), nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
    Column("reviewed_by", String(32)),
    Column("reviewed_at", UtcDateTime),
    Column("approved", Boolean),
    Column("taken_at", UtcDateTime),
    UniqueConstraint("text", name="desk_phrase_once"),
)

audit = Table(
    "desk_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(32), nullable=False),
    Column("act", String(64), nullable=False),
    Column("about", String(ABOUT_AT_MOST), nullable=False),
    Column("reason", Text, nullable=False),
    Index("desk_audit_about", "about", "id"),
    Index("desk_audit_who", "who", "id"),
)
