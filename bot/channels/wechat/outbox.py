"""What is still to be sent 待下发, and who sends it: one at a time for each conversation, over all processes.

Who sends holds the conversation for a while, sends, and only then moves the mark of what is delivered. So whatever
dies in between, the message is sent by another when the while is over: at least once, and twice only if it died after
WeChat had taken the message and before that was written down.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, Select, case, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from backend.domain.vocabulary import Channel
from bot.channels.wechat.tables import allowances, deliveries, followers, tries
from bot.channels.wechat.tries import Try
from bot.conversations.database import writing
from bot.conversations.messages import Message, Obstacle, Speaker
from bot.conversations.rows import mark_changed, message_of
from bot.conversations.tables import conversations, messages

NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=5)
MOST_DUE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Hold:
    """The right to send; `after` is the seq up to which all is delivered, `waiting` what comes after it."""

    conversation: str
    openid: str
    holder: str
    after: int
    failures: int
    waiting: tuple[Message, ...]


class Outbox:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def spare(self, *, conversation: str, until: datetime) -> None:
        """Nothing is sent before: WeChat waits for a reply that may carry it."""
        fresh = {"holder": "", "held_until": NEVER, "failures": 0}
        later = case((deliveries.c.not_before < until, until), else_=deliveries.c.not_before)
        with self._writing.begin() as connection:
            there = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(deliveries)
            row = there.values({"conversation": conversation, "not_before": until, **fresh})
            connection.execute(row.on_conflict_do_update(index_elements=["conversation"], set_={"not_before": later}))

    def free(self, *, conversation: str, at: datetime) -> None:
        """The reply carried nothing: what comes now is to be sent."""
        changed = update(deliveries).where(deliveries.c.conversation == conversation)
        with self._writing.begin() as connection:
            connection.execute(changed.values(not_before=at))

    def due(self, *, at: datetime) -> list[str]:
        """The conversations with something to send now, to customers who may be sent something."""
        wanted = _waiting(conversations.c.id, at=at).where(_open(at, allowances.c.remaining > 0), ~_GONE)
        with self._reading.begin() as connection:
            return list(connection.scalars(wanted))

    def stuck(self, *, at: datetime) -> list[tuple[str, Obstacle]]:
        """The conversations with something that may not be sent, and why, where that is not written down yet."""
        why = case((_GONE, Obstacle.LEFT), (_open(at), Obstacle.USED_UP), else_=Obstacle.CLOSED)
        barred = or_(_GONE, ~_open(at, allowances.c.remaining > 0))
        wanted = _waiting(conversations.c.id, why.label("why"), at=at).where(barred)
        with self._reading.begin() as connection:
            found = connection.execute(wanted.where(conversations.c.obstacle.is_distinct_from(why)))
            return [(row.id, Obstacle(row.why)) for row in found]

    def obstructed(self, *, conversation: str, why: Obstacle) -> None:
        """For the desk, which shows it with what does not arrive."""
        unknown = conversations.c.id == conversation, conversations.c.obstacle.is_distinct_from(why)
        with self._writing.begin() as connection:
            if connection.execute(update(conversations).where(*unknown).values(obstacle=why)).rowcount:
                mark_changed(connection, conversation)

    def hold(self, *, conversation: str, at: datetime, seconds: float, replying: bool = False) -> Hold | None:
        """None while somebody else sends or, unless it is the reply itself, while one may still be given."""
        until, holder = at + timedelta(seconds=seconds), uuid4().hex
        free = deliveries.c.held_until <= at
        row = {"conversation": conversation, "not_before": at, "holder": holder, "held_until": until, "failures": 0}
        with self._writing.begin() as connection:
            there = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(deliveries)
            mine = there.values(row).on_conflict_do_update(
                index_elements=["conversation"],
                set_={"holder": holder, "held_until": until},
                where=free if replying else free & (deliveries.c.not_before <= at),
            )
            kept = connection.execute(mine.returning(deliveries.c.failures)).scalar_one_or_none()
            if kept is None:
                return None
            own = connection.execute(select(conversations).where(conversations.c.id == conversation)).mappings().one()
            said = (
                select(messages)
                .where(messages.c.conversation == conversation, messages.c.seq > own["delivered"])
                .where(messages.c.speaker != Speaker.CUSTOMER)
                .order_by(messages.c.seq)
            )
            waiting = tuple(message_of(row) for row in connection.execute(said).mappings())
        return Hold(
            conversation=conversation,
            openid=own["peer"],
            holder=holder,
            after=own["delivered"],
            failures=kept,
            waiting=waiting,
        )

    def keep(self, hold: Hold, *, at: datetime, seconds: float) -> bool:
        """A while longer; False where it was too late and somebody else holds it."""
        with self._writing.begin() as connection:
            longer = update(deliveries).where(_own(hold)).values(held_until=at + timedelta(seconds=seconds))
            return connection.execute(longer).rowcount == 1

    def delivered(self, hold: Hold, *, up_to: int) -> None:
        with self._writing.begin() as connection:
            connection.execute(update(deliveries).where(_own(hold)).values(failures=0))
            _move_on(connection, hold, up_to=up_to)

    def replied(self, hold: Hold, this: Try, *, after: int, up_to: int, at: datetime) -> None:
        """The messages after the first and up to the second seq are on their way, to this try."""
        given = {"given": this.number, "given_after": after, "given_up_to": up_to}
        with self._writing.begin() as connection:
            connection.execute(update(tries).where(tries.c.key == this.key).values(given))
            free = {"held_until": NEVER, "not_before": at, "failures": 0}
            connection.execute(update(deliveries).where(_own(hold)).values(free))
            _move_on(connection, hold, up_to=up_to)

    def release(self, hold: Hold) -> None:
        with self._writing.begin() as connection:
            connection.execute(update(deliveries).where(_own(hold)).values(held_until=NEVER))

    def failed(self, hold: Hold, *, at: datetime) -> None:
        """To be tried again later, each time twice as late."""
        wait = min(FIRST_WAIT * 2 ** min(hold.failures, 20), LONGEST_WAIT)
        later = {"held_until": NEVER, "not_before": at + wait, "failures": hold.failures + 1}
        with self._writing.begin() as connection:
            connection.execute(update(deliveries).where(_own(hold)).values(later))


_GONE: Final = exists().where(followers.c.openid == conversations.c.peer, followers.c.follows.is_(False))


def _open(at: datetime, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """The customer's last act still allows messages by its time, and as `more` says."""
    return exists().where(allowances.c.openid == conversations.c.peer, allowances.c.closes_at > at, *more)


