"""引导 (R2.3): what another department settles is led there; the owner stays and sees it settled (R2.1)."""

from dataclasses import dataclass
from datetime import datetime

from backend.domain.errors import DepartmentNotContacted
from backend.domain.handling import Referral
from backend.domain.posted import Department
from backend.domain.ticket import OPEN, Ticket
from backend.domain.ticket_facts import written


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who of the department was reached (job number), and when."""

    who: str
    at: datetime


def refer(
    ticket: Ticket,
    *,
    to: Department,
    rule: Referral | None,
    contact: Contact | None,
    by: str,
    at: datetime,
    reason: str,
) -> Ticket:
    """Where the window contacts first, phone and address are told only after it has. Refuses with
    DepartmentNotContacted, ReasonMissing."""
    ticket.only_from(OPEN, verb="引导")
    if rule is not None and rule.contacted_first and (contact is None or contact.at > at):
        raise DepartmentNotContacted(department=to.name)
    return ticket.noted(by=by, at=at, reason=written(reason, verb="引导"))
