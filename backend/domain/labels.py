"""What the words of the field are called, the same wherever people read them."""

from collections.abc import Mapping
from typing import Final

from backend.domain.vocabulary import (
    ComplaintKind,
    FaultKind,
    OrderKind,
    QuestionKind,
    TicketType,
)

TYPE_LABELS: Final[Mapping[TicketType, str]] = {
    TicketType.FAULT: "报障",
    TicketType.COMPLAINT: "投诉",
    TicketType.ORDER: "业务办理",
    TicketType.QUESTION: "待答复",
}
FAULT_LABELS: Final[Mapping[FaultKind, str]] = {
    FaultKind.NO_SIGNAL: "有线电视无信号",
    FaultKind.PICTURE: "电视画面或声音不正常",
    FaultKind.STB: "机顶盒或智能卡故障",
    FaultKind.REMOTE: "遥控器失灵",
    FaultKind.BROADBAND_DOWN: "宽带上不了网",
    FaultKind.BROADBAND_SLOW: "宽带网速慢或不稳",
    FaultKind.VOD: "点播回看打不开",
    FaultKind.AREA: "整栋或整片中断",
    FaultKind.TELEPHONE: "电话故障",
    FaultKind.DANGER: "线路险情",
}
COMPLAINT_LABELS: Final[Mapping[ComplaintKind, str]] = {
    ComplaintKind.ATTITUDE: "服务态度",
    ComplaintKind.OVERDUE: "逾期或失约",
    ComplaintKind.FEE: "收费",
    ComplaintKind.REPEAT_FAULT: "反复故障",
    ComplaintKind.OTHER: "其他问题",
}
_SUBJECTS: Final[Mapping[str, str]] = {
    **{str(kind): label for kind, label in FAULT_LABELS.items()},
    **{str(kind): label for kind, label in COMPLAINT_LABELS.items()},
    OrderKind.INSTALL: "安装开通",
    OrderKind.RELOCATE: "移机",
    OrderKind.SUSPEND: "报停",
    OrderKind.RESUME: "业务恢复",
    OrderKind.TRANSFER: "过户",
    QuestionKind.CALLBACK: "人工回电",
    QuestionKind.ANSWER: "核实后答复",
    QuestionKind.INTEREST: "有意安装",
}


def matter_label(*, ticket_type: TicketType, subject: str) -> str:
    """报障·有线电视无信号, as a heading; a subject that another system named stands as it named it."""
    return f"{TYPE_LABELS[ticket_type]}·{_SUBJECTS.get(subject, subject)}"


def subject_label(*, ticket_type: TicketType, subject: str) -> str:
    """What a ticket is about; a subject that is none of our words, by its type."""
    return _SUBJECTS.get(subject, TYPE_LABELS[ticket_type])
