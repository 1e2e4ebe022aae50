"""The queue 排队, under the lock of a conversation that enters it: its place, and what the customer is told of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, or_, select

from backend.domain.vocabulary import Channel
from bot.conversations import told
from bot.conversations.messages import Reply
from bot.conversations.presence import seats
from bot.conversations.rows import close_turns, note_event, write_takeover
from bot.conversations.tables import conversations, takeover_events, takeovers
from bot.conversations.takeover import Act, Patience, State, Takeover, minutes_to_wait

MEASURED: Final = timedelta(days=7)
LAST: Final = 50  # conversations of which the handling time is the mean
FEWEST: Final = 3


def enqueue(
    connection: Connection, before: Takeover, *, at: datetime, reason: str, who: str, patience: Patience
) -> Sequence[Reply]:
    """From the assistant to a person; what the customer is told. On the telephone the platform's queue tells it.

    Raises AlreadyWaiting, ServedByAnother.
    """
    there = {seat.agent for seat in seats(connection, at=at)}
    served = _served_before(connection, before, at=at)
    keep_for = served if served in there else None
    after = before.queue(at=at, reason=reason, keep_for=keep_for, patience=patience)
    ahead, minutes = waits(connection, after, at=at)
    after = replace(after, told_ahead=ahead, told_minutes=minutes)
    close_turns(connection, after.conversation, at=at)
    write_takeover(connection, before=before, after=after)
    note_event(connection, after, act=Act.QUEUE, who=who, at=at, why=reason)
    return () if after.by_phone else (told.queued(ahead=ahead, minutes=minutes),)


def _served_before(connection: Connection, before: Takeover, *, at: datetime) -> str | None:
    """Who had this customer last: here or, by the same phone, in another conversation on whatever channel."""
    if before.last_agent is not None:
        return before.last_agent
    until = conversations.c.verified_until
    known = conversations.c.phone.is_not(None), or_(until.is_(None), until > at)
    phone = connection.scalar(select(conversations.c.phone).where(conversations.c.id == before.conversation, *known))
    if phone is None:
        return None
    had = (
        select(takeover_events.c.agent)
        .join(conversations, conversations.c.id == takeover_events.c.conversation)
        .where(conversations.c.phone == phone, *known, takeover_events.c.act.in_([Act.CLAIM, Act.STEP_IN]))
    )
    return connection.scalar(had.order_by(takeover_events.c.id.desc()).limit(1))


def waits(connection: Connection, takeover: Takeover, *, at: datetime) -> tuple[int, int | None]:
    """How many are served before this one, and the minutes that takes, None where it can't be told."""
    in_front = or_(
        takeovers.c.rank < takeover.rank,
        (takeovers.c.rank == takeover.rank) & (takeovers.c.queued_at < takeover.queued_at),
    )
    waiting = (
        select(func.count())
        .select_from(takeovers.join(conversations, conversations.c.id == takeovers.c.conversation))
        .where(takeovers.c.state == State.QUEUED, conversations.c.channel != Channel.HOTLINE, in_front)
        .where(takeovers.c.conversation != takeover.conversation)
    )
    ahead = connection.scalar(waiting) or 0
    capacity = sum(seat.capacity for seat in seats(connection, at=at))
    return ahead, minutes_to_wait(ahead=ahead, handling=handling_time(connection, at=at), seats=capacity)


def handling_time(connection: Connection, *, at: datetime) -> timedelta | None:
    """How long agents lately had a conversation, in the mean; None where too few have been measured."""
    measured = takeover_events.c.seconds.is_not(None), takeover_events.c.at > at - MEASURED
    last = select(takeover_events.c.seconds).where(*measured).order_by(takeover_events.c.id.desc()).limit(LAST)
    seconds = list(connection.scalars(last))
    return timedelta(seconds=sum(seconds) / len(seconds)) if len(seconds) >= FEWEST else None
