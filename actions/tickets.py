"""工单: the tickets a customer may mean, what each is called, and which of them a sentence points at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions import promises, spoken
from actions.turn import Turn
from backend.client import TicketView
from backend.domain.charter import Charter
from backend.domain.errors import InvalidTicketNumber
from backend.domain.labels import FAULT_LABELS
from backend.domain.ticket import OPEN, STATUS_LABELS
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import FaultKind, QuestionKind, Service, TicketStatus, TicketType

ASKS_FOR_ANSWER = re.compile(r"回[话电复音]|答复|给(?:我|个)?(?:回个|打个?)电话|联系我|给.{0,4}(?:说法|交代)")
_VISIT = re.compile(r"师傅|上门|维修")
_ANSWERED = frozenset({TicketType.COMPLAINT, TicketType.QUESTION})
Known = Mapping[str, Any]  # a ticket as a slot holds it

_QUESTIONS = {QuestionKind.CALLBACK: "人工回电", QuestionKind.ANSWER: "核实后答复", QuestionKind.INTEREST: "有意安装"}
_ORDINALS = "一二三四五六"
_ORDINAL = re.compile(rf"第([{_ORDINALS}1-6])|^([{_ORDINALS}1-6])[张个条号]?[吧。]?$")
_LATEST = re.compile(r"最近|最新|刚才?[报登办]|后面那|最后")
_SERVICES = {
    Service.TV: r"电视|机顶盒|遥控|信号|画面",
    Service.BROADBAND: r"宽带|网",
    Service.VOD: r"点播|回看",
    Service.TELEPHONE: r"电话|座机|固话",
}
_KEEPS = re.compile(r"(?:不|别|先不|甭|莫)要?(?:撤|取消|退)|留着|保留|照常|还是要|继续修|接着修")
_TYPES = {
    TicketType.FAULT: r"报修|故障|修",
    TicketType.COMPLAINT: r"投诉",
    TicketType.QUESTION: r"回电|回复|答复|打电话",
}


def known(view: TicketView, charter: Charter) -> dict[str, Any]:
    return {
        "number": view.number,
        "type": view.ticket_type.value,
        "subject": view.subject,
        "service": view.service.value if view.service else None,
        "status": view.status.value,
        "matter": _matter(view, charter),
        "promise": promises.told(view.promises, of=view.ticket_type),
        "wished": view.wished,
        "awaits_materials": view.awaits_materials,
    }


def standing(view: TicketView) -> dict[str, str]:
    """How far it is, and who answers for it."""
    return {
        "status": STATUS_LABELS[view.status],
        "promise": promises.told(view.promises, of=view.ticket_type),
        "owner": view.owner.job_number,
        "owner_phone": view.owner.phone,
        "mark": spoken.sample_mark(sample=view.owner.sample),
    }


def wished(view: TicketView) -> str | None:
    """明天上午（12月2日周三）: the time the customer wished, whatever day it is told."""
    day = f"（{spoken.weekday(view.wished_at)}）" if view.wished_at else ""
    return f"{view.wished}{day}" if view.wished else None


def facts(ticket: Known) -> dict[str, str]:
    """What responses say of a ticket."""
    return {
        "number": spoken.ticket_number(ticket["number"]),
        "matter": ticket["matter"],
        "status": STATUS_LABELS[TicketStatus(ticket["status"])],
        "promise": ticket["promise"],
    }


def is_open(ticket: Known) -> bool:
    return TicketStatus(ticket["status"]) in OPEN


def is_kept(text: str) -> bool:
    """还是要修, 不撤了: said where a ticket was to be withdrawn."""
    return _KEEPS.search(text) is not None


def number_in(turn: Turn) -> str | None:
    """The ticket number said; None also where a digit of it is wrong."""
    said = turn.entity("ticket_number")
    try:
        return TicketNumber.parse(said).text if said else None
    except InvalidTicketNumber:
        return None


def last_four_in(turn: Turn) -> str | None:
    digits = turn.entity("last_four") or turn.entity("phone") or turn.entity("phone_part") or ""
    return digits[-4:] if len(digits) >= 4 else None


def pointed_at(text: str, offered: Sequence[Known]) -> list[Known]:
    """Those that the words name: by their place in what was offered, else by their matter."""
    if found := _ORDINAL.search(text):
        which = found.group(1) or found.group(2)
        place = int(which) if which.isdigit() else _ORDINALS.index(which) + 1
        return list(offered[place - 1 : place])
    by_matter = [ticket for ticket in offered if _names(text, ticket)]
    return by_matter or list(offered[:1] if _LATEST.search(text) else ())


def asked_about(text: str, views: Sequence[TicketView], charter: Charter) -> TicketView | None:
    """Of the open ones, the latest first, that which the words name; who asks for an answer means one we owe."""
    open_ones = [view for view in views if view.status in OPEN]
    named = pointed_at(text, [known(view, charter) for view in open_ones])
    numbers = {each["number"] for each in named}
    meant = [view for view in open_ones if view.number in numbers]
    if not named and ASKS_FOR_ANSWER.search(text) and not _VISIT.search(text):
        meant = [view for view in open_ones if view.ticket_type in _ANSWERED][:1]
    return meant[0] if len(meant) == 1 else None


def listed(offered: Sequence[Known]) -> list[str]:
    """第一张 有线电视无信号（261121 0042 7）, as on a button."""
    return [
        f"第{_ORDINALS[place]}张 {ticket['matter']}（{spoken.ticket_number(ticket['number'])}）"
        for place, ticket in enumerate(offered)
    ]


def _matter(view: TicketView, charter: Charter) -> str:
    match view.ticket_type:
        case TicketType.FAULT:
            return FAULT_LABELS[FaultKind(view.subject)]
        case TicketType.COMPLAINT:
            return "投诉"
        case TicketType.ORDER:
            process = charter.processes.get(view.subject)
            return process.label if process else "业务办理"
        case TicketType.QUESTION:
            return _QUESTIONS[QuestionKind(view.subject)]


def _names(text: str, ticket: Known) -> bool:
    kind = TicketType(ticket["type"])
    if kind is TicketType.ORDER:
        return ticket["matter"][:2] in text
    if kind is TicketType.FAULT and ticket["service"]:
        named = [service for service, words in _SERVICES.items() if re.search(words, text)]
        return Service(ticket["service"]) in named or (not named and re.search(_TYPES[kind], text) is not None)
    return re.search(_TYPES[kind], text) is not None
