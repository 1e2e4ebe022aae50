"""业务知识测试 (R7.5): questions made from the charter's own figures. What is wrong is right elsewhere in it.

The same seed gives the same paper to everybody. Placeholders 示例 are not asked for.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

from backend.domain.accountability_case import GRAVITY_LABELS
from backend.domain.charter import Charter
from backend.domain.handbook import visited
from backend.domain.performance import reply_indicator

PAPER: Final = 10  # questions of one test
FEWEST, MOST = 2, 4  # options of a question
Each = TypeVar("Each")


@dataclass(frozen=True, kw_only=True)
class Question:
    """`right`: which of the options; `rule`, `source`: where it stands."""

    key: str
    ask: str
    options: tuple[str, ...]
    right: int
    rule: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class Score:
    right: int
    of: int
    mistakes: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class _Fact:
    key: str
    ask: str
    answer: str
    rule: str | None = None
    source: str | None = None


def paper(charter: Charter, *, seed: str) -> tuple[Question, ...]:
    """Fewer than PAPER where the charter has not more to ask for."""
    asked = (
        _question(fact, among=facts, seed=seed)
        for facts in (
            tuple(_times(charter)),
            tuple(_numbers(charter)),
            tuple(_shares(charter)),
            tuple(_prices(charter)),
            tuple(_departments(charter)),
            tuple(_materials(charter)),
            tuple(_error_codes(charter)),
            tuple(_pledges(charter)),
            tuple(_measures(charter)),
            tuple(_instead(charter)),
        )
        for fact in facts
    )
    questions = [*(question for question in asked if question), *_forbidden(charter, seed=seed)]
    return tuple(_shuffled(questions, seed=seed)[:PAPER])


def score(questions: Sequence[Question], *, chosen: Mapping[str, int]) -> Score:
    """`chosen`: the option taken, by the question's key; what is left out is wrong."""
    mistakes = tuple(question for question in questions if chosen.get(question.key) != question.right)
    return Score(right=len(questions) - len(mistakes), of=len(questions), mistakes=mistakes)


def _question(fact: _Fact, *, among: Iterable[_Fact], seed: str) -> Question | None:
    """None: the charter has too few other answers of the kind."""
    others = dict.fromkeys(other.answer for other in among if other.answer != fact.answer)
    return _asked(fact, wrong=list(others), seed=seed)


def _asked(fact: _Fact, *, wrong: list[str], seed: str) -> Question | None:
    options = [fact.answer, *_shuffled(wrong, seed=f"{seed}:{fact.key}")[: MOST - 1]]
    if len(options) < FEWEST:
        return None
    options = _shuffled(options, seed=f"{seed}:{fact.key}:options")
    return Question(
        key=fact.key,
        ask=fact.ask,
        options=tuple(options),
        right=options.index(fact.answer),
        rule=fact.rule,
        source=fact.source,
    )


def _shuffled(items: Sequence[Each], *, seed: str) -> list[Each]:
    """In an order that only the seed decides."""
    keys = [hashlib.sha256(f"{seed}:{item}".encode()).digest() for item in items]
    return [items[index] for index in sorted(range(len(items)), key=keys.__getitem__)]


def _times(charter: Charter) -> Iterator[_Fact]:
    for clause in charter.commitments:
        yield _Fact(
            key=f"limit:{clause.key}",
            ask=f"“{clause.label}”的承诺时限是多久？",
            answer=clause.limit.text,
            rule=clause.rule,
            source=clause.source,
        )
    for figure in charter.typical:
        yield _Fact(
            key=f"typical:{figure.key}",
            ask=f"“{figure.label}”以往平均多久修复（不是承诺）？",
            answer=figure.within.text,
            rule=figure.rule,
            source=figure.source,
        )
    if charter.notice_ahead:
        notice = charter.notice_ahead
        yield _Fact(
            key="notice",
            ask="线路维修等变动要提前多久公告？",
            answer=_hours(notice.ahead),
            rule=notice.rule,
            source=notice.source,
        )
    reply = reply_indicator(charter.assessment)
    if charter.assessment and reply and reply.within:
        yield _Fact(
            key="reply",
            ask=f"考核“{reply.label}”，多久内回复才算？",
            answer=_hours(reply.within),
            rule=charter.assessment.rule,
            source=charter.assessment.source,
        )


def _hours(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 3600)} 小时"


