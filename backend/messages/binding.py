"""What goes between the backend and its callers about codes 验证码 and bound phones 绑定, as JSON."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, TypeAdapter

from backend.domain.vocabulary import Channel
from backend.messages.reports import Key, Phone, Sent


@dataclass(frozen=True, kw_only=True)
class CodeWish(Sent):
    """Whom a code is to be sent to: a phone that the customer says – or the one on a ticket or an account that this
    conversation has proven, which they need not say. `request_id`, of the message that asks, makes it harmless twice.
    """

    conversation: Key
    request_id: Key
    phone: Phone | None = None
    ticket_number: Key | None = None
    account_number: Key | None = None

    def __post_init__(self) -> None:
        if sum(each is not None for each in (self.phone, self.ticket_number, self.account_number)) != 1:
            raise ValueError("one of phone, ticket_number and account_number")


@dataclass(frozen=True, kw_only=True)
class CodeSent:
    """`tail`: the last four digits of the phone; `minutes`: how long the code is good for."""

    tail: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CodeSaid(Sent):
    conversation: Key
    request_id: Key
    channel: Channel
    code: Annotated[str, Field(pattern=r"^\d{6}$")]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A phone 已绑定手机号 that this conversation has shown to be its customer's."""

    phone: Phone
    bound_at: AwareDatetime
    until: AwareDatetime


CODE_SENT: Final = TypeAdapter(CodeSent)
BOUND: Final = TypeAdapter(Bound)
BOUND_PHONES: Final = TypeAdapter(tuple[Bound, ...])
