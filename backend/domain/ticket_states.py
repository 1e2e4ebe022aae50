"""The states of a ticket as they are said, which of them are open, and the act that leads from one to another."""

from dataclasses import dataclass
from datetime import datetime

from backend.domain.vocabulary import TicketStatus

STATUS_LABELS = {
    TicketStatus.ACKNOWLEDGED: "已受理",
    TicketStatus.IN_PROGRESS: "处理中",
    TicketStatus.PENDING: "待客户配合",
    TicketStatus.HELD: "处理受阻",
    TicketStatus.RESOLVED: "已处理，待回访",
    TicketStatus.CLOSED: "已办结",
    TicketStatus.CANCELLED: "已撤销",
    TicketStatus.REJECTED: "不予受理",
}
UNVISITED_LABEL = "已处理，待办结"  # where no return visit 回访 is to follow
OPEN = frozenset({TicketStatus.ACKNOWLEDGED, TicketStatus.IN_PROGRESS, TicketStatus.PENDING, TicketStatus.HELD})


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who moved the ticket last, when and why: what the use case writes into the audit."""

    by: str
    at: datetime
    reason: str | None
