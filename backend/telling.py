"""What the backend tells a customer by itself, in the conversation that the ticket was filed in."""

from datetime import datetime

from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Channel
from backend.domain.working_time import local
from backend.ports import Medium, Message, Tickets


def tell(ticket: Ticket, *, about: str, text: str, tickets: Tickets, now: datetime) -> None:
    """Written with the change it tells of. A partner's customer is told by the partner."""
    if ticket.channel is Channel.PARTNER:
        return
    message = Message(
        key=f"{ticket.number}:{about}:{now.isoformat()}",
        medium=Medium.CONVERSATION,
        recipient=ticket.conversation,
        subject=str(ticket.number),
        body={"text": text},
        not_before=now,
    )
    tickets.outbox.add(message)


def spoken(at: datetime) -> str:
    """11月23日（周一）07:00."""
    here = local(at)
    return f"{here.month}月{here.day}日（周{'一二三四五六日'[here.weekday()]}）{here:%H:%M}"
