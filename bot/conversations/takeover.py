"""Who answers a conversation 接管: the assistant, the queue 排队 or an agent 坐席. Pure: time and people are passed in.

bot ──► queued ──► agent ──► closed ──► bot
 ▲        │          │ └► queued (transferred, or the agent is silent)
 └────────┴──────────┘
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from backend.domain.vocabulary import Channel
from bot.errors import (
    AlreadyWaiting,
    AnsweredByPhone,
    KeptForAnother,
    NobodyServes,
    NotWaiting,
    NotYourConversation,
    ServedByAnother,
)


class State(StrEnum):
    BOT = "bot"  # 机器人
    QUEUED = "queued"  # 排队
    AGENT = "agent"  # 坐席
    CLOSED = "closed"  # 已结束, to be rated 待评价


class Act(StrEnum):
    """What an audit row is about."""

    QUEUE = "queue"  # 转人工
    CANCEL = "cancel"  # 取消排队
    CLAIM = "claim"  # 接入
    STEP_IN = "step_in"  # 主动接管
    HAND_BACK = "hand_back"  # 交回
    TRANSFER = "transfer"  # 转接
    REQUEUE = "requeue"  # 重新排队, in front
    GIVE_UP = "give_up"  # 无人接入，改为回电
    CLOSE = "close"  # 结束
    CONNECT = "connect"  # 电话接通
    COME_BACK = "come_back"  # 电话转回机器人
    HANG_UP = "hang_up"  # 挂机
    RATE = "rate"  # 评价
    RETURN = "return"  # 客户再次来访
    NUDGE = "nudge"  # 提醒坐席
    REMIND = "remind"  # 提醒客户
    NOTE = "note"  # 备注


FRONT, NORMAL = 0, 1  # `rank` in the queue


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long who waits for whom: `queue` for any agent, `prefer` for one's own."""

    queue: timedelta = timedelta(minutes=10)
    prefer: timedelta = timedelta(seconds=60)
    nudge: timedelta = timedelta(seconds=60)
    requeue: timedelta = timedelta(minutes=3)
    remind: timedelta = timedelta(minutes=5)
    close: timedelta = timedelta(minutes=10)
    call: timedelta = timedelta(hours=4)  # no call waits or lasts longer


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Who is at the desk: `present`, by job number; `open`: the charter has staff for it on duty now."""

    at: datetime
    present: frozenset[str]
    open: bool


@dataclass(frozen=True, kw_only=True)
class Takeover:
    """`agent` has it now, `owner` received the customer first 首问责任人, `last_agent` had it last.

    `wanted`, `team`: until `wanted_until` it is kept for this agent, or for this department. `rank`, `queued_at`: the
    place in the queue; `told_ahead`, `told_minutes`: what the customer was told of it. `waiting_since`: the customer
    waits for the agent's word; `quiet_since`: the agent for theirs. `memory`: what the assistant missed, with the turn
    that takes it there.
    """

    conversation: str
    channel: Channel = Channel.WEBCHAT
    state: State = State.BOT
    version: int = 0
    agent: str | None = None
    owner: str | None = None
    last_agent: str | None = None
    wanted: str | None = None
    team: str | None = None
    wanted_until: datetime | None = None
    reason: str | None = None
    queued_at: datetime | None = None
    rank: int = NORMAL
    told_ahead: int | None = None
    told_minutes: int | None = None
    held_at: datetime | None = None
    waiting_since: datetime | None = None
    quiet_since: datetime | None = None
    nudged_at: datetime | None = None
    reminded_at: datetime | None = None
    memory: Mapping[str, Any] | None = None
    memory_turn: int | None = None

    @property
    def by_phone(self) -> bool:
        return self.channel is Channel.HOTLINE

    def queue(self, *, at: datetime, reason: str, keep_for: str | None, patience: Patience) -> "Takeover":
        """`keep_for`: who served the customer before and is there. Raises AlreadyWaiting, ServedByAnother."""
        if self.state is State.QUEUED:
            raise AlreadyWaiting
        if self.state is State.AGENT:
            raise ServedByAnother(agent=self.agent)
        until = at + patience.prefer if keep_for else None
        owner = None if self.state is State.CLOSED else self.owner
        return self._queued(
            at=at, rank=NORMAL, reason=reason, wanted=keep_for, wanted_until=until, owner=owner, held_at=None
        )

    def cancel(self) -> "Takeover":
        """Raises NotWaiting."""
        if self.state is not State.QUEUED:
            raise NotWaiting
        return self._to_bot()

    def claim(self, *, agent: str, at: datetime, team: str | None = None) -> "Takeover":
        """Twice by the same agent is once. Raises AnsweredByPhone, ServedByAnother, NotWaiting, KeptForAnother."""
        if self.state is State.AGENT and self.agent == agent:
            return self
        if self.by_phone:
            raise AnsweredByPhone
        if self.state is State.AGENT:
            raise ServedByAnother(agent=self.agent)
        if self.state is not State.QUEUED:
            raise NotWaiting
        if self.kept_from(agent=agent, at=at, team=team):
            raise KeptForAnother(whom=f"{self.wanted} 号坐席" if self.wanted else "指定的班组")
        return self._held(agent=agent, at=at)

    def kept_from(self, *, agent: str, at: datetime, team: str | None) -> bool:
        """Kept for somebody else, for now."""
        if self.wanted_until is None or at >= self.wanted_until:
            return False
        return agent != self.wanted and (self.team is None or team != self.team)

    def step_in(self, *, agent: str, at: datetime) -> "Takeover":
        """Without being asked. Raises AnsweredByPhone, ServedByAnother."""
        if self.by_phone:
            raise AnsweredByPhone
        if self.state is State.AGENT and self.agent != agent:
            raise ServedByAnother(agent=self.agent)
        return self if self.state is State.AGENT else self._held(agent=agent, at=at)

    def hand_back(self, *, agent: str, memory: Mapping[str, Any]) -> "Takeover":
        """Raises NotYourConversation, NobodyServes."""
        self.check_held(agent=agent)
        return replace(self._to_bot(), memory=memory)

    def transfer(self, *, agent: str, to: str | None, team: str | None, at: datetime, patience: Patience) -> "Takeover":
        """In front, and kept for them; the owner stays. Raises NotYourConversation, NobodyServes."""
        self.check_held(agent=agent)
        until = at + patience.requeue
        return self._queued(at=at, rank=FRONT, reason=self.reason, wanted=to, team=team, wanted_until=until)

    def requeue(self, *, at: datetime) -> "Takeover":
        """In front: the agent is silent. Raises NobodyServes."""
        if self.state is not State.AGENT:
            raise NobodyServes
        return self._queued(at=at, rank=FRONT, reason=self.reason)

    def give_up(self) -> "Takeover":
        """Nobody came: the assistant registers a call back. Raises NotWaiting."""
        return self.cancel()

    def close(self, *, agent: str | None = None) -> "Takeover":
        """By who has it or, `agent` None, because the customer is silent. Raises NotYourConversation, NobodyServes."""
        self.check_held(agent=agent or self.agent)
        return replace(self._to_bot(), state=State.CLOSED, reason=None)

    def reopen(self) -> "Takeover":
        """Rated, or the customer writes again: the next agent is a new owner."""
        return replace(self._to_bot(), owner=None)

    def connect(self, *, at: datetime) -> "Takeover":
        """The platform puts a caller through; which agent picks up it does not say."""
        if self.state is not State.QUEUED:
            return self
        return replace(self._to_bot(), state=State.AGENT, reason=self.reason, held_at=at)

    def come_back(self) -> "Takeover":
        """The caller is with the assistant again: cancelled, not reached, or done with the agent."""
        return self._to_bot() if self.state in (State.QUEUED, State.AGENT) else self

    def hang_up(self) -> "Takeover":
        """The call is over."""
        back = self.come_back()
        return self if back == self else replace(back, state=State.CLOSED)

    def heard(self, *, at: datetime) -> "Takeover":
        """The customer wrote to the agent, or for the one to come."""
        return replace(self, waiting_since=self.waiting_since or at, quiet_since=None, reminded_at=None)

    def said(self, *, agent: str, at: datetime) -> "Takeover":
        """Raises NotYourConversation, NobodyServes."""
        self.check_held(agent=agent)
        return replace(self, waiting_since=None, nudged_at=None, quiet_since=at, reminded_at=None)

    def is_held_by(self, agent: str) -> bool:
        return self.state is State.AGENT and self.agent == agent

    def check_held(self, *, agent: str | None) -> None:
        """Raises NotYourConversation, NobodyServes."""
        if self.state is not State.AGENT:
            raise NobodyServes
        if self.agent != agent:
            raise NotYourConversation(agent=self.agent)

    def due(self, here: Surroundings, *, patience: Patience) -> Act | None:
        """What has to be done now because somebody did nothing."""
        if self.by_phone:
            since = self.held_at or self.queued_at  # a platform that died has told of no end
            return Act.HANG_UP if since is not None and here.at - since >= patience.call else None
        if self.state is State.QUEUED and self.queued_at is not None:
            closed = not here.present and not here.open
            return Act.GIVE_UP if closed or here.at - self.queued_at >= patience.queue else None
        if self.state is not State.AGENT:
            return None
        if self.waiting_since is not None:
            waited = here.at - self.waiting_since
            limit = patience.requeue if self.agent in here.present else patience.nudge
            if waited >= limit:
                return Act.REQUEUE
            return Act.NUDGE if waited >= patience.nudge and self.nudged_at is None else None
        if self.quiet_since is not None:
            if self.reminded_at is None:
                return Act.REMIND if here.at - self.quiet_since >= patience.remind else None
            # Counted from the reminder, however late that went out: nobody is reminded and closed at once.
            return Act.CLOSE if here.at - self.reminded_at >= patience.close - patience.remind else None
        return None

    def _held(self, *, agent: str, at: datetime) -> "Takeover":
        owner = agent if self.state is State.CLOSED else self.owner or agent
        fresh = replace(self._to_bot(), state=State.AGENT, reason=self.reason)
        return replace(fresh, agent=agent, owner=owner, last_agent=agent, held_at=at, waiting_since=at)

    def _queued(self, *, at: datetime, rank: int, **changed: Any) -> "Takeover":
        told = 0 if rank == FRONT else None  # the word that brings the customer here says so
        fresh = replace(self._to_bot(), state=State.QUEUED, rank=rank, queued_at=at, waiting_since=at, told_ahead=told)
        return replace(fresh, **changed)

    def _to_bot(self) -> "Takeover":
        """Whatever belonged to the wait or to the agent is over; the next version."""
        return Takeover(
            conversation=self.conversation,
            channel=self.channel,
            version=self.version + 1,
            owner=self.owner,
            last_agent=self.last_agent,
            memory=self.memory,
        )


def minutes_to_wait(*, ahead: int, handling: timedelta | None, seats: int) -> int | None:
    """The estimated waiting time 预计等待: those ahead and one's own turn, shared by the `seats` of who is there.

    None where no handling time has been measured, or nobody is there.
    """
    if handling is None or seats < 1:
        return None
    minutes = handling.total_seconds() * (ahead + 1) / seats / 60
    return max(1, round(minutes))


def first_free(waiting: Collection[Takeover]) -> list[Takeover]:
    """In the order in which they are to be served."""
    return sorted(waiting, key=lambda each: (each.rank, each.queued_at, each.conversation))
