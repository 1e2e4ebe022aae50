"""The message log in the database. Every write is one transaction; what is unanswered here is the truth."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select, update

from backend.domain.vocabulary import Channel
from bot.conversations.database import writing
from bot.conversations.messages import Accepted, Backlog, Bound, Button, Message, Reply, Speaker, Turn, TurnState
from bot.conversations.tables import conversations, messages, notices, turns
from bot.errors import ConversationUnknown, NoticeConflict, TooManyWaiting

MOST_WAITING: Final = 50


class Store:
    """Blocking; `conversations.log.MessageLog` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def accept(
        self,
        *,
        conversation: str,
        client_id: str,
        text: str,
        correlation_id: str,
        at: datetime,
        attachment: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Accepted:
        """Logs a customer's message and opens its turn; a client id seen before gives the first seq.

        Raises ConversationUnknown, TooManyWaiting.
        """
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            seen = connection.scalar(
                select(messages.c.seq).where(messages.c.conversation == conversation, messages.c.client_id == client_id)
            )
            if seen is not None:
                return Accepted(seq=seen, repeated=True)
            waiting = select(func.count()).where(turns.c.conversation == conversation, turns.c.state == TurnState.OPEN)
            if (connection.scalar(waiting) or 0) >= MOST_WAITING:
                raise TooManyWaiting
            reply = Reply(speaker=Speaker.CUSTOMER, text=text)
            seq = _append(connection, conversation, last, [reply], at=at, client_id=client_id, attachment=attachment)
            turn = insert(turns).values(conversation=conversation, number=seq, correlation_id=correlation_id)
            connection.execute(turn.values(state=TurnState.OPEN, details=dict(details or {})))
            return Accepted(seq=seq, repeated=False)

    def notice(self, *, notice_id: str, conversation: str, text: str, at: datetime) -> Accepted:
        """Logs a message that we start; an id seen before is not a second one.

        Raises ConversationUnknown, NoticeConflict.
        """
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            seen = connection.execute(select(notices).where(notices.c.id == notice_id)).mappings().one_or_none()
            if seen is not None:
                if seen["conversation"] != conversation:
                    raise NoticeConflict
                return Accepted(seq=seen["seq"], repeated=True)
            seq = _append(connection, conversation, last, [Reply(speaker=Speaker.BOT, text=text)], at=at)
            connection.execute(insert(notices).values(id=notice_id, conversation=conversation, seq=seq))
            return Accepted(seq=seq, repeated=False)

    def close_turn(
        self, *, turn: Turn, state: TurnState, replies: Sequence[Reply], at: datetime, bound: Bound | None = None
    ) -> bool:
        """Logs the replies, remembers a phone that was bound, closes the turn. False, and nothing done: it was closed
        before."""
        with self._writing.begin() as connection:
            last = locked(connection, turn.conversation)
            changed = connection.execute(update(turns).where(*_is_open(turn)).values(state=state, closed_at=at))
            if changed.rowcount != 1:
                return False
            _append(connection, turn.conversation, last, replies, at=at)
            if bound and turn.channel != Channel.HOTLINE:  # there the caller's own number is what we know them by
                verified_at = at if bound.phone else None
                known = {"phone": bound.phone, "verified_at": verified_at, "verified_until": bound.until}
                connection.execute(update(conversations).where(conversations.c.id == turn.conversation).values(**known))
            return True

    def tell(self, *, conversation: str, up_to: int, text: str, at: datetime) -> bool:
        """Tells the customer once that the messages up to this number wait; False when none was left to be told of."""
        untold = turns.c.number <= up_to, turns.c.state == TurnState.OPEN, turns.c.told_at.is_(None)
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            changed = connection.execute(
                update(turns).where(turns.c.conversation == conversation, *untold).values(told_at=at)
            )
            if not changed.rowcount:
                return False
            _append(connection, conversation, last, [Reply(speaker=Speaker.SYSTEM, text=text)], at=at)
            return True

    def remark(self, *, turn: Turn, text: str, at: datetime) -> bool:
        """Says something while the turn is open; False, and nothing said, when it is closed already."""
        with self._writing.begin() as connection:
            last = locked(connection, turn.conversation)
            if connection.scalar(select(turns.c.number).where(*_is_open(turn))) is None:
                return False
            _append(connection, turn.conversation, last, [Reply(speaker=Speaker.SYSTEM, text=text)], at=at)
            return True

    def messages(self, *, conversation: str, after: int, most: int) -> list[Message]:
        wanted = (
            select(messages)
            .where(messages.c.conversation == conversation, messages.c.seq > after)
            .order_by(messages.c.seq)
            .limit(most)
        )
        with self._reading.begin() as connection:
            return [message_of(row) for row in connection.execute(wanted).mappings()]

    def is_closed(self, *, conversation: str, number: int) -> bool:
        wanted = select(turns.c.state).where(turns.c.conversation == conversation, turns.c.number == number)
        with self._reading.begin() as connection:
            return connection.scalar(wanted) not in (None, TurnState.OPEN)

    def open_turns(self, *, conversation: str) -> list[Turn]:
        """In the order in which they were written."""
        wanted = _turns().where(turns.c.conversation == conversation, turns.c.state == TurnState.OPEN)
        with self._reading.begin() as connection:
            return [_turn(row) for row in connection.execute(wanted.order_by(turns.c.number)).mappings()]

    def unanswered(self) -> list[str]:
        """The conversations with an open turn."""
        with self._reading.begin() as connection:
            return list(
                connection.scalars(select(turns.c.conversation).where(turns.c.state == TurnState.OPEN).distinct())
            )

    def backlog(self) -> Backlog:
        wanted = (
            select(func.count(), func.min(messages.c.at))
            .select_from(turns.join(messages))
            .where(turns.c.state == TurnState.OPEN)
        )
        with self._reading.begin() as connection:
            count, oldest = connection.execute(wanted).one()
        return Backlog(turns=count, oldest=oldest)


def locked(connection: Connection, conversation: str) -> int:
    """The conversation's last seq, its row locked: what makes the numbering gapless on PostgreSQL too."""
    last: int | None = connection.scalar(
        select(conversations.c.last_seq).where(conversations.c.id == conversation).with_for_update()
    )
    if last is None:
        raise ConversationUnknown
    return last


def _append(
    connection: Connection,
    conversation: str,
    last: int,
    replies: Sequence[Reply],
    *,
    at: datetime,
    client_id: str | None = None,
    attachment: str | None = None,
) -> int:
    rows: list[dict[str, Any]] = [
        {
            "conversation": conversation,
            "seq": seq,
            "speaker": reply.speaker,
            "text": reply.text,
            "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
            "client_id": client_id,
            "at": at,
            "author": reply.author,
            "card": dict(reply.card) if reply.card else None,
            "attachment": attachment,
        }
        for seq, reply in enumerate(replies, start=last + 1)
    ]
    if rows:
        connection.execute(insert(messages), rows)
    seq = last + len(rows)
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(last_seq=seq))
    return seq


