"""A conversation as the desk lists it 会话卡片: who it is with, who answers it, what was said last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, func, select

from backend.domain.vocabulary import Channel
from bot.conversations.messages import Message, Obstacle, Speaker
from bot.conversations.presence import seats
from bot.conversations.queueing import handling_time
from bot.conversations.rows import held, message_of, takeover_from
from bot.conversations.tables import conversations, messages, takeover_events, takeovers, turns
from bot.conversations.takeover import Act, State, Takeover, first_free, minutes_to_wait

MOST = 100
LIVE = (State.QUEUED, State.AGENT)


@dataclass(frozen=True, kw_only=True)
class Card:
    """`ahead`, `minutes`: of who waits in the queue; `unread`: messages that no agent has read.

    `agent_read`, `customer_read`: the last seq read on that side; `changed`: the number of its last change;
    `delivered`: the last seq that was pushed, where the channel wants that, and `obstacle` why no later one is.
    """

    takeover: Takeover
    channel: Channel
    phone: str | None
    created_at: datetime
    last: Message | None
    last_seq: int
    agent_read: int
    customer_read: int
    unread: int
    changed: int
    delivered: int
    obstacle: Obstacle | None
    ahead: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """An audit row: `who` is a job number, or customer or assistant."""

    at: datetime
    act: Act
    who: str
    why: str | None
    agent: str | None
    seconds: int | None


class Cards:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database

    def live(self, *, at: datetime) -> list[Card]:
        """Who waits or is served."""
        with self._reading.begin() as connection:
            return self._cards(connection, takeovers.c.state.in_(LIVE), at=at)

    def latest(self, *, at: datetime, before: int | None = None, most: int = MOST) -> list[Card]:
        """All, the last changed first; `before`: only those whose last change has a smaller number."""
        wanted = conversations.c.changed < before if before is not None else conversations.c.changed > 0
        with self._reading.begin() as connection:
            return self._cards(connection, wanted, conversations.c.changed > 0, at=at, most=most)

    def of(self, wanted: Collection[str], *, at: datetime) -> list[Card]:
        with self._reading.begin() as connection:
            return self._cards(connection, conversations.c.id.in_(wanted), at=at)

    def of_phone(self, phone: str, *, at: datetime) -> list[Card]:
        with self._reading.begin() as connection:
            return self._cards(connection, conversations.c.phone == phone, at=at)

    def events(self, conversation: str) -> list[Event]:
        wanted = select(takeover_events).where(takeover_events.c.conversation == conversation)
        with self._reading.begin() as connection:
            rows = connection.execute(wanted.order_by(takeover_events.c.id)).mappings()
            return [
                Event(
                    at=row["at"],
                    act=Act(row["act"]),
                    who=row["who"],
                    why=row["why"],
                    agent=row["agent"],
                    seconds=row["seconds"],
                )
                for row in rows
            ]

    def understood(self, conversation: str, seqs: Sequence[int]) -> dict[int, dict[str, object]]:
        """What the engine made of these messages, by seq."""
        wanted = select(turns.c.number, turns.c.understood).where(
            turns.c.conversation == conversation, turns.c.number.in_(seqs), turns.c.understood.is_not(None)
        )
        with self._reading.begin() as connection:
            return {row.number: row.understood for row in connection.execute(wanted)}

    def _cards(
        self, connection: Connection, *which: ColumnElement[bool], at: datetime, most: int | None = None
    ) -> list[Card]:
        unread = (
            select(func.count())
            .where(messages.c.conversation == conversations.c.id, messages.c.seq > conversations.c.agent_read)
            .where(messages.c.speaker == Speaker.CUSTOMER)
            .scalar_subquery()
        )
        own = ("phone", "created_at", "last_seq", "agent_read", "customer_read", "changed", "delivered", "obstacle")
        wanted = held().add_columns(*(conversations.c[name] for name in own), unread.label("unread")).where(*which)
        rows = list(connection.execute(wanted.order_by(conversations.c.changed.desc()).limit(most)).mappings())
        last = self._last(connection, {row["conversation"]: row["last_seq"] for row in rows})
        places = self._places(connection, at=at)
        return [_card(row, last.get(row["conversation"]), places.get(row["conversation"])) for row in rows]

    def _last(self, connection: Connection, seqs: dict[str, int]) -> dict[str, Message]:
        wanted = (
            select(messages)
            .join(conversations, conversations.c.id == messages.c.conversation)
            .where(messages.c.conversation.in_(seqs), messages.c.seq == conversations.c.last_seq)
        )
        return {row["conversation"]: message_of(row) for row in connection.execute(wanted).mappings()}

    def _places(self, connection: Connection, *, at: datetime) -> dict[str, tuple[int, int | None]]:
        """The place and the minutes of everyone who waits in the chat's queue."""
        waiting = held().where(takeovers.c.state == State.QUEUED, conversations.c.channel != Channel.HOTLINE)
        queue = first_free([takeover_from(row) for row in connection.execute(waiting).mappings()])
        capacity = sum(seat.capacity for seat in seats(connection, at=at))
        handling = handling_time(connection, at=at) if queue else None
        return {
            each.conversation: (ahead, minutes_to_wait(ahead=ahead, handling=handling, seats=capacity))
            for ahead, each in enumerate(queue)
        }


def _card(row: RowMapping, last: Message | None, place: tuple[int, int | None] | None) -> Card:
    ahead, minutes = place or (None, None)
    return Card(
        takeover=takeover_from(row),
        channel=Channel(row["channel"]),
        phone=row["phone"],
        created_at=row["created_at"],
        last=last,
        last_seq=row["last_seq"],
        agent_read=row["agent_read"],
        customer_read=row["customer_read"],
        unread=row["unread"],
        changed=row["changed"],
        delivered=row["delivered"],
        obstacle=Obstacle(row["obstacle"]) if row["obstacle"] else None,
        ahead=ahead,
        minutes=minutes,
    )
