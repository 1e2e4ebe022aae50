"""听不准时: plain words by which a sentence that was not understood, or not for certain, still says what it is."""

from __future__ import annotations

import re

from actions.contact import ASKS_COST
from actions.fault_kinds import broken, names_dark_tv
from actions.fee import named_fees
from actions.floor import Floor
from actions.order import KIND_OF_INTENT, process_named
from actions.turn import Turn
from backend.domain.charter import Charter

# 再不修我就打12345, not 12345是哪里.
_THREATENS = re.compile(
    r"(?:再不|再[修弄拖]|不.{1,8}就|信不信|要不然|否则|不然|我[就要去]|这就).{0,12}?"
    r"(?:12345|12315|12300|[幺一]二三[四幺零][五零]|消协|消费者协会|曝光|记者|媒体|工信|信访|抖音)"
)
_SERVICE = re.compile(r"宽带|电视|电话|座机|固话")
_NOBODY_CAME = re.compile(r"(?:报[过了的修]|登记).{0,12}(?:没.{0,3}人|没来|不来|没动静|没消息)")
_PRICED = frozenset({"ask_fee", "ask_concession", "ask_recommend_stb_or_package"})
_DEAR = re.compile(r"贵|便宜[点些]?[吧嘛呗]?|少[点些]|打折|优惠")
_CHEAPER_ONE = re.compile(r"便宜[点些]?的|更便宜|最便宜|实惠")
_AND_THAT = re.compile(r"(?:那么?|还有)?.{1,8}呢[？?。]?")  # 那副机呢
_REPORTED = re.compile(r"报[过修了]|登记|单[子号]|催")


def meant(floor: Floor, charter: Charter) -> str | None:
    """The intent that is taken up instead; None where the words tell nothing either."""
    turn = floor.turn
    if turn.intent == "out_of_scope" and names_dark_tv(turn.text):
        return "report_fault_no_signal"
    if _NOBODY_CAME.search(turn.text):
        return "ticket_urge"
    if turn.before and turn.before["intent"] in _PRICED and (wish := _cheaper(turn.text)):
        return wish
    if _AND_THAT.fullmatch(turn.text) and named_fees(turn.text, charter.fees):
        return "ask_fee"
    if threatens(turn.text):
        return "ticket_urge" if floor.recall("progress_ticket_number") else "complain_other"
    return reported(turn) or _ordered(turn, charter)


def threatens(text: str) -> bool:
    """再不修我就打12345: wants its matter pressed, whatever the number sounds like."""
    return _THREATENS.search(text) is not None


def _cheaper(text: str) -> str | None:
    """太贵了, of a price just told, wishes a concession; 有便宜点的吗, another package."""
    if _CHEAPER_ONE.search(text):
        return "ask_recommend_stb_or_package"
    return "ask_concession" if _DEAR.search(text) else None


def _ordered(turn: Turn, charter: Charter) -> str | None:
    """装个电话多少钱, of a business that is ours and names our service."""
    named = process_named(turn.text, dict(charter.processes))
    ours = named and any(alias in turn.text and _SERVICE.search(alias) for alias in named.aliases)
    intent = next((intent for intent, kind in KIND_OF_INTENT.items() if named and kind == named.key), None)
    if turn.intent != "out_of_scope" or not ours:
        return None
    return "ask_fee" if intent and ASKS_COST.search(turn.text) else intent


def reported(turn: Turn) -> str | None:
    """The fault of 急！宽带断了 红谷滩区…8号 13807911234: who leaves phone or address with it, reports it."""
    kind = broken(turn.text)
    details = turn.entity("phone") or turn.entity("address")
    return f"report_fault_{kind}" if kind and details and not _REPORTED.search(turn.text) else None
