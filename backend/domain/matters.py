"""What the matters of tickets are called in Chinese: of a type, and of a subject within it."""

from collections.abc import Mapping
from typing import Final

from backend.domain.vocabulary import ComplaintKind, FaultKind, OrderKind, QuestionKind, TicketType

TYPE_LABELS: Final[Mapping[TicketType, str]] = {
    TicketType.FAULT: "报障",
    TicketType.COMPLAINT: "投诉",
    TicketType.ORDER: "业务办理",
    TicketType.QUESTION: "待答复",
}
_SUBJECT_LABELS: Final[Mapping[str, str]] = {
    FaultKind.NO_SIGNAL: "无信号",
    FaultKind.PICTURE: "画面或声音不正常",
    FaultKind.STB: "机顶盒或智能卡",
    FaultKind.REMOTE: "遥控器",
    FaultKind.BROADBAND_DOWN: "断网",
    FaultKind.BROADBAND_SLOW: "网速慢或不稳",
    FaultKind.VOD: "点播回看",
    FaultKind.AREA: "整栋或整片",
    FaultKind.TELEPHONE: "电话故障",
    FaultKind.DANGER: "险情",
    OrderKind.INSTALL: "安装开通",
    OrderKind.RELOCATE: "移机",
    OrderKind.SUSPEND: "报停",
    OrderKind.RESUME: "业务恢复",
    OrderKind.TRANSFER: "过户",
    ComplaintKind.ATTITUDE: "服务态度",
    ComplaintKind.OVERDUE: "逾期或失约",
    ComplaintKind.FEE: "收费",
    ComplaintKind.REPEAT_FAULT: "反复故障",
    ComplaintKind.OTHER: "其他",
    QuestionKind.CALLBACK: "人工回电",
    QuestionKind.ANSWER: "核实后答复",
    QuestionKind.INTEREST: "有意安装",
}


def matter_label(*, ticket_type: TicketType, subject: str) -> str:
    """报障·无信号; a subject that another system named is shown as it named it."""
    return f"{TYPE_LABELS[ticket_type]}·{_SUBJECT_LABELS.get(subject, subject)}"
