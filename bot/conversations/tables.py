"""The tables of the message log, for SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in Python; SQLite would drop the zone, so it is stored as UTC without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a datetime without a zone")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


metadata = MetaData()

conversations = Table(
    "chat_conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("peer", String(128)),
    Column("phone", String(16)),
    Column("verified_at", UtcDateTime),  # when the phone was shown to be theirs, and until when that holds
    Column("verified_until", UtcDateTime),
    Column("delivered", Integer, nullable=False, server_default="0"),
    Index("chat_conversation_peer", "channel", "peer", unique=True),
    Index("chat_conversation_phone", "phone"),
)

messages = Table(
    "chat_message",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("speaker", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("client_id", String(128)),  # only a customer's message has one
    Column("at", UtcDateTime, nullable=False),
    Column("author", String(16)),  # only an agent's message has one
    Column("card", JSON),
    Column("attachment", String(64)),
    UniqueConstraint("conversation", "client_id", name="chat_message_once"),
)

turns = Table(
    "chat_turn",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("correlation_id", String(64), nullable=False),
    Column("details", JSON, nullable=False, server_default="{}"),
    Column("told_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    ForeignKeyConstraint(["conversation", "number"], ["chat_message.conversation", "chat_message.seq"]),
    Index("chat_turn_state", "state", "conversation", "number"),
)

notices = Table(
    "chat_notice",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False),
)

attachments = Table(
    "chat_attachment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("media_type", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("chat_attachment_conversation", "conversation"),
)
