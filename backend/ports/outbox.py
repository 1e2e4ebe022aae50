"""Messages that leave the backend, written in the transaction of the change that they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Medium(StrEnum):
    """By what a message goes out."""

    CONVERSATION = "conversation"  # the customer's conversation, through the bot
    SMS = "sms"
    PHONE = "phone"  # a call, by people or a machine
    CALL = "call"  # one in which the customer can answer, through the bot
    LISTENER = "listener"  # a TMF621 listener that registered at /hub


@dataclass(frozen=True, kw_only=True)
class Message:
    """`key` makes it one message however often it is added; `subject` (a ticket's number, as a rule) keeps the order:
    to one recipient, messages of one subject go out in the order in which they were added. `not_after`: it is of no use
    later, and its text is not kept once it is gone or too late."""

    key: str
    medium: Medium
    recipient: str  # the conversation, an E.164 phone, the listener's id
    subject: str
    body: Mapping[str, object]
    not_before: datetime
    not_after: datetime | None = None


class Undeliverable(Exception):
    """It will never go out: a dead letter at once."""


class NotYet(Exception):
    """It is not the time for it, or the other side is still at it: it is handed over again at `at`."""

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class Outbox(Protocol):
    def add(self, message: Message) -> None: ...

    def get(self, *, key: str) -> Message | None: ...

    def take_back(self, *, subject: str, key: str, now: datetime) -> Message | None:
        """What nobody has handed over yet of this message and of those whose keys begin with it and a colon never goes
        out. The one with the greatest key of those that had gone out before; None where none had."""

    def forget_text(self, *, key: str) -> None: ...

    def undelivered(self, *, medium: Medium, recipient: str) -> int:
        """How many messages still have to reach this recipient, dead letters among them."""

    def revive(self, *, medium: Medium, recipient: str, at: datetime) -> int:
        """The dead letters to this recipient are due again, in their order; says how many."""
