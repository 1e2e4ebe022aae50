"""The tables of the message log, for SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
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
    Column("obstacle", String(16)),  # why what comes after `delivered` does not reach the customer
    Column("changed", BigInteger, nullable=False, server_default="0"),  # the number of its last change, of all changes
    Column("agent_read", Integer, nullable=False, server_default="0"),  # the last seq that was read on either side
    Column("customer_read", Integer, nullable=False, server_default="0"),
    Index("chat_conversation_changed", "changed"),
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
    Column("understood", JSON(none_as_null=True)),
    ForeignKeyConstraint(["conversation", "number"], ["chat_message.conversation", "chat_message.seq"]),
    Index("chat_turn_state", "state", "conversation", "number"),
    Index("chat_turn_closed_at", "closed_at"),
)

notices = Table(
    "chat_notice",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("reach", String(16)),  # by what it reached the customer, once that is known
    Column("visit", String(32)),  # the ticket that it asks about, where it is the question of a return visit
    Index("chat_notice_conversation", "conversation", "seq"),
)

seen = Table(
    "chat_seen",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),  # when its page was last known to be open
)

calls = Table(
    "chat_call",
    metadata,
    Column("id", String(64), primary_key=True),  # its conversation's, too
    Column("phone", String(16), nullable=False),
    Column("opening", Text, nullable=False),
    Column("visit", String(32)),
    Column("state", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),  # since when it is in this state
    Column("sid", String(64)),  # the platform's own number of the call
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

typing = Table(
    "chat_typing",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("speaker", String(16), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

changes = Table(
    "chat_change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1: the one counter of all changes
    Column("last", BigInteger, nullable=False),
)

takeovers = Table(
    "chat_takeover",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("agent", String(16)),
    Column("owner", String(16)),
    Column("last_agent", String(16)),
    Column("wanted", String(16)),
    Column("team", String(64)),
    Column("wanted_until", UtcDateTime),
    Column("reason", String(64)),
    Column("queued_at", UtcDateTime),
    Column("rank", Integer, nullable=False),
    Column("told_ahead", Integer),
    Column("told_minutes", Integer),
    Column("held_at", UtcDateTime),
    Column("waiting_since", UtcDateTime),
    Column("quiet_since", UtcDateTime),
    Column("nudged_at", UtcDateTime),
    Column("reminded_at", UtcDateTime),
    Column("memory", JSON(none_as_null=True)),
    Column("memory_turn", Integer),
    Index("chat_takeover_state", "state", "rank", "queued_at"),
    Index("chat_takeover_agent", "agent", "state"),
)

takeover_events = Table(
    "chat_takeover_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("act", String(16), nullable=False),
    Column("who", String(16), nullable=False),  # a job number, or customer, assistant
    Column("at", UtcDateTime, nullable=False),
    Column("why", Text),
    Column("agent", String(16)),
    Column("seconds", Integer),
    Index("chat_takeover_event_conversation", "conversation", "id"),
    Index("chat_takeover_event_act", "act", "at"),
)

presence = Table(
    "desk_presence",
    metadata,
    Column("agent", String(16), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("team", String(64)),
)
