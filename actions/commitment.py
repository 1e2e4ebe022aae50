"""承诺时限: how long for what, and on what it rests."""

from __future__ import annotations

from actions import spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.clause import ClockStart
from backend.domain.vocabulary import FaultKind, OrderKind, PromiseKind, TicketType

# The words by which a customer names a matter; the first that stands in the sentence wins.
_MATTERS: tuple[tuple[tuple[str, ...], TicketType, str], ...] = (
    (("投诉", "举报"), TicketType.COMPLAINT, "complaint"),
    (("恢复", "复通", "复机", "重新开通", "交完费", "补交", "交了费", "报开"), TicketType.ORDER, OrderKind.RESUME),
    (("移机", "搬家", "迁"), TicketType.ORDER, OrderKind.RELOCATE),
    (("过户",), TicketType.ORDER, OrderKind.TRANSFER),
    (("报停", "停机"), TicketType.ORDER, OrderKind.SUSPEND),
    (("装", "开通", "新装", "接线", "入户"), TicketType.ORDER, OrderKind.INSTALL),
    (("回电", "人工", "联系我"), TicketType.QUESTION, "callback"),
)
_USUAL = (TicketType.FAULT, FaultKind.NO_SIGNAL)


def matter_asked(floor: Floor) -> tuple[TicketType, str]:
    named = next(((t, s) for words, t, s in _MATTERS if any(word in floor.turn.text for word in words)), None)
    return named or _USUAL


def _commitment(floor: Floor, parts: Parts) -> None:
    charter = parts.charter
    matter, subject = matter_asked(floor)
    clauses = [
        clause
        for clause in charter.commitments
        if clause.starts is ClockStart.ACCEPTANCE
        and clause.concerns(matter=matter, subject=subject)
        and clause.kind in {PromiseKind.SETTLE, PromiseKind.RESPOND}
    ]
    if clauses:
        told = "；".join(f"{clause.label}：{clause.limit.text}内（{spoken.authority(clause)}）" for clause in clauses)
        floor.say("utter_commitment", told=told)
    else:
        floor.say("utter_no_commitment", operator=charter.operator.short_name)


def _outage(floor: Floor, parts: Parts) -> None:
    """No notice of maintenance is on file yet; what can be done is to report."""
    floor.say("utter_no_outage_on_file")


ANYWHERE: dict[str, Answer] = {"ask_commitment": _commitment, "ask_outage": _outage}
