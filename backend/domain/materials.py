"""一次性告知 (R2.4): what is missing is told at one time, all of it. No clock that runs is stopped by it (R1.21)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from backend.domain.errors import MaterialsToldAlready, NothingMissing
from backend.domain.ticket import OPEN, Ticket
from backend.domain.vocabulary import TicketStatus


def found_missing(
    ticket: Ticket, *, missing: Sequence[str], told_before: Collection[str] | None, by: str, at: datetime
) -> Ticket:
    """`told_before`: what was named at the first check, and nothing else may be asked for; None: this is the first."""
    ticket.only_from(OPEN, verb="登记缺少的材料")
    if not missing:
        raise NothingMissing
    if told_before is not None and (more := [paper for paper in missing if paper not in told_before]):
        raise MaterialsToldAlready(more="、".join(more))
    return ticket.become(TicketStatus.PENDING, by=by, at=at, reason=f"待补材料：{'、'.join(missing)}")