def _numbers(charter: Charter) -> Iterator[_Fact]:
    operator = charter.operator
    posted = (("hotline", "服务热线", operator.hotline), ("supervision_phone", "监督电话", operator.supervision_phone))
    for key, label, number in posted:
        if key not in operator.samples:
            yield _Fact(key=key, ask=f"{label}是多少？", answer=number, rule="R3.1", source=operator.source)
    for label, number in charter.wording.emergency.items():
        yield _Fact(key=f"emergency:{label}", ask=f"遇到险情，{label}电话是多少？", answer=number, rule="R2.6")
    for outlet in charter.outlets:
        if not outlet.sample:
            ask = f"{outlet.name}的电话是多少？"
            yield _Fact(key=f"outlet:{outlet.name}", ask=ask, answer=outlet.phone, rule="R3.1", source=outlet.source)


def _shares(charter: Charter) -> Iterator[_Fact]:
    for rule in charter.return_visits:
        yield _Fact(
            key=f"visits:{rule.name}",
            ask=f"{visited(rule)}处理完后，回访多少？",
            answer=f"{rule.percent}%",
            rule=rule.rule,
            source=rule.source,
        )
    if charter.watch:
        watch = charter.watch
        yield _Fact(
            key="watch",
            ask="承诺时限过去多少时，要提醒经办人？",
            answer=f"{watch.warn_at_percent}%",
            rule=watch.rule,
            source=watch.source,
        )


def _prices(charter: Charter) -> Iterator[_Fact]:
    for fee in charter.fees:
        if fee.price is not None and not fee.sample:
            yield _Fact(
                key=f"fee:{fee.key}",
                ask=f"“{fee.label}”收多少？",
                answer=f"{fee.price} {fee.unit}",
                rule=fee.rule,
                source=fee.source,
            )


def _departments(charter: Charter) -> Iterator[_Fact]:
    for department in charter.departments:
        if not department.sample:
            yield _Fact(
                key=f"department:{department.key}",
                ask=f"“{'、'.join(department.handles)}”归哪个部门办？",
                answer=department.name,
                rule="R2.3",
                source=department.source,
            )


def _materials(charter: Charter) -> Iterator[_Fact]:
    for process in charter.processes.values():
        if process.materials and not process.sample:
            yield _Fact(
                key=f"materials:{process.key}",
                ask=f"{process.label}要一次性告知客户哪些材料？",
                answer="、".join(process.materials),
                rule=process.rule,
                source=process.source,
            )


def _error_codes(charter: Charter) -> Iterator[_Fact]:
    for code in charter.error_codes:
        ask = f"屏幕上显示“{code.code}”是什么意思？"
        yield _Fact(key=f"code:{code.code}", ask=ask, answer=code.meaning, source=code.source)


def _pledges(charter: Charter) -> Iterator[_Fact]:
    for pledge in charter.pledges:
        yield _Fact(
            key=f"pledge:{pledge.key}",
            ask=f"关于“{pledge.label}”，公司是怎样承诺的？",
            answer=pledge.text,
            rule=pledge.rule,
            source=pledge.source,
        )


def _measures(charter: Charter) -> Iterator[_Fact]:
    rule = charter.accountability
    for gravity, measures in rule.measures.items() if rule else ():
        yield _Fact(
            key=f"measures:{gravity}",
            ask=f"责任追究，{GRAVITY_LABELS[gravity]}的怎样处理？",
            answer="；".join(measures),
            rule="R6.2",
            source=rule.source if rule else None,
        )


def _instead(charter: Charter) -> Iterator[_Fact]:
    for phrase, instead in charter.wording.forbidden.items():
        ask = f"“{phrase}”是服务忌语，应该怎么说？"
        yield _Fact(key=f"instead:{phrase}", ask=ask, answer=instead, rule="R7.5")


def _forbidden(charter: Charter, *, seed: str) -> Iterator[Question]:
    """One of the forbidden phrases among what is said instead of others."""
    forbidden = charter.wording.forbidden
    ask = "下面哪一句是服务忌语，不能对客户说？"
    phrases = _shuffled(list(forbidden), seed=seed)[:1]
    facts = (_Fact(key="forbidden", ask=ask, answer=phrase, rule="R7.5") for phrase in phrases)
    yield from filter(None, (_asked(fact, wrong=list(forbidden.values()), seed=seed) for fact in facts))
