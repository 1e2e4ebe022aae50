"""What 张先生 wishes for a ticket, where and when."""

from datetime import UTC, datetime

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.messages.reports import Wish

HERE, ELSEWHERE = "conversation-of-zhang", "conversation-of-a-stranger"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


def wished(receipt, kind=Wish, **changes):
    said = {
        "ticket_number": receipt.ticket_number,
        "conversation": HERE,
        "request_id": "message-1",
        "said_at": MONDAY,
        "text": "麻烦了",
    }
    return kind(**(said | changes))


def history(store, receipt):
    return queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]
