"""What is posted unasked 服务项目公示 (R3.1, R3.2), and what of it an operator has not published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from backend.domain.areas import Area
from backend.domain.charter import Charter
from backend.domain.clause import Clause, NoClause, Pledge, why_none
from backend.domain.posted import Change
from backend.domain.staff import StaffMember
from backend.domain.vocabulary import (
    ComplaintKind,
    FaultKind,
    Grade,
    OrderKind,
    PromiseKind,
    QuestionKind,
    Service,
    TicketType,
)

CHARGE_ITEMS: Final[Mapping[str, Sequence[str]]] = {  # R3.2, of cable operators: by the words that customers use
    "初装费（安装费）": ("初装费", "安装费"),
    "拆迁费（移机费）": ("拆迁费", "移机费"),
    "收视费": ("收视费",),
    "网络维护费": ("网络维护费",),
    "付费频道": ("付费频道",),
}


def limits(charter: Charter) -> tuple[Clause | NoClause, ...]:
    """Every limit that is promised, and each matter without one. Return visits are apart: `follow_ups`."""
    promised = [clause for clause in charter.commitments if clause.kind is not PromiseKind.FOLLOW_UP]
    unpublished: dict[str, NoClause] = {}
    for none in _without_limit(charter):
        unpublished.setdefault(none.key, none)
    return (*promised, *unpublished.values())


def follow_ups(charter: Charter) -> tuple[Clause, ...]:
    """Within what time it is asked how a matter went (R5.1, R5.4)."""
    return tuple(clause for clause in charter.commitments if clause.kind is PromiseKind.FOLLOW_UP)


def charging_policy(charter: Charter) -> tuple[Pledge, ...]:
    """By what the charges are set (R3.1, R3.2)."""
    return tuple(pledge for pledge in charter.pledges if pledge.key == _CHARGING_POLICY)


def charge_items_not_posted(charter: Charter) -> tuple[str, ...]:
    """Of the charge items of a cable operator, those that its fees don't even name."""
    if Service.TV not in charter.operator.services:
        return ()
    named = {alias for fee in charter.fees for alias in fee.aliases}
    return tuple(item for item, words in CHARGE_ITEMS.items() if named.isdisjoint(words))


def serving(area: Area, *, charter: Charter) -> tuple[StaffMember, ...]:
    """Who serves the area: its manager, then the team."""
    job_numbers = dict.fromkeys((area.manager, *area.team))
    return tuple(member for number in job_numbers if (member := charter.member(number)))


def newest_changes(charter: Charter) -> tuple[Change, ...]:
    """Of branch heads, areas and area managers, the newest first: those ahead, too."""
    return tuple(sorted(charter.changes, key=lambda change: change.day, reverse=True))


def _without_limit(charter: Charter) -> Iterator[NoClause]:
    for matter, subject, grade in _matters(charter):
        main = charter.clause(matter=matter, subject=subject, grade=grade)
        told = any(
            clause.kind is main.kind
            and clause.concerns(matter=matter, subject=subject)
            and clause.grade in (None, grade or Grade.GENERAL)
            for clause in charter.commitments
        )
        if isinstance(main, NoClause) and not told:  # where only the address decides, the limits stand there
            label = _MAJOR if grade is Grade.MAJOR else _QUESTIONS.get(subject)
            yield _named(main, label=label) if label else main


def _matters(charter: Charter) -> Iterator[tuple[TicketType, str, Grade | None]]:
    yield TicketType.FAULT, _ANY_FAULT, Grade.GENERAL
    yield TicketType.FAULT, _ANY_FAULT, Grade.MAJOR
    yield TicketType.COMPLAINT, ComplaintKind.OTHER, None
    yield from ((TicketType.ORDER, kind, None) for kind in OrderKind if kind in charter.processes)
    yield from ((TicketType.QUESTION, kind, None) for kind in _QUESTIONS)


def _named(none: NoClause, *, label: str) -> NoClause:
    return replace(none, label=label, reason=why_none(what=label, kind=none.kind, told_for=(), district=None))


_CHARGING_POLICY: Final = "open_fees"
_MAJOR: Final = "重大故障修复"
_QUESTIONS: Final[Mapping[str, str]] = {QuestionKind.CALLBACK: "人工回电", QuestionKind.ANSWER: "核实后答复"}
_ANY_FAULT: Final = FaultKind.NO_SIGNAL
