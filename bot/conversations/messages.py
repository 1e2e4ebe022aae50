"""The words of the message log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Speaker(StrEnum):
    CUSTOMER = "customer"  # 客户
    BOT = "bot"  # 机器人
    AGENT = "agent"  # 坐席
    SYSTEM = "system"  # 系统提示


class TurnState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    FAILED = "failed"  # the customer was told that it could not be handled


@dataclass(frozen=True, kw_only=True)
class Button:
    """A tap sends `payload`, which is text a customer could have typed."""

    title: str
    payload: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    speaker: Speaker
    text: str
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, kw_only=True)
class Message:
    """One line of the log. `seq` counts from 1 without gaps in its conversation; `at` is aware, in UTC."""

    seq: int
    speaker: Speaker
    text: str
    buttons: Sequence[Button]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A customer's message that wants an answer. `number` is its seq; `told`: the customer knows that it waits."""

    conversation: str
    channel: str
    number: int
    text: str
    accepted_at: datetime
    correlation_id: str
    told: bool

    @property
    def message_id(self) -> str:
        """The key by which the engine recognises the same turn again."""
        return f"{self.conversation}:{self.number}"


@dataclass(frozen=True, kw_only=True)
class Accepted:
    seq: int
    repeated: bool


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What is unanswered, for the readiness page."""

    turns: int
    oldest: datetime | None
