"""Messages to customers and staff, and by what they go out. To be added to the outbox in the transaction of the change.

`at`: when a customer may be written to. Who is answered, at once; what we start of our own accord waits for the end of
the operator's quiet hours (`charter.operator.quiet_hours.after(now)`). Staff are told at once.
"""

from datetime import datetime
from typing import Final

from backend.domain.account import Account
from backend.domain.staff import StaffMember
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Channel
from backend.ports import Medium, Message

CHATS: Final = frozenset({Channel.WEBCHAT, Channel.WECHAT})  # a conversation that the bot can write into


def to_customer(ticket: Ticket, text: str, *, key: str, at: datetime) -> Message:
    """Into the conversation that filed the ticket; an SMS to the contact phone where that was no chat."""
    chat = ticket.channel in CHATS
    return Message(
        key=key,
        medium=Medium.CONVERSATION if chat else Medium.SMS,
        recipient=ticket.conversation if chat else ticket.contact_phone,
        subject=str(ticket.number),
        body={"text": text},
        not_before=at,
    )


def to_staff(member: StaffMember, text: str, *, key: str, now: datetime, about: str | None = None) -> Message:
    """An SMS to the phone of the charter. `about`: the ticket's number, where it is about one."""
    return Message(
        key=key,
        medium=Medium.SMS,
        recipient=member.phone,
        subject=about or member.job_number,
        body={"text": text},
        not_before=now,
    )


def to_account(account: Account, text: str, *, key: str, at: datetime) -> Message:
    """An SMS to the phone on file."""
    return Message(
        key=key,
        medium=Medium.SMS,
        recipient=account.phone,
        subject=f"account-{account.number}",
        body={"text": text},
        not_before=at,
    )
