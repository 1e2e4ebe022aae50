"""服务手册 (R7.5): what the charter says, chapter by chapter, for those who serve by it. Nothing is added to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.domain.accountability_case import GRAVITY_LABELS
from backend.domain.charter import Charter, ClockStart
from backend.domain.labels import TYPE_LABELS, matter_label
from backend.domain.posted import Fee, Process
from backend.domain.return_visit import ReturnVisitRule

_STARTS = {
    ClockStart.ACCEPTANCE: "受理",
    ClockStart.DISPATCH: "派单",
    ClockStart.RECEIPT: "接单",
    ClockStart.CALL: "客户来电",
    ClockStart.REPAIR: "修复",
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """`rule`, `source` None: the charter names none; `sample`: a placeholder 示例."""

    text: str
    rule: str | None = None
    source: str | None = None
    sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """`items` empty: the operator has published nothing of it, and `silent` says so."""

    title: str
    items: tuple[Item, ...]
    silent: str


def handbook(charter: Charter) -> tuple[Chapter, ...]:
    chapters = (
        ("服务承诺", _pledges(charter), "公司没有公布服务承诺"),
        ("限时办结", _limits(charter), "公司没有公布办结时限"),
        ("以往平均（不是承诺）", _averages(charter), "没有统计数字"),
        ("回访", _visits(charter), "公司没有公布回访比例"),
        ("收费", map(_fee, charter.fees), "公司没有公布收费标准"),
        ("办理流程和材料", map(_process, charter.processes.values()), "公司没有公布办理流程"),
        ("网点和部门", _places(charter), "公司没有公布网点和部门"),
        ("怎样说话", _speaking(charter), "没有规定服务用语"),
        ("险情怎么说", _dangers(charter), "没有规定险情用语"),
        ("责任追究", _accountability(charter), "公司没有公布责任追究办法"),
        ("考核", _assessment(charter), "公司没有公布考核办法"),
    )
    return tuple(Chapter(title=title, items=tuple(items), silent=silent) for title, items, silent in chapters)


def visited(rule: ReturnVisitRule) -> str:
    """报障, 安装开通: what is visited under the rule."""
    named = [matter_label(ticket_type=rule.ticket_type, subject=subject) for subject in sorted(rule.subjects)]
    return "、".join(named) or TYPE_LABELS[rule.ticket_type]


def _pledges(charter: Charter) -> Iterator[Item]:
    for pledge in charter.pledges:
        yield Item(text=f"{pledge.label}：{pledge.text}", rule=pledge.rule, source=pledge.source)


def _limits(charter: Charter) -> Iterator[Item]:
    for clause in charter.commitments:
        remark = f"（{clause.remark}）" if clause.remark else ""
        text = f"{clause.label}：{_STARTS[clause.starts]}起 {clause.limit.text}{remark}"
        yield Item(text=text, rule=clause.rule, source=clause.source)


def _averages(charter: Charter) -> Iterator[Item]:
    for figure in charter.typical:
        yield Item(text=figure.text, rule=figure.rule, source=figure.source)


def _visits(charter: Charter) -> Iterator[Item]:
    for rule in charter.return_visits:
        yield Item(text=f"{visited(rule)}处理完后回访 {rule.percent}%", rule=rule.rule, source=rule.source)
    if charter.visit_attempts and charter.return_visits:
        tries = charter.visit_attempts
        yield Item(text=f"联系不上的，回访 {tries.times} 次", rule=tries.rule, source=tries.source)
    if charter.key_customer_visits:
        every = charter.key_customer_visits
        yield Item(text=f"大客户每 {every.every.days} 天回访一次", rule=every.rule, source=every.source)


def _fee(fee: Fee) -> Item:
    return Item(text=f"{fee.label}：{fee.text}", rule=fee.rule, source=fee.source, sample=fee.sample)


def _process(process: Process) -> Item:
    steps = f"流程：{' → '.join(process.steps)}" if process.steps else ""
    materials = f"材料：{'、'.join(process.materials)}" if process.materials else ""
    text = f"{process.label}　{'；'.join(filter(None, (steps, materials)))}"
    return Item(text=text, rule=process.rule, source=process.source, sample=process.sample)


def _places(charter: Charter) -> Iterator[Item]:
    for outlet in charter.outlets:
        text = f"{outlet.name}：{outlet.address}，电话 {outlet.phone}，{outlet.hours}"
        yield Item(text=text, source=outlet.source, sample=outlet.sample)
    for department in charter.departments:
        text = f"{department.name}（{'、'.join(department.handles)}）：{department.place}，电话 {department.phone}"
        yield Item(text=text, source=department.source, sample=department.sample)


def _speaking(charter: Charter) -> Iterable[Item]:
    wording = charter.wording
    yield Item(text=f"来有迎声：{wording.greeting}", rule="R8.2")
    yield Item(text=f"去有送声：{wording.farewell}", rule="R8.2")
    for phrase, instead in wording.forbidden.items():
        yield Item(text=f"忌语“{phrase}”，改说：{instead}", rule="R7.5")


def _dangers(charter: Charter) -> Iterator[Item]:
    for text in charter.wording.danger.values():
        yield Item(text=text, rule="R2.6")


def _accountability(charter: Charter) -> Iterator[Item]:
    rule = charter.accountability
    if rule is None:
        return
    yield Item(text=f"追究的情形：{'；'.join(rule.grounds)}", rule=rule.rule, source=rule.source)
    for gravity, measures in rule.measures.items():
        text = f"{GRAVITY_LABELS[gravity]}：{'；'.join(measures)}"
        yield Item(text=text, rule=rule.rule, source=rule.source)


def _assessment(charter: Charter) -> Iterator[Item]:
    rule = charter.assessment
    if rule is None:
        return
    indicators = "、".join(each.label for each in rule.indicators)
    yield Item(text=f"{' → '.join(rule.steps)}；指标：{indicators}", rule=rule.rule, source=rule.source)
