"""追踪落实结果 (R5.4): when the outcome of a matter that is not closed is followed up, once a round."""

from datetime import datetime
from typing import Final

from backend.domain.charter import Charter
from backend.domain.clause import Clause, ClockStart
from backend.domain.ticket import OPEN, Ticket
from backend.domain.vocabulary import PromiseKind, TicketStatus

NOT_CLOSED: Final = OPEN | {TicketStatus.RESOLVED}
STARTS: Final = frozenset({ClockStart.CALL, ClockStart.DISPATCH})  # from the repair on it is the return visit (R5.1)


def outcome_clause(charter: Charter, ticket: Ticket) -> Clause | None:
    """The commitment to follow up such a ticket, if the charter has one."""
    for clause in charter.commitments:
        about = clause.concerns(matter=ticket.ticket_type, subject=ticket.subject, starts=clause.starts)
        if clause.kind is PromiseKind.FOLLOW_UP and clause.starts in STARTS and about:
            return clause
    return None


def follow_up_at(charter: Charter, ticket: Ticket) -> datetime | None:
    """Ahead of the end of the span, where the charter says when a limit is near: at the end it would be too late. What
    falls into the night is done the evening before: the morning after may be past the span."""
    clause = outcome_clause(charter, ticket)
    if clause is None or clause.limit.elapsed is None or ticket.status not in NOT_CLOSED:
        return None
    start = ticket.dispatched_at if clause.starts is ClockStart.DISPATCH else called_at(ticket)
    if start is None:
        return None
    end = start + clause.limit.elapsed
    near = charter.watch.warn_at(started_at=start, due=end) if charter.watch else end
    by_day = charter.operator.quiet_hours.before(near)
    return by_day if by_day > start else near


def called_at(ticket: Ticket) -> datetime:
    """来电: of a reopened ticket, when it was said that the matter is not settled."""
    if ticket.times_reopened == 0:
        return ticket.accepted_at
    return min((told.started_at for told in ticket.promises), default=ticket.accepted_at)
