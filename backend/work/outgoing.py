"""Messages to customers and staff, and by what they go out. To be added to the outbox in the transaction of the change.

`at`: when a customer may be written to. Who is answered, at once; what we start of our own accord waits for the end of
the operator's quiet hours (`charter.operator.quiet_hours.after(now)`), and says so (`by_day`), so that it waits as well
if it could not be handed over in time. Staff are told at once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from backend.domain.account import Account
from backend.domain.staff import StaffMember
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Channel
from backend.domain.written import takes_sms
from backend.ports import Medium, Message

OURS: Final = frozenset({Channel.WEBCHAT, Channel.WECHAT, Channel.HOTLINE})  # their conversations the bot keeps
CHATS: Final = frozenset({Channel.WEBCHAT, Channel.WECHAT})
BY_DAY: Final = "by_day"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question in the words of each way: to be answered in the chat, in the call, by calling us."""

    written: str
    spoken: str
    by_sms: str


def to_customer(ticket: Ticket, text: str, *, key: str, at: datetime, by_day: bool = False) -> Message:
    """Into the conversation that filed the ticket, so that its history shows it, and to the contact phone where nobody
    reads it there (`instead`); to the phone at once where a partner filed it."""
    by_phone = _to_phone(ticket.contact_phone, text, key=key, subject=str(ticket.number), at=at, by_day=by_day)
    if ticket.channel not in OURS:
        return by_phone
    body = {**by_phone.body, "phone": ticket.contact_phone}
    return replace(by_phone, medium=Medium.CONVERSATION, recipient=ticket.conversation, body=body)


def to_contact(ticket: Ticket, text: str, *, key: str, at: datetime) -> Message:
    """To the contact phone only: what was said in the conversation already."""
    return _to_phone(ticket.contact_phone, text, key=key, subject=str(ticket.number), at=at, by_day=False)


def to_visit(ticket: Ticket, asked: Asked, *, call_id: str, at: datetime, last: bool) -> Message:
    """回访: the question in the chat that filed the ticket, and a call where it reaches nobody there; by telephone at
    once where the customer called. `call_id` names message, call and its conversation; `last`: nobody tries again."""
    body = {
        "text": asked.written,
        "call": asked.spoken,
        "sms": asked.by_sms,
        "phone": ticket.contact_phone,
        "visit": str(ticket.number),
        "call_id": call_id,
        "last": last,
        BY_DAY: True,
    }
    question = Message(
        key=call_id,
        medium=Medium.CONVERSATION,
        recipient=ticket.conversation,
        subject=str(ticket.number),
        body=body,
        not_before=at,
    )
    return question if ticket.channel in CHATS else instead(question)


def instead(message: Message) -> Message:
    """What goes out where this one reached nobody: a call where it asks something, else the text to the phone. Its key
    is its own, and as good for once only."""
    body, phone = message.body, str(message.body["phone"])
    if message.medium is Medium.CONVERSATION and "call" in body:
        spoken = {**body, "text": body["call"]}
        return replace(message, key=f"{message.key}:call", medium=Medium.CALL, recipient=phone, body=spoken)
    return _to_phone(
        phone,
        str(body.get("sms", body["text"])),
        key=f"{message.key}:phone",
        subject=message.subject,
        at=message.not_before,
        by_day=is_by_day(message),
    )


def is_last(message: Message) -> bool:
    return bool(message.body.get("last"))


def is_by_day(message: Message) -> bool:
    return bool(message.body.get(BY_DAY))


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


def to_account(account: Account, text: str, *, key: str, at: datetime, by_day: bool = False) -> Message:
    """To the phone on file."""
    return _to_phone(account.phone, text, key=key, subject=f"account-{account.number}", at=at, by_day=by_day)


def _to_phone(phone: str, text: str, *, key: str, subject: str, at: datetime, by_day: bool) -> Message:
    """An SMS; a landline, which takes none, is called and read it."""
    return Message(
        key=key,
        medium=Medium.SMS if takes_sms(phone) else Medium.PHONE,
        recipient=phone,
        subject=subject,
        body={"text": text, BY_DAY: True} if by_day else {"text": text},
        not_before=at,
    )
