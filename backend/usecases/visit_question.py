"""What a return visit asks 回访用语: who we are, what it is about, whether it is solved, and how to answer."""

from typing import Final

from backend.domain.charter import Operator
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import TicketType
from backend.domain.working_time import local
from backend.domain.written import moment, ticket_number
from backend.work.outgoing import Asked

DONE: Final = {
    TicketType.FAULT: "报修的故障",
    TicketType.COMPLAINT: "反映的问题",
    TicketType.ORDER: "办理的业务",
    TicketType.QUESTION: "咨询的事",
}


def asked(ticket: Ticket, *, operator: Operator) -> Asked:
    number, question = ticket_number(ticket.number), _question(ticket)
    settled = f"已于 {moment(ticket.resolved_at)} 处理完" if ticket.resolved_at else "已经处理完"
    accepted = local(ticket.accepted_at)
    what = f"{accepted.month}月{accepted.day}日{DONE[ticket.ticket_type]}"
    return Asked(
        written=(
            f"您好，工单 {number} {settled}。{question}回复“正常了”就办结，还有问题请回复“还没修好”，我们马上接着办。"
        ),
        spoken=f"您好，这里是{operator.short_name}客服，给您做个回访。您{what}，{settled}。{question}",
        by_sms=(
            f"【{operator.short_name}】您{what}（工单 {number}）{settled}。{question}"
            f"还有问题请拨 {operator.hotline} 报这个工单号，我们马上接着办；没有问题不用回复。"
        ),
    )


def _question(ticket: Ticket) -> str:
    return "现在正常了吗？" if ticket.ticket_type is TicketType.FAULT else "给您办好了吗？"
