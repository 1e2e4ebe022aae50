"""What the stores of a conversation share: its row locked first, then what is written under that lock.

Every change draws the next number of one counter, as the last lock of its transaction: so the numbers come to light in
their order, and who asks for what changed after a number misses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from backend.domain.vocabulary import Channel
from bot.conversations.messages import Button, Message, Reply, Speaker, Turn, TurnState
from bot.conversations.tables import changes, conversations, messages, takeover_events, takeovers, turns
from bot.conversations.takeover import Act, State, Takeover
from bot.errors import ConversationUnknown

STORED: Final = tuple(field.name for field in fields(Takeover) if field.name != "channel")


def locked(connection: Connection, conversation: str) -> int:
    """The conversation's last seq, its row locked: what makes the numbering gapless on PostgreSQL too."""
    last: int | None = connection.scalar(
        select(conversations.c.last_seq).where(conversations.c.id == conversation).with_for_update()
    )
    if last is None:
        raise ConversationUnknown
    return last


def append(
    connection: Connection,
    conversation: str,
    last: int,
    replies: Sequence[Reply],
    *,
    at: datetime,
    client_id: str | None = None,
    attachment: str | None = None,
) -> int:
    """Logs what is said after `last`; the new last seq."""
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
    mark_changed(connection, conversation, last_seq=seq)
    return seq


def mark_changed(connection: Connection, conversation: str, **values: Any) -> None:
    changed = next_change(connection)
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(changed=changed, **values)
    )


def next_change(connection: Connection) -> int:
    drawn = update(changes).where(changes.c.id == 1).values(last=changes.c.last + 1).returning(changes.c.last)
    return int(connection.execute(drawn).scalar_one())


def takeover_of(connection: Connection, conversation: str) -> Takeover:
    """A conversation that nobody ever took over is the assistant's. Raises ConversationUnknown."""
    row = connection.execute(held().where(conversations.c.id == conversation)).mappings().one_or_none()
    if row is None:
        raise ConversationUnknown
    return takeover_from(row)


def held() -> Select[Any]:
    """Of every conversation who answers it."""
    columns = [takeovers.c[name] for name in STORED if name != "conversation"]
    return select(conversations.c.id.label("conversation"), conversations.c.channel, *columns).select_from(
        conversations.outerjoin(takeovers, takeovers.c.conversation == conversations.c.id)
    )


def takeover_from(row: RowMapping) -> Takeover:
    channel = Channel(row["channel"])
    if row["state"] is None:
        return Takeover(conversation=row["conversation"], channel=channel)
    stored = {name: row[name] for name in STORED}
    return Takeover(**stored | {"state": State(row["state"]), "channel": channel})


def write_takeover(connection: Connection, *, before: Takeover, after: Takeover) -> None:
    """Under the conversation's lock; the version says that nothing came between."""
    if before == after:
        return
    values = {name: value for name, value in asdict(after).items() if name in STORED}
    same = takeovers.c.conversation == after.conversation, takeovers.c.version == before.version
    if connection.execute(update(takeovers).where(*same).values(values)).rowcount != 1:
        connection.execute(insert(takeovers).values(values))


def note_event(
    connection: Connection,
    takeover: Takeover,
    *,
    act: Act,
    who: str,
    at: datetime,
    why: str | None = None,
    agent: str | None = None,
    seconds: int | None = None,
) -> None:
    """The audit row: `who` did it, `agent` had the conversation, for `seconds` when it was left by this."""
    row = {"conversation": takeover.conversation, "version": takeover.version, "state": takeover.state}
    row |= {"act": act, "who": who, "at": at, "why": why, "agent": agent, "seconds": seconds}
    connection.execute(insert(takeover_events).values(row))


def close_turns(connection: Connection, conversation: str, *, at: datetime) -> int:
    """No reply to them is taken any more; how many there were."""
    opened = turns.c.conversation == conversation, turns.c.state == TurnState.OPEN
    return connection.execute(update(turns).where(*opened).values(state=TurnState.TAKEN_OVER, closed_at=at)).rowcount


def open_turn(
    connection: Connection, conversation: str, number: int, *, correlation_id: str, details: Mapping[str, Any]
) -> None:
    turn = insert(turns).values(conversation=conversation, number=number, correlation_id=correlation_id)
    connection.execute(turn.values(state=TurnState.OPEN, details=dict(details)))


def is_open(turn: Turn) -> tuple[Any, ...]:
    return turns.c.conversation == turn.conversation, turns.c.number == turn.number, turns.c.state == TurnState.OPEN


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
