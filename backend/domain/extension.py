"""延期 (R1.17): asked for with a reason before the limit has run out, decided by whom the charter names.

Until it is approved the original limit stands; what has run out can no longer be extended.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from backend.domain.errors import (
    CustomerWishMissing,
    ExtensionNotOffered,
    LimitHasRunOut,
    NobodyToDecide,
    NoLimitToExtend,
    NotTheirsToDecide,
    NotTheirTicket,
    WishedTooEarly,
)
from backend.domain.handling import Extension
from backend.domain.promise import Promise
from backend.domain.staff import Decider, StaffMember
from backend.domain.ticket import OPEN, Ticket, TicketNumber
from backend.domain.ticket_facts import written

_OWN_WISH: Final = "客户自己的要求"


@dataclass(frozen=True, kw_only=True)
class ExtensionRequest:
    """`told`: the due time that stands while nobody has decided. `words`: the customer's, where it is their wish.

    `id` is given by the store; 0 before. `approved` None: nobody has decided.
    """

    id: int = 0
    number: TicketNumber
    told: datetime
    wished_due: datetime
    reason: str
    words: str | None
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved: bool | None = None
    decision: str | None = None

    def decided(self, *, by: str, at: datetime, approved: bool, reason: str) -> "ExtensionRequest":
        return replace(self, decided_by=by, decided_at=at, approved=approved, decision=written(reason, verb="决定延期"))


def ask(
    ticket: Ticket,
    *,
    rule: Extension | None,
    by: str,
    at: datetime,
    wished_due: datetime,
    reason: str,
    words: str = "",
) -> ExtensionRequest:
    """By who handles the ticket or owns it."""
    if rule is None:
        raise ExtensionNotOffered
    if by not in {ticket.handler, ticket.owner}:
        raise NotTheirTicket
    if rule.decided_by is Decider.CUSTOMER_WISH and not words.strip():
        raise CustomerWishMissing
    _, told = standing(ticket, at=at)
    if wished_due <= told:
        raise WishedTooEarly
    return ExtensionRequest(
        number=ticket.number,
        told=told,
        wished_due=wished_due,
        reason=written(reason, verb="申请延期"),
        words=words.strip() or None,
        asked_by=by,
        asked_at=at,
    )


def at_wish(
    ticket: Ticket, *, rule: Extension | None, wished_at: datetime | None, words: str, by: str, at: datetime
) -> ExtensionRequest | None:
    """用户要求延期: where the customer's wish alone decides (R1.17), a wish to be visited after the limit postpones it:
    the clock stands still until then (R1.21). None: the promise stays as it was told."""
    if rule is None or rule.decided_by is not Decider.CUSTOMER_WISH or wished_at is None:
        return None
    try:
        _, told = standing(ticket, at=at)
    except (NoLimitToExtend, LimitHasRunOut):
        return None
    if wished_at <= told:
        return None
    asked = ExtensionRequest(
        number=ticket.number,
        told=told,
        wished_due=wished_at + (told - at),
        reason=_OWN_WISH,
        words=words.strip() or _OWN_WISH,
        asked_by=by,
        asked_at=at,
    )
    return asked.decided(by=by, at=at, approved=True, reason=_OWN_WISH)


def may_decide(rule: Extension | None, *, member: StaffMember) -> None:
    """Refuses with NotTheirsToDecide, and with NobodyToDecide where it hangs on the customer's wish alone."""
    if rule is None:
        raise ExtensionNotOffered
    if rule.decided_by is Decider.CUSTOMER_WISH:
        raise NobodyToDecide
    if not member.may_decide(rule.decided_by):
        raise NotTheirsToDecide(job_number=member.job_number)


def extend(ticket: Ticket, *, to: datetime, by: str, at: datetime, reason: str) -> Ticket:
    """The approved due time stands from now on; what was told first stays on record."""
    made, due = standing(ticket, at=at)
    if to <= due:
        raise WishedTooEarly
    extended = replace(made, due=to.astimezone(UTC), provisional=False, reason="经批准延期")
    return ticket.noted(by=by, at=at, reason=reason).with_promise(extended)


def standing(ticket: Ticket, *, at: datetime) -> tuple[Promise, datetime]:
    """The promise that can be extended, and its due time. Refuses with NoLimitToExtend, LimitHasRunOut."""
    ticket.only_from(OPEN, verb="延期")
    made = ticket.main_promise
    if made is None or made.due is None or ticket.kept_at(made):
        raise NoLimitToExtend
    if at > made.due:
        raise LimitHasRunOut
    return made, made.due
