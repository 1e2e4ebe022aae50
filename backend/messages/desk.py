"""What the desk asks and is shown, as JSON. Phones and addresses are masked; `Contact` shows them, on demand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from backend.domain.board import View
from backend.domain.staff_acts import Verb
from backend.domain.vocabulary import (
    AccountStatus,
    Channel,
    Excuse,
    Grade,
    PromiseKind,
    Service,
    TicketStatus,
    TicketType,
)
from backend.messages.reports import Key, Phone


@dataclass(frozen=True, kw_only=True)
class BoardAsked:
    """`by`: the job number of who looks; `area`: a key."""

    by: Key
    view: View
    ticket_type: TicketType | None = None
    area: Key | None = None
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A member of staff looks at a ticket."""

    by: Key
    ticket_number: Key


@dataclass(frozen=True, kw_only=True)
class DueView:
    kind: PromiseKind
    label: str
    due: AwareDatetime


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """`next`: what is to be kept next; None: nothing that has a due time."""

    number: str
    ticket_type: TicketType
    type_label: str
    subject: str
    subject_label: str
    status: TicketStatus
    status_label: str
    grade: Grade
    service: Service | None
    area: str | None
    area_name: str | None
    accepted_at: AwareDatetime
    next: DueView | None
    overdue: bool
    owner: str
    handler: str
    urges: int
    wished: str | None
    description: str
    phone: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class BoardView:
    rows: tuple[BoardRow, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class PromiseInFull:
    """`due` None: nothing is promised, or the clock waits; `reason` says why. `breached`: of an earlier round."""

    kind: PromiseKind
    label: str
    limit: str | None
    rule: str | None
    source: str | None
    remark: str | None
    started_at: AwareDatetime
    due: AwareDatetime | None
    told_due: AwareDatetime | None
    kept_at: AwareDatetime | None
    late: bool
    excused: Excuse | None
    provisional: bool
    reason: str | None
    breached: bool


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """`who`: `by` as people read it."""

    at: AwareDatetime
    by: str
    who: str
    event: str
    label: str
    status: TicketStatus
    reason: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class OrderView:
    """派单 to the repair staff."""

    staff: str
    sent_at: AwareDatetime
    received_at: AwareDatetime | None
    contacted_at: AwareDatetime | None
    visit_at: AwareDatetime | None


@dataclass(frozen=True, kw_only=True)
class VisitView:
    attempt: int
    at: AwareDatetime
    by: str
    outcome: str
    satisfaction: int | None
    conduct: dict[str, bool] | None
    remark: str | None


@dataclass(frozen=True, kw_only=True)
class ExtensionView:
    """What is asked and not yet decided."""

    told: AwareDatetime
    wished_due: AwareDatetime
    reason: str
    words: str | None
    asked_by: str
    asked_at: AwareDatetime


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What this member may do now."""

    verb: Verb
    label: str
    needs_reason: bool


@dataclass(frozen=True, kw_only=True)
class TicketInFull:
    """`row`: as the board has it. `visits`: of this round, `visit_tries`: as often as the charter says."""

    row: BoardRow
    owner_role: str
    owner_phone: str
    owner_chosen_by: str
    handler_role: str | None
    area_manager: str | None
    reported_to: str | None
    channel: Channel
    conversation: str
    attachments: tuple[str, ...]
    status_reason: str | None
    outcome: str | None
    requested_at: AwareDatetime | None
    times_reopened: int
    awaits_materials: bool
    papers: tuple[str, ...]
    needs_return_visit: bool
    visit_tries: int | None
    promises: tuple[PromiseInFull, ...]
    orders: tuple[OrderView, ...]
    visits: tuple[VisitView, ...]
    extension: ExtensionView | None
    history: tuple[EntryView, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The customer's data as they are. `phone`: E.164, empty where they were erased."""

    phone: str
    address: str | None
    description: str
    wished: str | None


KnownBy = Literal["bound", "channel", "ticket"]


@dataclass(frozen=True, kw_only=True)
class CustomerAsked:
    """`phone`: as the channel knows it, E.164."""

    by: Key
    conversation: Key
    phone: Phone | None = None


@dataclass(frozen=True, kw_only=True)
class AccountInPanel:
    """`known_by`: how the phone is known by which it was found: bound by a code, of the channel, left in a ticket –
    the last may be somebody else's. Amounts in yuan; `number`: its last four signs."""

    known_by: KnownBy
    number: str
    status: AccountStatus
    status_label: str
    services: tuple[Service, ...]
    balance: Decimal
    arrears: Decimal
    paid_until: date | None
    package: str | None
    address: str | None
    area_name: str | None
    important: bool
    sample: bool


@dataclass(frozen=True, kw_only=True)
class AreaInPanel:
    area: str
    name: str
    open_for_installation: bool
    manager: str
    manager_title: str | None
    manager_phone: str | None
    sample: bool


@dataclass(frozen=True, kw_only=True)
class CustomerInPanel:
    """`accounts` None: the operator's customer system is away. `tickets`: of the conversation, and unfinished ones of
    the same phones; the latest first, and `more_tickets` than are told."""

    accounts: tuple[AccountInPanel, ...] | None
    area: AreaInPanel | None
    tickets: tuple[BoardRow, ...]
    more_tickets: bool


BOARD_ASKED: Final = TypeAdapter(BoardAsked)
BOARD_VIEW: Final = TypeAdapter(BoardView)
LOOKING: Final = TypeAdapter(Looking)
TICKET_IN_FULL: Final = TypeAdapter(TicketInFull)
CONTACT: Final = TypeAdapter(Contact)
CUSTOMER_ASKED: Final = TypeAdapter(CustomerAsked)
CUSTOMER_IN_PANEL: Final = TypeAdapter(CustomerInPanel)