def _waiting(*columns: Any, at: datetime) -> Select[Any]:
    """The conversations with something undelivered that nobody is sending, and that no reply may still carry."""
    something = exists().where(
        messages.c.conversation == conversations.c.id,
        messages.c.seq > conversations.c.delivered,
        messages.c.speaker != Speaker.CUSTOMER,
    )
    return (
        select(*columns)
        .select_from(conversations.outerjoin(deliveries, deliveries.c.conversation == conversations.c.id))
        .where(conversations.c.channel == Channel.WECHAT, conversations.c.last_seq > conversations.c.delivered)
        .where(or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= at))
        .where(or_(deliveries.c.held_until.is_(None), deliveries.c.held_until <= at))
        .where(something)
        .limit(MOST_DUE)
    )


def _move_on(connection: Connection, hold: Hold, *, up_to: int) -> None:
    """The mark moves one way only; the desk sees that it has moved."""
    moved = update(conversations).where(conversations.c.id == hold.conversation, conversations.c.delivered < up_to)
    if connection.execute(moved.values(delivered=up_to, obstacle=None)).rowcount:
        mark_changed(connection, hold.conversation)


def _own(hold: Hold) -> ColumnElement[bool]:
    return (deliveries.c.conversation == hold.conversation) & (deliveries.c.holder == hold.holder)
