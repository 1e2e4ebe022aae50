"""What a return visit asks 回访用语: who we are, what it is about, whether it is solved, and how to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backend.domain.charter import Charter, Operator
from backend.domain.ticket import Ticket
from backend.domain.visit import Conduct
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


CONDUCT: Final[Mapping[Conduct, str]] = {
    Conduct.ON_TIME: "上门的人按约定时间到了吗？",
    Conduct.SHOWED_ID: "他主动出示工作证了吗？",
    Conduct.POLITE: "他说话客气吗？",
    Conduct.LEFT_CLEAN: "走的时候现场收拾干净了吗？",
}
MARK: Final = "这次服务您打几分？1 分是很不满意，5 分是非常满意。"
AT_HOME: Final = frozenset({TicketType.FAULT, TicketType.ORDER})  # somebody came
HOME_SERVICE: Final = "R9.2"


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a member of staff says on the phone, in its order. `promised`: what the charter says of who comes; `conduct`
    empty: nobody came."""

    opening: str
    question: str
    promised: str | None
    conduct: Mapping[Conduct, str]
    mark: str
    farewell: str


def script(ticket: Ticket, *, by: str, charter: Charter) -> Script:
    """`by`: the job number of who calls."""
    came = ticket.ticket_type in AT_HOME
    pledges = (pledge.text for pledge in charter.pledges if pledge.rule == HOME_SERVICE)
    return Script(
        opening=(
            f"您好，这里是{charter.operator.short_name}客服，我是工号 {by}，给您做个回访。"
            f"您{_what(ticket)}，{_settled(ticket)}。"
        ),
        question=_question(ticket),
        promised=next(pledges, charter.wording.visit) if came else None,
        conduct=CONDUCT if came else {},
        mark=MARK,
        farewell=charter.wording.farewell,
    )


def asked(ticket: Ticket, *, operator: Operator) -> Asked:
    number, question, settled, what = (
        ticket_number(ticket.number),
        _question(ticket),
        _settled(ticket),
        _what(ticket),
    )
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


def _what(ticket: Ticket) -> str:
    accepted = local(ticket.accepted_at)
    return f"{accepted.month}月{accepted.day}日{DONE[ticket.ticket_type]}"


def _settled(ticket: Ticket) -> str:
    return f"已于 {moment(ticket.resolved_at)} 处理完" if ticket.resolved_at else "已经处理完"


def _question(ticket: Ticket) -> str:
    return "现在正常了吗？" if ticket.ticket_type is TicketType.FAULT else "给您办好了吗？"
