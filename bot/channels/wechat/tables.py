"""The tables of the WeChat channel, beside the message log."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.conversations.tables import UtcDateTime, metadata

tokens = Table(
    "wechat_token",
    metadata,
    Column("app_id", String(64), primary_key=True),
    Column("token", Text, nullable=False),  # empty: none was fetched yet
    Column("expires_at", UtcDateTime, nullable=False),
    Column("renewing_until", UtcDateTime, nullable=False),
)

followers = Table(
    "wechat_follower",
    metadata,
    Column("openid", String(64), primary_key=True),
    Column("follows", Boolean, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

allowances = Table(
    "wechat_allowance",
    metadata,
    Column("openid", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("remaining", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
)

# Who may send what a conversation has undelivered: one at a time, and not while a passive reply may still carry it.
deliveries = Table(
    "wechat_delivery",
    metadata,
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), primary_key=True),
    Column("not_before", UtcDateTime, nullable=False),
    Column("holder", String(64), nullable=False),
    Column("held_until", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
)

# WeChat posts a message up to three times; `given`: the try that was answered with the messages between two seqs.
tries = Table(
    "wechat_try",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("given", Integer, nullable=False),
    Column("given_after", Integer, nullable=False),
    Column("given_up_to", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("wechat_try_at", "at"),
)

# Photos that WeChat still has to be asked for.
photos = Table(
    "wechat_photo",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("conversation", String(64), ForeignKey("chat_conversation.id"), nullable=False),
    Column("media_id", String(256), nullable=False),
    Column("correlation_id", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
)