def _is_open(turn: Turn) -> tuple[Any, ...]:
    return turns.c.conversation == turn.conversation, turns.c.number == turn.number, turns.c.state == TurnState.OPEN


def _turns() -> Select[Any]:
    joined = turns.join(messages).join(conversations, conversations.c.id == turns.c.conversation)
    said = messages.c.text, messages.c.at
    whose = conversations.c.channel, conversations.c.phone, conversations.c.verified_until
    return select(turns, *said, *whose).select_from(joined)


def _turn(row: RowMapping) -> Turn:
    until = row["verified_until"]
    over = until is not None and until <= row["at"]  # a phone that is no longer theirs for sure is not shown to them
    return Turn(
        conversation=row["conversation"],
        channel=row["channel"],
        number=row["number"],
        text=row["text"],
        accepted_at=row["at"],
        correlation_id=row["correlation_id"],
        told=row["told_at"] is not None,
        phone=None if over else row["phone"],
        phone_bound=until is not None and not over,
        details=row["details"],
    )


def message_of(row: RowMapping) -> Message:
    return Message(
        seq=row["seq"],
        speaker=Speaker(row["speaker"]),
        text=row["text"],
        buttons=tuple(Button(**button) for button in row["buttons"]),
        at=row["at"],
        author=row["author"],
        card=row["card"],
        attachment=row["attachment"],
        client_id=row["client_id"],
    )
