"""The number and the promise by SMS 短信 to who filed on the telephone: what was heard once can be read again."""

from datetime import datetime

from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Channel
from backend.domain.written import moment, takes_sms, ticket_number
from backend.ports import Filed, Tickets
from backend.work.outgoing import to_contact


def send_number(filed: Filed, *, tickets: Tickets, now: datetime) -> None:
    """In the transaction of the filing; a landline has heard it and gets nothing. It is an answer: no quiet hours."""
    ticket = filed.ticket
    if ticket.channel is Channel.HOTLINE and takes_sms(ticket.contact_phone):
        key = f"filed:{ticket.number}"
        tickets.outbox.add(to_contact(ticket, _text(filed), key=key, at=now))


def _text(filed: Filed) -> str:
    ticket, mark = filed.ticket, "（示例）" if filed.owner_sample else ""
    return (
        f"您好，您来电反映的事已登记，工单号 {ticket_number(ticket.number)}{_by_when(ticket)}。"
        f"首问责任人工号 {ticket.owner}，电话 {filed.owner_phone}{mark}。"
    )


def _by_when(ticket: Ticket) -> str:
    made = ticket.main_promise
    if made is None:
        return ""
    return f"，承诺最迟 {moment(made.due)} 前" if made.due else f"，{made.reason}"
