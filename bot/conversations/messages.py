"""The words of the message log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Speaker(StrEnum):
    CUSTOMER = "customer"  # 客户
    BOT = "bot"  # 机器人
    AGENT = "agent"  # 坐席
    SYSTEM = "system"  # 系统提示


class TurnState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    FAILED = "failed"  # the customer was told that it could not be handled
    TAKEN_OVER = "taken_over"  # a person answers it, or will


class Obstacle(StrEnum):
    """Why what was said does not reach a customer to whom it has to be pushed."""

    LEFT = "left"  # 取消关注
    CLOSED = "closed"  # they have not written lately enough
    USED_UP = "used_up"  # as much is sent as their last word allows
    AWAY = "away"  # the channel can't be reached: it is tried again


@dataclass(frozen=True, kw_only=True)
class Button:
    """A tap sends `payload`, which is text a customer could have typed."""

    title: str
    payload: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    """`author`: the job number 工号 of the agent who speaks. `card`: what a page may show beside the text, by kind."""

    speaker: Speaker
    text: str
    buttons: Sequence[Button] = ()
    author: str | None = None
    card: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """One line of the log. `seq` counts from 1 without gaps in its conversation; `at` is aware, in UTC.

    `attachment`: the id of the photo that the customer sent. `client_id`: what the customer's side called the message.
    """

    seq: int
    speaker: Speaker
    text: str
    buttons: Sequence[Button]
    at: datetime
    author: str | None = None
    card: Mapping[str, Any] | None = None
    attachment: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A customer's message that wants an answer. `number` is its seq; `told`: the customer knows that it waits.

    `phone`: the number we know the customer by, E.164; `phone_bound`: a code has shown it to be theirs, and that still
    holds. `details`: what else the channel knows of the message, for the engine: `alternatives` and `confidence` of a
    speech recogniser, `attachment` of a photo, `agents` at the desk, what it missed `meanwhile`.
    """

    conversation: str
    channel: str
    number: int
    text: str
    accepted_at: datetime
    correlation_id: str
    told: bool
    phone: str | None = None
    phone_bound: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message_id(self) -> str:
        """The key by which the engine recognises the same turn again."""
        return f"{self.conversation}:{self.number}"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """`peer`: who it is with, in the channel's own terms (an openid, a call); `delivered`: last pushed seq.

    `verified_at`: when a code showed `phone` to be theirs, which holds until `verified_until`; a caller's has neither.
    """

    id: str
    channel: str
    peer: str | None
    phone: str | None
    created_at: datetime
    delivered: int
    verified_at: datetime | None = None
    verified_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What a turn has changed: the phone is the customer's, shown by a code 绑定; without a phone: no longer 解绑."""

    phone: str | None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A photo 照片 kept with its conversation. `content` is the file as it came, `media_type` as it was found to be."""

    id: str
    conversation: str
    media_type: str
    content: bytes
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """`opened`: the assistant has a turn to answer."""

    seq: int
    repeated: bool
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What is unanswered, for the readiness page."""

    turns: int
    oldest: datetime | None
