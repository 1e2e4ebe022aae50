"""What goes between the backend and its callers, as JSON: reports in, receipts and views out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, ValidationError

from backend.domain.visit import Conduct
from backend.domain.vocabulary import (
    Channel,
    Excuse,
    Grade,
    Mark,
    PromiseKind,
    Service,
    TicketStatus,
    TicketType,
)

OF_HTTP: Final = "http_"  # codes that refuse the call, not the matter


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _storable(text: str) -> str:
    if "\x00" in text:  # PostgreSQL can't store it
        raise ValueError("must not contain NUL")
    return text


Key = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_written), AfterValidator(_storable)]
Phone = Annotated[str, Field(pattern=r"^\+[1-9]\d{4,14}$")]  # E.164
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))  # YYMMDD in numbers
]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_storable)]
Written = Annotated[Text, AfterValidator(_written)]


class ShapeInvalid(ValueError):
    """What was sent or kept is not what it should be. `problems` name the fields, never what stood in them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Sent:
    """What is sent to us, and read by the shape of its class."""

    def to_json(self) -> str:
        return _shape_of(type(self)).dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Raises ShapeInvalid."""
        read: Self = shaped(_shape_of(cls), text)
        return read


@dataclass(frozen=True, kw_only=True)
class Report(Sent):
    """What a customer confirmed. `matter_id` makes filing it again harmless; `accepted_at` starts the clock."""

    matter_id: Key
    ticket_type: TicketType
    subject: Key  # FaultKind, OrderKind, QuestionKind, or the complaint's kind
    service: Service | None = None
    description: Text
    address: Text | None = None
    area: Key | None = None  # the charter's key; without it the backend places the address itself
    contact_phone: Phone
    accepted_at: Moment
    requested_at: Moment | None = None
    requested_text: Text | None = None
    channel: Channel
    conversation: Key
    grade: Grade = Grade.GENERAL
    agent: Key | None = None  # job number of the agent in the conversation
    present: tuple[Key, ...] = ()  # job numbers of other agents present: the highest in rank owns (R2.2)
    about: Key | None = None  # of a complaint: the ticket that it is about
    joins: Key | None = None  # the ticket that the customer says is about the same matter
    attachments: tuple[Key, ...] = ()  # ids of the photos that came with it; the bot keeps them
    caller: Phone | None = None  # the number that the platform says the call comes from
    by_staff: bool = False  # filed at the desk, by somebody who has seen to it that the customer may order this

    def __post_init__(self) -> None:
        for moment in (self.accepted_at, self.requested_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a report's times carry their time zone")


@dataclass(frozen=True, kw_only=True)
class Proof(Sent):
    """Who asks about a ticket shows that it is theirs: its number and the last four digits of the phone left.

    Without digits: the conversation filed it, has proven it before, or has shown that the phone left is its
    customer's. `caller`: the number that the platform says the call comes from.
    """

    ticket_number: Key
    phone_last_four: Key | None = None
    conversation: Key
    caller: Phone | None = None


@dataclass(frozen=True, kw_only=True)
class Conversation(Sent):
    conversation: Key
    caller: Phone | None = None


@dataclass(frozen=True, kw_only=True)
class Wish(Proof):
    """What a customer wants done with a ticket. `request_id`, of the message that said it, makes it harmless twice."""

    request_id: Key
    said_at: Moment
    text: Text  # in the customer's words


@dataclass(frozen=True, kw_only=True)
class Appointment(Wish):
    """改约. Without a time: the one wished before is taken back."""

    wished_at: Moment | None = None
    wished: Text | None = None


@dataclass(frozen=True, kw_only=True)
class VisitAnswer(Wish):
    """回访: what the customer says of the matter settled. `conduct`: how who came behaved (R5.7, R9.2), `remark`: what
    else was said. `goes_on`: solved, and asked further; all of it comes once more at the end, if the customer stays."""

    solved: bool
    satisfaction: Annotated[int, Field(ge=1, le=5)] | None = None
    conduct: dict[Conduct, bool] = field(default_factory=dict)
    remark: Text | None = None
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    kind: PromiseKind
    clause: str
    label: str
    rule: str | None
    source: str | None
    mark: Mark | None
    remark: str | None
    due: AwareDatetime | None  # None: nothing is promised, `reason` says why
    provisional: bool
    reason: str | None
    calendar: str
    excused: Excuse | None = None  # not counted as late, for this reason
    limit: str | None = None  # as it was promised: "24 小时"; None where nothing is promised


@dataclass(frozen=True, kw_only=True)
class OwnerView:
    """The first-inquiry owner 首问责任人, as a customer may know them."""

    job_number: str
    phone: str
    role: str
    sample: bool


@dataclass(frozen=True, kw_only=True)
class Receipt:
    ticket_number: str
    status: TicketStatus
    ticket_type: TicketType
    subject: str
    accepted_at: AwareDatetime
    promises: tuple[PromiseView, ...]
    owner: OwnerView
    already_filed: bool  # this matter id was filed before: a repetition, nothing was written
    already_open: bool  # another open ticket covers it: that one is told here, and was urged
    reported_to: str | None  # R2.6: job number of the leader an urgent matter was reported to at once
    reopened: bool = False  # R5.6: it had been thought settled, and this report showed that it is not
    grade: Grade = Grade.GENERAL


@dataclass(frozen=True, kw_only=True)
class TicketView:
    number: str
    status: TicketStatus
    ticket_type: TicketType
    subject: str
    accepted_at: AwareDatetime
    promises: tuple[PromiseView, ...]
    owner: OwnerView
    overdue: bool  # open, and a promise's due time is past
    urges: int  # how often it was urged 催办
    description: str = ""
    service: Service | None = None
    wished: str | None = None  # the customer's wish for a time, in their words
    wished_at: AwareDatetime | None = None  # the moment they mean, where one could be computed
    awaits_materials: bool = False  # the customer must hand in papers; the clock has not started (R1.13)
    reopened: bool = False  # by the answer that this is the reply to (R5.6)
    postponed: bool = False  # by the wish that this is the reply to (R1.17)


Shape = TypeVar("Shape")
_SHAPES: Final[dict[type, TypeAdapter[Any]]] = {}  # each made once, when it is first wanted
RECEIPT: Final = TypeAdapter(Receipt)
TICKET_VIEW: Final = TypeAdapter(TicketView)
TICKET_VIEWS: Final = TypeAdapter(tuple[TicketView, ...])


def _shape_of(message: type) -> TypeAdapter[Any]:
    if message not in _SHAPES:
        _SHAPES[message] = TypeAdapter(message)
    return _SHAPES[message]


def receipt_to_dict(receipt: Receipt) -> dict[str, Any]:
    shape: dict[str, Any] = RECEIPT.dump_python(receipt, mode="json")
    return shape


def ticket_view_to_dict(view: TicketView) -> dict[str, Any]:
    shape: dict[str, Any] = TICKET_VIEW.dump_python(view, mode="json")
    return shape


def shaped(adapter: TypeAdapter[Shape], text: str | bytes) -> Shape:
    """Raises ShapeInvalid."""
    try:
        return adapter.validate_json(text)
    except ValidationError as wrong:
        problems = _problems(wrong)
    raise ShapeInvalid(problems)  # outside the handler: the cause would show what was sent


def shaped_value(adapter: TypeAdapter[Shape], value: object) -> Shape:
    """The same for JSON that is parsed already. Raises ShapeInvalid."""
    try:
        return adapter.validate_python(value)
    except ValidationError as wrong:
        problems = _problems(wrong)
    raise ShapeInvalid(problems)


def _problems(wrong: ValidationError) -> tuple[str, ...]:
    details = wrong.errors(include_url=False, include_context=False, include_input=False)
    return tuple(f"{'.'.join(map(str, detail['loc'])) or 'body'}: {detail['msg']}" for detail in details)
