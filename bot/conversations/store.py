"""The message log in the database. Every write is one transaction; what is unanswered here is the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select, update

from backend.domain.vocabulary import Channel
from bot.conversations import told
from bot.conversations.database import writing
from bot.conversations.messages import Accepted, Backlog, Bound, Button, Message, Reply, Speaker, Turn, TurnState
from bot.conversations.presence import seats
from bot.conversations.questions import question_open
from bot.conversations.queueing import enqueue
from bot.conversations.rows import (
    append,
    is_open,
    locked,
    mark_changed,
    message_of,
    note_event,
    open_turn,
    takeover_of,
    write_takeover,
)
from bot.conversations.tables import conversations, messages, notices, turns
from bot.conversations.takeover import Act, Patience, State, Takeover
from bot.errors import NoticeConflict, TooManyWaiting
from bot.wording import asks_for_a_person

MOST_WAITING: Final = 50
CUSTOMER: Final = "customer"
ASSISTANT: Final = "assistant"
ASKED: Final = "request_human"  # the reason where the customer asked for a person in so many words
MEANWHILE: Final = "meanwhile"


class Store:
    """Blocking; `conversations.log.MessageLog` calls it from the event loop."""

    def __init__(self, database: Engine, *, patience: Patience | None = None) -> None:
        self._reading = database
        self._writing = writing(database)
        self._patience = patience or Patience()

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
        """Logs a customer's message and, where the assistant answers, opens its turn; a client id seen before gives
        the first seq.

        Who waits for a person or talks to one is only logged. 人工, 取消 and a rating need no engine.
        Raises ConversationUnknown, TooManyWaiting.
        """
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            seen = connection.scalar(
                select(messages.c.seq).where(messages.c.conversation == conversation, messages.c.client_id == client_id)
            )
            if seen is not None:
                return Accepted(seq=seen, repeated=True)
            before = takeover_of(connection, conversation)
            said = Reply(speaker=Speaker.CUSTOMER, text=text)
            more = {"client_id": client_id, "attachment": attachment}
            replies = self._heard(connection, before, text, at=at)
            if replies is not None:
                seq = append(connection, conversation, last, [said], at=at, **more)
                append(connection, conversation, seq, replies, at=at)
                return Accepted(seq=seq, repeated=False)
            waiting = select(func.count()).where(turns.c.conversation == conversation, turns.c.state == TurnState.OPEN)
            if (connection.scalar(waiting) or 0) >= MOST_WAITING:
                raise TooManyWaiting
            seq = append(connection, conversation, last, [said], at=at, **more)
            reminded = _reminded(connection, before, turn=seq, at=at)
            given = {**(details or {}), **question_open(connection, conversation, before=seq), **reminded}
            open_turn(connection, conversation, seq, correlation_id=correlation_id, details=given)
            return Accepted(seq=seq, repeated=False, opened=True)

    def _heard(self, connection: Connection, before: Takeover, text: str, *, at: datetime) -> Sequence[Reply] | None:
        """What is said to a text that is not for the assistant; None: it is."""
        if before.state is State.QUEUED and told.cancels(text):
            after = before.cancel()
            write_takeover(connection, before=before, after=after)
            note_event(connection, after, act=Act.CANCEL, who=CUSTOMER, at=at)
            return [told.cancelled()]
        if before.state in (State.QUEUED, State.AGENT):
            write_takeover(connection, before=before, after=before.heard(at=at))
            return []
        if before.state is State.CLOSED and (given := told.rating(text)):
            after = before.reopen()
            write_takeover(connection, before=before, after=after)
            note_event(connection, after, act=Act.RATE, who=CUSTOMER, at=at, why=given, agent=before.last_agent)
            return [told.rated(given)]
        if asks_for_a_person(text) and not before.by_phone and seats(connection, at=at):
            return enqueue(connection, before, at=at, reason=ASKED, who=CUSTOMER, patience=self._patience)
        return None

    def notice(
        self,
        *,
        notice_id: str,
        conversation: str,
        text: str,
        at: datetime,
        visit: str | None = None,
        buttons: Sequence[Button] = (),
    ) -> Accepted:
        """Logs a message that we start; an id seen before is not a second one. `visit`: the ticket whose return visit
        it asks for; the customer's next message is then an answer to it.

        Raises ConversationUnknown, NoticeConflict.
        """
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            seen = connection.execute(select(notices).where(notices.c.id == notice_id)).mappings().one_or_none()
            if seen is not None:
                if seen["conversation"] != conversation:
                    raise NoticeConflict
                return Accepted(seq=seen["seq"], repeated=True)
            reply = Reply(speaker=Speaker.BOT, text=text, buttons=buttons)
            seq = append(connection, conversation, last, [reply], at=at)
            connection.execute(insert(notices).values(id=notice_id, conversation=conversation, seq=seq, visit=visit))
            return Accepted(seq=seq, repeated=False)

    def close_turn(
        self,
        *,
        turn: Turn,
        state: TurnState,
        replies: Sequence[Reply],
        at: datetime,
        handoff: str | None = None,
        understood: Mapping[str, Any] | None = None,
        bound: Bound | None = None,
    ) -> bool:
        """Logs the replies and closes the turn; False, and nothing logged, when it is closed already.

        `handoff`: the reason why a person goes on; the customer is in the queue with the reply that says so.
        """
        with self._writing.begin() as connection:
            last = locked(connection, turn.conversation)
            closed = {"state": state, "closed_at": at, "understood": dict(understood) if understood else None}
            changed = connection.execute(update(turns).where(*is_open(turn)).values(closed))
            if changed.rowcount != 1:
                return False
            before = takeover_of(connection, turn.conversation)
            if before.memory_turn == turn.number:
                answered = state is TurnState.ANSWERED
                after = replace(before, memory=None if answered else before.memory, memory_turn=None)
                write_takeover(connection, before=before, after=after)
                before = after
            more: Sequence[Reply] = ()
            if handoff:
                more = enqueue(connection, before, at=at, reason=handoff, who=ASSISTANT, patience=self._patience)
            append(connection, turn.conversation, last, [*replies, *more], at=at)
            if bound and turn.channel != Channel.HOTLINE:  # there the caller's own number is what we know them by
                verified_at = at if bound.phone else None
                known = {"phone": bound.phone, "verified_at": verified_at, "verified_until": bound.until}
                mark_changed(connection, turn.conversation, **known)
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
            append(connection, conversation, last, [Reply(speaker=Speaker.SYSTEM, text=text)], at=at)
            return True

    def remark(self, *, turn: Turn, text: str, at: datetime) -> bool:
        """Says something while the turn is open; False, and nothing said, when it is closed already."""
        with self._writing.begin() as connection:
            last = locked(connection, turn.conversation)
            if connection.scalar(select(turns.c.number).where(*is_open(turn))) is None:
                return False
            append(connection, turn.conversation, last, [Reply(speaker=Speaker.SYSTEM, text=text)], at=at)
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
        """Also of a message that opened no turn."""
        opened = turns.c.conversation == conversation, turns.c.number == number, turns.c.state == TurnState.OPEN
        with self._reading.begin() as connection:
            return connection.scalar(select(turns.c.number).where(*opened)) is None

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


def _reminded(connection: Connection, before: Takeover, *, turn: int, at: datetime) -> dict[str, Any]:
    """A text after the end is the assistant's; what it missed goes with the first turn after that."""
    after = before
    if before.state is State.CLOSED:
        after = before.reopen()
        note_event(connection, after, act=Act.RETURN, who=CUSTOMER, at=at)
    carries = after.memory is not None and after.memory_turn is None
    if carries:
        after = replace(after, memory_turn=turn)
    write_takeover(connection, before=before, after=after)
    return {MEANWHILE: after.memory} if carries else {}


def _turns() -> Select[Any]:
    joined = turns.join(messages).join(conversations, conversations.c.id == turns.c.conversation)
    said = messages.c.text, messages.c.at
    whose = conversations.c.channel, conversations.c.phone, conversations.c.verified_until
    return select(turns, *said, *whose).select_from(joined)


def _turn(row: RowMapping) -> Turn:
    details = dict(row["details"])
    until = row["verified_until"]
    over = until is not None and until <= row["at"]  # a phone that is no longer theirs for sure is not shown to them
    return Turn(
        conversation=row["conversation"],
        channel=row["channel"],
        number=row["number"],
        text=details.pop("asks", row["text"]),
        accepted_at=row["at"],
        correlation_id=row["correlation_id"],
        told=row["told_at"] is not None,
        phone=None if over else row["phone"],
        phone_bound=until is not None and not over,
        details=details,
    )
