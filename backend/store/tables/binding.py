"""Codes 验证码 sent to phones, and the phones that conversations are bound to 绑定."""

from typing import Final

from sqlalchemy import Column, Index, Integer, String, Table

from backend.store.tables.base import KEY, WORD, UtcDateTime, metadata

# Of a conversation only the newest counts. Kept for a day: the limits count them.
phone_code: Final = Table(
    "phone_code",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", KEY, nullable=False),
    Column("phone", WORD, nullable=False),
    Column("salt", String(32), nullable=False),
    Column("digest", String(64), nullable=False),  # keyed: who reads the table can't try a million codes on it
    Column("sent_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("request_id", KEY, nullable=False),  # of the message that asked for it
    Column("used_at", UtcDateTime),
    Column("used_by", KEY),  # the request id of the message that said it
    Index(None, "conversation", "request_id", unique=True),
    Index(None, "phone", "sent_at"),
    Index(None, "sent_at"),
)

bound_phone: Final = Table(
    "bound_phone",
    metadata,
    Column("conversation", KEY, primary_key=True),
    Column("phone", WORD, primary_key=True),
    Column("bound_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
