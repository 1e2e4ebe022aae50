"""承诺时限: how long for what, and on what it rests."""

from __future__ import annotations

import re

from actions import order, spoken, tickets
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from actions.turn import PROGRESS_ASKED
from backend.domain.charter import Charter
from backend.domain.clause import Clause, ClockStart, NoClause
from backend.domain.vocabulary import FaultKind, OrderKind, PromiseKind, QuestionKind, TicketType

# The words by which a customer names a matter; the first that stands in the sentence wins.
_MATTERS: tuple[tuple[str, TicketType, str], ...] = (
    (r"投诉|举报|反映", TicketType.COMPLAINT, "complaint"),
    (r"(停|欠|交|缴|续)费?.*(恢复|开通|复通|通)|复机|复通|报开|业务恢复", TicketType.ORDER, OrderKind.RESUME),
    (r"移机|搬家|迁", TicketType.ORDER, OrderKind.RELOCATE),
    (r"过户", TicketType.ORDER, OrderKind.TRANSFER),
    (r"报停|停机", TicketType.ORDER, OrderKind.SUSPEND),
    (r"装|开通|接线|入户", TicketType.ORDER, OrderKind.INSTALL),
    (r"回电|人工|联系我", TicketType.QUESTION, QuestionKind.CALLBACK),
    (r"修|坏|故障|没信号|断|恢复|看不了|上不了|师傅|上门|来人", TicketType.FAULT, FaultKind.NO_SIGNAL),
)


_HOW_LONG = re.compile(r"多久|多长|多少天|几[天日个时点]|什么时候|啥时|时限|期限|超时|逾期|投诉")
_IN_GENERAL = re.compile(r"一般|通常|平常|正常|规定|承诺|要是|如果|最[长多慢]")
_SETTLED = frozenset({PromiseKind.SETTLE, PromiseKind.RESPOND})
_IN_FULL = 3  # characters: 工作证 names its pledge, 上门 may be anything


def tell_pledge(floor: Floor, parts: Parts) -> bool:
    """师傅有没有工作证, also in the middle of a report; False where no pledge is named in full."""
    text = floor.turn.text
    if _HOW_LONG.search(text) or not floor.turn.asks:
        return False
    for pledge in parts.charter.pledges:
        if any(alias in text for alias in pledge.aliases if len(alias) >= _IN_FULL):
            floor.say("utter_as_said", text=pledge.text)
            return True
    return False


def matter_asked(floor: Floor, charter: Charter) -> tuple[TicketType, str] | None:
    if floor.turn.active_form == "fault_form":
        return TicketType.FAULT, floor.recall("fault_kind") or FaultKind.NO_SIGNAL
    in_hand = order.in_hand(floor, charter)
    return _named(floor.turn.text) or ((TicketType.ORDER, in_hand) if in_hand in set(OrderKind) else None)


def _named(text: str) -> tuple[TicketType, str] | None:
    return next(((matter, subject) for words, matter, subject in _MATTERS if re.search(words, text)), None)


def _commitment(floor: Floor, parts: Parts) -> None:
    charter = parts.charter
    if tell_pledge(floor, parts):
        return
    filed = floor.recall("progress_ticket_number") and not floor.turn.active_form
    if filed and (_of_a_ticket(floor) or _of_the_repair(floor)):
        _tell_promised(floor)
        return
    pledge = next((p for p in charter.pledges if any(alias in floor.turn.text for alias in p.aliases)), None)
    asked = matter_asked(floor, charter)
    if asked is None:
        if pledge:
            floor.say("utter_as_said", text=pledge.text)
        elif filed:
            _tell_promised(floor)  # 多久能好, right after filing
        else:
            floor.remember(awaited_answer="ask_commitment")
            floor.say("utter_which_commitment")
        return
    matter, subject = asked
    clauses = [clause for clause in charter.commitments if _is_told(clause, matter=matter, subject=subject)]
    if clauses:
        floor.say("utter_commitment", told="；".join(map(_limit, clauses)))
    if not any(clause.kind in _SETTLED for clause in clauses):
        floor.say("utter_no_commitment", operator=charter.operator.short_name, usual=_usual(charter, matter, subject))


def _of_a_ticket(floor: Floor) -> bool:
    """多久给我回电, not 投诉一般多久答复."""
    text = floor.turn.text
    return "我" in text and tickets.ASKS_FOR_ANSWER.search(text) is not None


def _of_the_repair(floor: Floor) -> bool:
    """那好久才修得好, not 一般几天修好."""
    matter = _named(floor.turn.text)
    return matter is not None and matter[0] is TicketType.FAULT and _IN_GENERAL.search(floor.turn.text) is None


def _tell_promised(floor: Floor) -> None:
    floor.remember(next_matters=[{**floor.turn.as_noted(), "intent": PROGRESS_ASKED["intent"]}])
    floor.then("progress_form")


def _is_told(clause: Clause, *, matter: TicketType, subject: str) -> bool:
    """From acceptance, or the repair staff's call, whose clock starts with their receipt (R1.8)."""
    starts = ClockStart.RECEIPT if clause.kind is PromiseKind.CONTACT else ClockStart.ACCEPTANCE
    return clause.concerns(matter=matter, subject=subject, starts=starts)


def _limit(clause: Clause) -> str:
    since = "接单后 " if clause.starts is ClockStart.RECEIPT else ""
    return f"{clause.label}：{since}{clause.limit.text}内（{spoken.authority(clause)}）"


def _usual(charter: Charter, matter: TicketType, subject: str) -> str:
    none = charter.clause(matter=matter, subject=subject)
    return f"{none.usual}。" if isinstance(none, NoClause) and none.usual else ""


ANYWHERE: dict[str, Answer] = {"ask_commitment": _commitment}
