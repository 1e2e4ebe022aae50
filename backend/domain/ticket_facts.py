"""What is known of a ticket 工单: its facts as filed and as they stand, what they say about its promises, and the
steps that the verbs are made of."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from backend.domain.errors import ReasonMissing, TransitionNotAllowed
from backend.domain.promise import Promise, keep_earlier
from backend.domain.ticket_number import TicketNumber
from backend.domain.ticket_states import OPEN, STATUS_LABELS, UNVISITED_LABEL, Act
from backend.domain.vocabulary import Channel, Grade, PromiseKind, Service, TicketStatus, TicketType
from backend.domain.working_time import local


@dataclass(frozen=True, kw_only=True)
class TicketFacts:
    """Datetimes are aware (stored in UTC); `owner` and `handler` are job numbers."""

    number: TicketNumber
    matter_id: str
    ticket_type: TicketType
    subject: str
    grade: Grade
    service: Service | None
    description: str
    address: str | None
    area: str | None
    contact_phone: str
    channel: Channel
    conversation: str
    accepted_at: datetime
    requested_at: datetime | None
    requested_text: str | None
    owner: str  # 首问责任人: set once, at filing (R2.10)
    handler: str  # 经办人
    promises: tuple[Promise, ...]
    needs_return_visit: bool
    status: TicketStatus
    status_reason: str | None
    status_changed_at: datetime
    status_changed_by: str
    outcome: str | None = None
    dispatched_at: datetime | None = None
    contacted_at: datetime | None = None
    responded_at: datetime | None = None
    resolved_at: datetime | None = None
    visited_at: datetime | None = None
    closed_at: datetime | None = None
    times_reopened: int = 0
    reported_to: str | None = None  # R2.6: the leader an urgent matter was reported to, of this round
    breached: tuple[Promise, ...] = ()  # R5.6: the old breach stays on record
    attachments: tuple[str, ...] = ()  # ids of the customer's photos, in the order in which they came
    last_act: Act | None = field(default=None, compare=False)  # of this verb only; not part of what is stored

    @classmethod
    def accept(
        cls,
        *,
        number: TicketNumber,
        matter_id: str,
        ticket_type: TicketType,
        subject: str,
        description: str,
        contact_phone: str,
        channel: Channel,
        conversation: str,
        accepted_at: datetime,
        owner: str,
        promises: tuple[Promise, ...],
        needs_return_visit: bool,
        by: str,
        grade: Grade = Grade.GENERAL,
        service: Service | None = None,
        address: str | None = None,
        area: str | None = None,
        requested_at: datetime | None = None,
        requested_text: str | None = None,
        handler: str | None = None,
        attachments: tuple[str, ...] = (),
    ) -> Self:
        """A new ticket, acknowledged; without a `handler` the owner handles it himself (R2.1)."""
        local(accepted_at)
        if not owner:
            raise ValueError("a ticket has a first-inquiry owner")
        return cls(
            number=number,
            matter_id=matter_id,
            ticket_type=ticket_type,
            subject=subject,
            grade=grade,
            service=service,
            description=description,
            address=address,
            area=area,
            contact_phone=contact_phone,
            channel=channel,
            conversation=conversation,
            accepted_at=accepted_at,
            requested_at=requested_at,
            requested_text=requested_text,
            owner=owner,
            handler=handler or owner,
            promises=promises,
            needs_return_visit=needs_return_visit,
            status=TicketStatus.ACKNOWLEDGED,
            status_reason=None,
            status_changed_at=accepted_at,
            status_changed_by=by,
            attachments=attachments,
        )

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def awaits_materials(self) -> bool:
        waits = self.status is TicketStatus.PENDING or any(told.waits for told in self.promises)
        return self.is_open and self.ticket_type is TicketType.ORDER and waits

    def late_promises(self, *, now: datetime) -> tuple[Promise, ...]:
        """The promises of this round that were kept too late, or are not kept and past `now` – unless excused (R1.15,
        R1.18)."""
        watched = (told for told in self.promises if not told.excused)
        return tuple(told for told in watched if told.due and (self.kept_at(told) or now) > told.due)

    def is_overdue(self, *, now: datetime) -> bool:
        """Open and past a promise that is not kept yet."""
        return self.is_open and any(self.kept_at(told) is None for told in self.late_promises(now=now))

    @property
    def outstanding(self) -> tuple[Promise, ...]:
        """The promises with a due time that are still to be kept."""
        return tuple(told for told in self.promises if told.due and self._is_due(told) and not told.excused)

    def _is_due(self, told: Promise) -> bool:
        """A visit is due once the matter is settled; all else until then."""
        waits = self.status is TicketStatus.RESOLVED if told.kind is PromiseKind.FOLLOW_UP else self.is_open
        return waits and self.kept_at(told) is None

    def kept_at(self, told: Promise) -> datetime | None:
        """When a promise of this round was kept; None: not yet. What is settled has been dispatched and answered."""
        if told.kind is PromiseKind.FOLLOW_UP:
            return self.visited_at
        first = {
            PromiseKind.DISPATCH: self.dispatched_at,
            PromiseKind.CONTACT: self.contacted_at,
            PromiseKind.RESPOND: self.responded_at,
        }
        return first.get(told.kind) or self.resolved_at

    @property
    def status_label(self) -> str:
        if self.status is TicketStatus.RESOLVED and not self.needs_return_visit:
            return UNVISITED_LABEL
        return STATUS_LABELS[self.status]

    @property
    def main_promise(self) -> Promise | None:
        """What settles the matter: its settling; for a question, which has none, the answer."""
        made = {promise.kind: promise for promise in reversed(self.promises)}
        if self.ticket_type is TicketType.QUESTION:
            return made.get(PromiseKind.SETTLE) or made.get(PromiseKind.RESPOND)
        return made.get(PromiseKind.SETTLE)

    def with_promise(self, changed: Promise) -> Self:
        """In the place of the one of its kind, clause and start."""
        same = (changed.kind, changed.clause, changed.started_at)
        return replace(
            self,
            promises=tuple(
                changed if (told.kind, told.clause, told.started_at) == same else told for told in self.promises
            ),
        )

    def never_later(self, promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
        """The promises told, each replaced by the new one of its kind where that is earlier; new kinds are added."""
        by_kind = {new.kind: new for new in promises}
        kept = tuple(
            keep_earlier(told=told, computed=by_kind.pop(told.kind)) if told.kind in by_kind else told
            for told in self.promises
        )
        return kept + tuple(by_kind.values())

    def only_from(self, allowed: frozenset[TicketStatus] | set[TicketStatus], *, verb: str) -> None:
        """Refuses with TransitionNotAllowed."""
        if self.status not in allowed:
            raise TransitionNotAllowed(status=STATUS_LABELS[self.status], verb=verb)

    def noted(self, *, by: str, at: datetime, reason: str | None = None) -> Self:
        """Who did it, when and why. A naive time is a ValueError."""
        local(at)
        return replace(self, last_act=Act(by=by, at=at, reason=reason))

    def become(self, status: TicketStatus, *, by: str, at: datetime, reason: str | None = None) -> Self:
        """Another state."""
        noted = self.noted(by=by, at=at, reason=reason)
        return replace(noted, status=status, status_reason=reason, status_changed_at=at, status_changed_by=by)


def written(text: str, *, verb: str) -> str:
    """Without white space around it. Refuses with ReasonMissing."""
    if not text.strip():
        raise ReasonMissing(verb=verb)
    return text.strip()
