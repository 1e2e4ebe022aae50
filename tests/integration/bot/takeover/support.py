"""A desk without a page: agents who are there, and customers who ask for one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.conversations.messages import Accepted, Reply, Speaker, Turn, TurnState
from bot.conversations.peers import Peers
from bot.conversations.presence import Presence
from bot.conversations.store import Store
from bot.conversations.takeover import Act, Surroundings, Takeover
from bot.conversations.takeovers import Takeovers

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai


@dataclass
class Desk:
    database: Engine
    at: datetime = AT
    _said: int = 0

    def __post_init__(self) -> None:
        self.store, self.takeovers = Store(self.database), Takeovers(self.database)
        self.presence, self.peers = Presence(self.database), Peers(self.database)

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)

    def there(self, *agents: str, capacity: int = 5) -> None:
        for agent in agents:
            self.presence.beat(agent=agent, at=self.at, capacity=capacity)

    def opened(self, *conversations: str, channel: str = "webchat") -> None:
        for conversation in conversations:
            self.peers.open(conversation=conversation, channel=channel, at=self.at)

    def says(self, text: str, *, conversation: str = "c1") -> Accepted:
        self._said += 1
        return self.store.accept(
            conversation=conversation,
            client_id=f"m{self._said}",
            text=text,
            correlation_id="trace-1",
            at=self.at,
        )

    def answers(self, text: str, *, conversation: str = "c1", handoff: str | None = None) -> bool:
        """The engine, to the oldest message that waits for it."""
        [turn, *_] = self.store.open_turns(conversation=conversation)
        return self.answer(turn, text, handoff=handoff)

    def answer(self, turn: Turn, text: str, *, handoff: str | None = None) -> bool:
        replies = [Reply(speaker=Speaker.BOT, text=text)]
        return self.store.close_turn(turn=turn, state=TurnState.ANSWERED, replies=replies, at=self.at, handoff=handoff)

    def claims(self, agent: str, *, conversation: str = "c1", team: str | None = None) -> Takeover:
        return self.takeovers.claim(conversation=conversation, agent=agent, at=self.at, team=team)

    def replies(self, agent: str, text: str, *, conversation: str = "c1", client_id: str = "a1") -> int:
        return self.takeovers.say(conversation=conversation, agent=agent, text=text, client_id=client_id, at=self.at)

    def attends(self, *, conversation: str = "c1", on_duty: bool = True) -> Act | None:
        present = frozenset(seat.agent for seat in self.presence.seats(at=self.at))
        here = Surroundings(at=self.at, present=present, open=on_duty)
        return self.takeovers.attend(conversation=conversation, here=here)

    def of(self, conversation: str = "c1") -> Takeover:
        return self.takeovers.of(conversation=conversation)

    def log(self, conversation: str = "c1") -> list[tuple[str, str]]:
        messages = self.store.messages(conversation=conversation, after=0, most=500)
        assert [message.seq for message in messages] == list(range(1, len(messages) + 1))
        return [(message.speaker.value, message.text) for message in messages]

    def last(self, conversation: str = "c1") -> str:
        return self.log(conversation)[-1][1]
