"""With whom a conversation is: who it is on its channel, and the phone we know them by."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.messages import Conversation, Speaker
from bot.conversations.rows import locked, mark_changed
from bot.conversations.tables import conversations
from bot.errors import ConversationUnknown


class Peers:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def open(
        self, *, conversation: str, channel: str, at: datetime, peer: str | None = None, phone: str | None = None
    ) -> Conversation:
        """A new one – or, with a `peer` that has one on this channel already, that one."""
        row = {"id": conversation, "channel": channel, "peer": peer, "phone": phone, "created_at": at, "last_seq": 0}
        own = conversations.c.id == conversation
        known = and_(conversations.c.channel == channel, conversations.c.peer == peer) if peer else own
        with self._writing.begin() as connection:
            upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            there = upsert(conversations).values(row).on_conflict_do_nothing(index_elements=["channel", "peer"])
            connection.execute(there)
            return _conversation(connection.execute(select(conversations).where(known)).mappings().one())

    def exists(self, *, conversation: str) -> bool:
        with self._reading.begin() as connection:
            return connection.scalar(select(conversations.c.id).where(conversations.c.id == conversation)) is not None

    def conversation(self, *, conversation: str) -> Conversation:
        """Raises ConversationUnknown."""
        with self._reading.begin() as connection:
            return _known(connection, conversations.c.id == conversation)

    def of_peer(self, *, channel: str, peer: str) -> Conversation:
        """Raises ConversationUnknown."""
        with self._reading.begin() as connection:
            return _known(connection, conversations.c.channel == channel, conversations.c.peer == peer)

    def of_phone(self, *, phone: str, at: datetime | None = None) -> list[Conversation]:
        """All that we know by this number, on every channel, the newest first; with `at`, only those where it is still
        shown to be theirs."""
        wanted = select(conversations).where(conversations.c.phone == phone).order_by(conversations.c.created_at.desc())
        if at is not None:
            until = conversations.c.verified_until
            wanted = wanted.where(or_(until.is_(None), until > at))
        with self._reading.begin() as connection:
            return [_conversation(row) for row in connection.execute(wanted).mappings()]

    def know_phone(
        self,
        *,
        conversation: str,
        phone: str | None,
        verified_at: datetime | None = None,
        verified_until: datetime | None = None,
    ) -> None:
        """Raises ConversationUnknown."""
        known = {"phone": phone, "verified_at": verified_at, "verified_until": verified_until}
        changed = update(conversations).where(conversations.c.id == conversation).values(**known)
        with self._writing.begin() as connection:
            if connection.execute(changed).rowcount != 1:
                raise ConversationUnknown

    def has_read(self, *, conversation: str, by: Speaker, seq: int) -> None:
        """已读, up to `seq`; it only moves on. Raises ConversationUnknown."""
        mark = conversations.c.agent_read if by is Speaker.AGENT else conversations.c.customer_read
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            before = connection.scalar(select(mark).where(conversations.c.id == conversation)) or 0
            if (read := min(seq, last)) > before:
                mark_changed(connection, conversation, **{mark.key: read})


def _known(connection: Connection, *which: Any) -> Conversation:
    row = connection.execute(select(conversations).where(*which)).mappings().one_or_none()
    if row is None:
        raise ConversationUnknown
    return _conversation(row)


def _conversation(row: RowMapping) -> Conversation:
    return Conversation(**{field.name: row[field.name] for field in fields(Conversation)})
