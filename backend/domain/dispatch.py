"""Dispatch 派单 (R1.7, R1.8): the order to the repair staff on duty; its receipt and the call are events."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.promise import Promise
from backend.domain.ticket import OPEN, Ticket, TicketNumber


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """One order. `turn` counts those of a ticket from 1; `receipt_token` confirms the receipt, whoever brings it."""

    number: TicketNumber
    turn: int
    staff: str  # job number
    receipt_token: str
    sent_at: datetime
    received_at: datetime | None = None
    contacted_at: datetime | None = None
    visit_at: datetime | None = None  # agreed with the customer

    def receive(self, *, at: datetime) -> "Dispatch":
        """接单: the first time counts."""
        return replace(self, received_at=self.received_at or at)

    def contact(self, *, at: datetime, visit_at: datetime | None) -> "Dispatch":
        """联系到客户, which who has not confirmed the receipt has done with it; `visit_at`: the time agreed."""
        return replace(self.receive(at=at), contacted_at=self.contacted_at or at, visit_at=visit_at or self.visit_at)


def dispatched(ticket: Ticket, *, to: str, by: str, at: datetime) -> Ticket:
    """派单: who repairs it handles it; the owner stays (R2.10)."""
    ticket.only_from(OPEN, verb="派单")
    return replace(ticket.noted(by=by, at=at), handler=to, dispatched_at=ticket.dispatched_at or at)


def received(ticket: Ticket, *, by: str, at: datetime, promises: tuple[Promise, ...]) -> Ticket:
    """接单. `promises`: what starts with the receipt (R1.8); a second receipt starts nothing anew."""
    ticket.only_from(OPEN, verb="接单")
    return replace(ticket.noted(by=by, at=at), promises=ticket.never_later(promises))


def contacted(ticket: Ticket, *, by: str, at: datetime) -> Ticket:
    """联系到客户: the first time counts."""
    ticket.only_from(OPEN, verb="登记联系结果")
    return replace(ticket.noted(by=by, at=at), contacted_at=ticket.contacted_at or at)
