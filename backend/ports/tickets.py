"""Tickets with their audit, inside one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import District, TicketStatus, TicketType
from backend.ports.agenda import Agenda
from backend.ports.binding import BoundPhones, Codes
from backend.ports.board import Board
from backend.ports.capacity import CapacityNotes
from backend.ports.cases import Cases
from backend.ports.clock import Declarations, Extensions
from backend.ports.customers import AccountAttempts
from backend.ports.dispatches import Dispatches
from backend.ports.faults import Faults
from backend.ports.hall import DutyNotes, Opinions
from backend.ports.handovers import Handovers
from backend.ports.incidents import Incidents
from backend.ports.key_visits import KeyVisits
from backend.ports.ledger import Ledger
from backend.ports.listeners import Listeners
from backend.ports.outages import Outages
from backend.ports.outbox import Outbox
from backend.ports.tallies import Tallies
from backend.ports.visits import Visits


class Event(StrEnum):
    """What the audit records of a ticket."""

    FILED = "filed"
    URGED = "urged"  # 催办
    STATUS_CHANGED = "statusChanged"
    PROMISE_SETTLED = "promiseSettled"  # a provisional promise became firm
    PROMISE_BROUGHT_FORWARD = "promiseBroughtForward"  # R1.20: the customer had been told an earlier time
    REPORTED_TO_LEADER = "reportedToLeader"  # R2.6
    APPOINTMENT_CHANGED = "appointmentChanged"  # 改约: the customer's own wish (R1.21)
    DISPATCHED = "dispatched"  # 派单 (R1.7)
    RECEIVED = "received"  # 接单 (R1.8)
    CONTACTED = "contacted"  # 联系到客户 (R1.8)
    CONTACT_TRIED = "contactTried"  # 没有联系到 (R1.15)
    HANDLER_WARNED = "handlerWarned"  # 临期提醒
    OVERDUE_REPORTED = "overdueReported"  # R1.19
    HUNG_UNDER_INCIDENT = "hungUnderIncident"  # 并入片区故障
    RESPONDED = "responded"  # 应答 (R1.6)
    TRANSFERRED = "transferred"  # 转派 (R2.10)
    EXTENSION_ASKED = "extensionAsked"  # 申请延期 (R1.17)
    EXTENSION_REFUSED = "extensionRefused"  # 延期未批准
    EXTENDED = "extended"  # 延期 (R1.17)
    EXCUSED = "excused"  # 视为按期办结, 不可抗力 (R1.15, R1.18)
    REGRADED = "regraded"  # 调整等级 (R1.20)
    OWNER_CHANGED = "ownerChanged"  # 变更首问责任人 (R2.10)
    REFERRED = "referred"  # 引导 (R2.3)
    ERASED = "erased"  # the customer's words and data, at their wish
    VISIT_DRAWN = "visitDrawn"  # 抽取回访 (R5.1)
    VISIT_ATTEMPTED = "visitAttempted"  # the question went out
    RETURN_VISIT = "returnVisit"  # 回访: what the customer answered (R5.7)
    ANNOTATION_ASKED = "annotationAsked"  # 请批阅 (R1.5)
    ANNOTATED = "annotated"  # 批阅 (R1.5)
    INVESTIGATOR_NAMED = "investigatorNamed"  # 指定专人 (R1.5)
    COMPLAINT_UPHELD = "complaintUpheld"  # 投诉属实: the company is at fault (R2.12)
    COMPLAINT_NOT_UPHELD = "complaintNotUpheld"
    OUTCOME_FOLLOWED_UP = "outcomeFollowedUp"  # 追踪落实结果 (R5.4)
    STEP_ENTERED = "stepEntered"  # 大客户业务的工序 (R7.4)
    STOPPING_POINT = "stoppingPoint"  # 告一段落 (R2.9)
    REMARKED = "remarked"  # a note that another system added


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A ticket with the circumstances of its filing, as they were told: none of it is looked up again later."""

    ticket: Ticket
    filed_at: datetime
    district: District | None
    agent: str | None
    owner_phone: str
    owner_role: str
    owner_sample: bool
    owner_chosen_by: str
    area_manager: str | None
    charter_operator: str
    charter_version: str
    charter_digest: str
    reported_severity: str | None = None
    matter_ids: tuple[str, ...] = ()  # of the ticket and of those joined to it, oldest first; filled by the store
    told_due: tuple[datetime | None, ...] = ()  # beside ticket.promises; filled by the store


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the audit."""

    number: TicketNumber
    at: datetime
    by: str
    event: Event
    status: TicketStatus
    reason: str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)  # the public interface shows it

    @property
    def is_answer(self) -> bool:
        """The customer was answered or reached, or the matter was settled (R4.3)."""
        return self.event in {Event.RESPONDED, Event.CONTACTED} or self.status is TicketStatus.RESOLVED


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one transaction did to a ticket. `before` None: it was filed."""

    before: Filed | None
    after: Filed
    entries: tuple[Entry, ...]


Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte"]


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """`attributes` are the store's SEARCHABLE, alternatives like the values; for an order (gt …) one value. `ne` is
    the opposite of `eq`: none of them has any of the values."""

    attributes: tuple[str, ...]
    operator: Operator
    values: tuple[str | datetime, ...]


