"""What agents and the attendant do with who answers 接管, each in one transaction under the conversation's lock.

The state flips first: whatever the engine still says to a turn that this closed is dropped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select

from bot.conversations import told
from bot.conversations.database import writing
from bot.conversations.messages import Reply, Speaker, TurnState
from bot.conversations.presence import take_seat
from bot.conversations.queueing import enqueue, waits
from bot.conversations.rows import (
    append,
    close_turns,
    held,
    locked,
    note_event,
    open_turn,
    takeover_from,
    takeover_of,
    write_takeover,
)
from bot.conversations.store import ASSISTANT
from bot.conversations.tables import messages, takeovers, turns
from bot.conversations.takeover import Act, Patience, State, Surroundings, Takeover

PLATFORM: Final = "telephone"
_BY_PHONE: Final[Mapping[Act, Callable[[Takeover, datetime], Takeover]]] = {
    Act.CONNECT: lambda call, at: call.connect(at=at),
    Act.COME_BACK: lambda call, _at: call.come_back(),
    Act.HANG_UP: lambda call, _at: call.hang_up(),
}
MOST_REMEMBERED: Final = 30  # lines of what the assistant missed
LONGEST_LINE: Final = 300  # characters


@dataclass
class _Step:
    """One change under way. `asks`: the details of a turn that the last of `replies` opens."""

    connection: Connection
    before: Takeover
    last: int
    at: datetime
    after: Takeover
    replies: Sequence[Reply] = ()
    asks: Mapping[str, Any] | None = None
    noted: bool = False

    def becomes(self, after: Takeover, *replies: Reply) -> None:
        self.after, self.replies = after, replies

    def note(self, act: Act, *, who: str, why: str | None = None) -> None:
        """With how long the agent had the conversation, where this is its end."""
        before, ends = self.before, self.before.state is State.AGENT and self.after.state is not State.AGENT
        seconds = round((self.at - before.held_at).total_seconds()) if ends and before.held_at else None
        agent = before.agent or self.after.agent
        note_event(self.connection, self.after, act=act, who=who, at=self.at, why=why, agent=agent, seconds=seconds)
        self.noted = True

    def finish(self) -> None:
        conversation, connection = self.after.conversation, self.connection
        if self.after.version != self.before.version:
            close_turns(connection, conversation, at=self.at)
        write_takeover(connection, before=self.before, after=self.after)
        if self.replies or self.noted or self.after != self.before:
            self.last = append(connection, conversation, self.last, self.replies, at=self.at)
        if self.asks is not None:
            trace = f"{conversation}:{self.last}"[-64:]
            open_turn(connection, conversation, self.last, correlation_id=trace, details=self.asks)


class Takeovers:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine, *, patience: Patience | None = None) -> None:
        self._reading = database
        self._writing = writing(database)
        self.patience = patience or Patience()

    def of(self, *, conversation: str) -> Takeover:
        """Raises ConversationUnknown."""
        with self._reading.begin() as connection:
            return takeover_of(connection, conversation)

    def live(self) -> list[Takeover]:
        """Who waits or is served."""
        wanted = held().where(takeovers.c.state.in_([State.QUEUED, State.AGENT]))
        with self._reading.begin() as connection:
            return [takeover_from(row) for row in connection.execute(wanted).mappings()]

    def queue(self, *, conversation: str, reason: str, at: datetime, who: str = ASSISTANT) -> Takeover:
        """Who waits already goes on waiting. Raises ConversationUnknown, ServedByAnother."""
        with self._step(conversation, at) as step:
            if step.before.state is not State.QUEUED:
                replies = enqueue(step.connection, step.before, at=at, reason=reason, who=who, patience=self.patience)
                step.replies = replies
                step.before = step.after = takeover_of(step.connection, conversation)
        return step.after

    def claim(self, *, conversation: str, agent: str, at: datetime, team: str | None = None) -> Takeover:
        """The first has it; every other is told who. Raises what Takeover.claim raises, NotPresent, HandsFull."""
        with self._step(conversation, at) as step:
            after = step.before.claim(agent=agent, at=at, team=team)
            if after != step.before:
                take_seat(step.connection, agent=agent, at=at)
                step.becomes(after, told.served(agent=agent))
                step.note(Act.CLAIM, who=agent)
        return step.after

    def step_in(self, *, conversation: str, agent: str, at: datetime) -> Takeover:
        """Raises AnsweredByPhone, ServedByAnother, NotPresent, HandsFull."""
        with self._step(conversation, at) as step:
            after = step.before.step_in(agent=agent, at=at)
            if after != step.before:
                take_seat(step.connection, agent=agent, at=at)
                step.becomes(after, told.served(agent=agent))
                step.note(Act.STEP_IN, who=agent)
        return step.after

    def say(
        self,
        *,
        conversation: str,
        agent: str,
        text: str,
        client_id: str,
        at: datetime,
        attachment: str | None = None,
    ) -> int:
        """To the customer, once for each client id; its seq. Raises NobodyServes, NotYourConversation."""
        own_id = f"{agent}:{client_id}"
        seen = messages.c.conversation == conversation, messages.c.client_id == own_id
        with self._step(conversation, at) as step:
            seq: int | None = step.connection.scalar(select(messages.c.seq).where(*seen))
            if seq is None:
                step.after = step.before.said(agent=agent, at=at)
                reply = Reply(speaker=Speaker.AGENT, text=text, author=agent)
                seq = step.last = append(
                    step.connection, conversation, step.last, [reply], at=at, client_id=own_id, attachment=attachment
                )
        return seq

    def hand_back(self, *, conversation: str, agent: str, summary: str, settled: bool, at: datetime) -> Takeover:
        """To the assistant, which hears with its next turn what was said meanwhile. Raises as Takeover.hand_back."""
        with self._step(conversation, at) as step:
            memory = {"summary": summary, "settled": settled, "lines": _missed(step.connection, conversation)}
            step.becomes(step.before.hand_back(agent=agent, memory=memory), told.handed_back(settled=settled))
            step.note(Act.HAND_BACK, who=agent, why=summary)
        return step.after

    def transfer(
        self, *, conversation: str, agent: str, to: str | None, team: str | None, note: str, at: datetime
    ) -> Takeover:
        """Raises as Takeover.transfer."""
        with self._step(conversation, at) as step:
            after = step.before.transfer(agent=agent, to=to, team=team, at=at, patience=self.patience)
            step.becomes(after, told.transferred(to=to))
            step.note(Act.TRANSFER, who=agent, why=note)
        return step.after

    def close(self, *, conversation: str, agent: str, at: datetime) -> Takeover:
        """Raises as Takeover.close."""
        with self._step(conversation, at) as step:
            step.becomes(step.before.close(agent=agent), told.thanks())
            step.note(Act.CLOSE, who=agent)
        return step.after

    def by_phone(self, *, conversation: str, act: Act, at: datetime) -> Takeover:
        """CONNECT, COME_BACK or HANG_UP: what the telephone platform says. Said twice, it is done once."""
        with self._step(conversation, at) as step:
            after = _BY_PHONE[act](step.before, at)
            if after != step.before:
                step.becomes(after)
                step.note(act, who=PLATFORM)
        return step.after

    def note(self, *, conversation: str, agent: str, text: str, at: datetime) -> None:
        """For colleagues only 备注."""
        with self._step(conversation, at) as step:
            step.note(Act.NOTE, who=agent, why=text)

    def attend(self, *, conversation: str, here: Surroundings) -> Act | None:
        """Does what is due now, once however many ask; None where nothing is (any more)."""
        with self._step(conversation, here.at) as step:
            act = step.before.due(here, patience=self.patience)
            if act is not None:
                self._attended[act](self, step)
                step.note(act, who=ASSISTANT)
        return act

    def tell_place(self, *, conversation: str, at: datetime) -> bool:
        """Tells the customer their place in the queue where it is another than they know."""
        with self._step(conversation, at) as step:
            waiting = step.before
            if waiting.state is not State.QUEUED or waiting.by_phone:
                return False
            ahead, minutes = waits(step.connection, waiting, at=at)
            if ahead == waiting.told_ahead or not told.is_worth_telling(ahead, channel=waiting.channel):
                return False
            after = replace(waiting, told_ahead=ahead, told_minutes=minutes)
            step.becomes(after, told.place(ahead=ahead, minutes=minutes))
        return True

    def _nudge(self, step: _Step) -> None:
        step.becomes(replace(step.before, nudged_at=step.at))

    def _hang_up(self, step: _Step) -> None:
        step.becomes(step.before.hang_up())

    def _remind(self, step: _Step) -> None:
        step.becomes(replace(step.before, reminded_at=step.at), told.still_there())

    def _requeue(self, step: _Step) -> None:
        step.becomes(step.before.requeue(at=step.at), told.requeued())

    def _close_quiet(self, step: _Step) -> None:
        step.becomes(step.before.close(), told.thanks())

    def _give_up(self, step: _Step) -> None:
        """The assistant asks in the customer's place, and the dialogue registers the call back."""
        step.becomes(step.before.give_up(), told.nobody_came())
        step.asks = {"asks": told.CALL_ME, "agents": {"here": False, "waited": True}}

    _attended: Mapping[Act, Callable[["Takeovers", _Step], None]] = {
        Act.NUDGE: _nudge,
        Act.REMIND: _remind,
        Act.REQUEUE: _requeue,
        Act.CLOSE: _close_quiet,
        Act.GIVE_UP: _give_up,
        Act.HANG_UP: _hang_up,
    }

    @contextmanager
    def _step(self, conversation: str, at: datetime) -> Iterator[_Step]:
        """Raises ConversationUnknown."""
        with self._writing.begin() as connection:
            last = locked(connection, conversation)
            before = takeover_of(connection, conversation)
            step = _Step(connection=connection, before=before, last=last, at=at, after=before)
            yield step
            step.finish()


def _missed(connection: Connection, conversation: str) -> list[dict[str, str]]:
    """What customer and agents said since the assistant last answered."""
    answered = turns.c.conversation == conversation, turns.c.state == TurnState.ANSWERED
    since = connection.scalar(select(func.max(turns.c.number)).where(*answered)) or 0
    wanted = (
        select(messages)
        .where(messages.c.conversation == conversation, messages.c.seq > since)
        .where(messages.c.speaker.in_([Speaker.CUSTOMER, Speaker.AGENT]))
        .order_by(messages.c.seq.desc())
        .limit(MOST_REMEMBERED)
    )
    rows = list(connection.execute(wanted).mappings())
    return [{"from": row["speaker"], "text": row["text"][:LONGEST_LINE]} for row in reversed(rows)]