@dataclass(frozen=True, kw_only=True)
class Order:
    """`attribute` is one of the store's SEARCHABLE; what has none comes last."""

    attribute: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    filed: tuple[Filed, ...]
    history: Mapping[TicketNumber, Sequence[Entry]]
    total: int


class Tickets(Protocol):
    """The tickets, inside one transaction, and what is written together with them."""

    @property
    def account_attempts(self) -> AccountAttempts: ...

    @property
    def board(self) -> Board: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def codes(self) -> Codes: ...

    @property
    def bound_phones(self) -> BoundPhones: ...

    @property
    def dispatches(self) -> Dispatches: ...

    @property
    def faults(self) -> Faults: ...

    @property
    def handovers(self) -> Handovers: ...

    @property
    def incidents(self) -> Incidents: ...

    @property
    def outages(self) -> Outages: ...

    @property
    def agenda(self) -> Agenda: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def extensions(self) -> Extensions: ...

    @property
    def capacity_notes(self) -> CapacityNotes: ...

    @property
    def declarations(self) -> Declarations: ...

    @property
    def visits(self) -> Visits: ...

    @property
    def key_visits(self) -> KeyVisits: ...

    @property
    def listeners(self) -> Listeners: ...

    @property
    def duty_notes(self) -> DutyNotes: ...

    @property
    def opinions(self) -> Opinions: ...

    @property
    def tallies(self) -> Tallies: ...

    def take_number(self, *, day: date) -> int:
        """The next running number of the day; never given twice. From here to the end of the transaction nobody else
        files a matter of this day."""

    def give_number_back(self, *, day: date) -> None:
        """Nothing new was filed: the number just taken is the next one's."""

    def of_report(
        self, *, matter_id: str, contact_phone: str, ticket_type: TicketType, subject: str
    ) -> Sequence[Filed]:
        """The ticket that the matter has already, and the customer's unfinished ones of this type and subject: open,
        or settled and not yet closed; latest acceptance first."""

    def get(self, *, number: TicketNumber) -> Filed | None: ...

    def of_conversation(self, *, conversation: str, phones: Collection[str]) -> Sequence[Filed]:
        """Filed or proven there, and the unfinished ones of these contact phones; latest acceptance first."""

    def open_in_area(self, *, area: str) -> Sequence[Filed]:
        """The earliest acceptance first."""

    def times_brought(self, *, contact_phone: str, ticket_type: TicketType) -> Mapping[str, int]:
        """By subject, how often the customer has brought it: tickets and the reports joined to them, also of finished
        ones, but not of those withdrawn or not accepted."""

    def open_matters(self) -> Mapping[str, int]:
        """Open tickets by the job number of their owner."""

    def add(self, filed: Filed) -> None: ...

    def join_matter(self, *, matter_id: str, number: TicketNumber, at: datetime) -> None:
        """The matter id names this ticket from now on."""

    def save(self, ticket: Ticket) -> None: ...

    def save_owner(self, changed: Filed) -> None:
        """As `save`, and who the owner is, with phone and role."""

    def erase(self, erased: Ticket) -> None:
        """The words are gone from the ticket, its audit, its ledger and its messages; `erased`: the ticket without."""

    def record(self, entry: Entry) -> None: ...

    def history(self, *, numbers: Sequence[TicketNumber]) -> Mapping[TicketNumber, Sequence[Entry]]:
        """Oldest first."""

    def urges(self, *, number: TicketNumber) -> int: ...

    def with_provisional_promises(self) -> Sequence[Filed]: ...

    def promised_in(self, *, area: str, clauses: Collection[str], since: datetime, until: datetime) -> Sequence[Filed]:
        """Tickets there with a promise of this round under one of the clauses that ran in that span."""

    def search(self, *, criteria: Sequence[Criterion], order: Sequence[Order], offset: int, limit: int) -> Page: ...

    def failed_attempts_of_conversation(self, *, conversation: str, since: datetime) -> int: ...

    def failed_attempts_at_ticket(self, *, number: str, since: datetime) -> int: ...

    def has_proven(self, *, number: TicketNumber, conversation: str) -> bool: ...

    def record_proven(self, *, number: TicketNumber, conversation: str, at: datetime) -> None:
        """Once is enough: again changes nothing."""

    def record_failed_attempt(self, *, number: str, conversation: str, at: datetime) -> None: ...
