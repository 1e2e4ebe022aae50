"""Canned replies 常用语: what the charter lets an agent say word for word, its figures filled in. What the charter does
not publish is said to be unpublished; nothing is invented (R2.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.domain.charter import Charter, Clause, ClockStart, NoClause
from backend.domain.clause import KIND_LABELS
from backend.domain.posted import Fee, Outlet, Process
from backend.domain.vocabulary import ComplaintKind, FaultKind, OrderKind, TicketType

SAMPLE: Final = "（示例）"
_FAULTS: Final = tuple(f"report_fault_{kind}" for kind in FaultKind if kind is not FaultKind.DANGER)
_COMPLAINTS: Final = tuple(f"complain_{kind}" for kind in ComplaintKind)
_STARTS: Final = {ClockStart.DISPATCH: "派单后", ClockStart.RECEIPT: "接单后", ClockStart.CALL: "来电后"}
_OF_TYPE: Final = {
    TicketType.FAULT: _FAULTS,
    TicketType.COMPLAINT: _COMPLAINTS,
    TicketType.ORDER: ("ask_process_install", "ask_process_relocate", "ask_process_resume"),
    TicketType.QUESTION: ("request_human", "request_answer"),
}
_OF_PROCESS: Final[dict[str, str]] = {OrderKind.TRANSFER: "ask_process_transfer_owner"}


@dataclass(frozen=True, kw_only=True)
class CannedReply:
    """`words`: other names that it is found by; `asked`: by what one asks for its kind; `intents`: what was understood
    when it fits; `source`: of the figures; None: courtesy, or the operator's own data."""

    id: str
    topic: str
    title: str
    text: str
    words: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    source: str | None = None
    sample: bool = False


def canned_replies(charter: Charter) -> tuple[CannedReply, ...]:
    return (
        *_courtesies(charter),
        *_phones(charter),
        *_limits(charter),
        *_pledges(charter),
        *map(_fee, charter.fees),
        *_unpublished_fees(charter),
        *(_process(key, process) for key, process in charter.processes.items()),
        *(_outlet(number, outlet) for number, outlet in enumerate(charter.outlets, start=1)),
        *_departments(charter),
        *_areas(charter),
        *_visits(charter),
        *_dangers(charter),
    )


def _courtesies(charter: Charter) -> Iterator[CannedReply]:
    """R8.1, R8.2: the feeling first, then the matter."""
    texts = (
        ("greeting", "问候", charter.wording.greeting, ("greet",)),
        ("sorry", "致歉", "给您添麻烦了，非常抱歉。您别着急，我马上帮您处理。", ("abuse", *_COMPLAINTS)),
        ("listening", "倾听", "您的心情我理解，请您慢慢说，我都记下来。", _COMPLAINTS),
        ("moment", "请稍等", "请您稍等，我马上为您核实。", ()),
        ("unknown", "需要核实", "这个问题我要向负责人核实，不能凭印象说，核实后给您准确答复。", ("request_answer",)),
        ("repeat", "核对信息", "为了不耽误您，我把地址和电话跟您再核对一遍，请您听一下对不对。", ()),
        ("more", "还有别的吗", "请问您还有别的事需要我帮忙吗？", ("thanks",)),
        ("farewell", "道别", charter.wording.farewell, ("goodbye", "thanks")),
    )  # fmt: skip
    for key, title, text, intents in texts:
        yield CannedReply(id=f"courtesy:{key}", topic="礼貌用语", title=title, text=text, intents=intents)


def _phones(charter: Charter) -> Iterator[CannedReply]:
    operator = charter.operator
    named = (
        ("hotline", "服务热线", operator.hotline, ("客服电话", "人工电话")),
        ("supervision_phone", "服务监督电话", operator.supervision_phone, ("投诉电话", "监督")),
    )
    for key, title, phone, words in named:
        sample = key in operator.samples
        text = f"{operator.name}{title}：{phone}{_mark(sample)}。" if phone else _unpublished(charter, title)
        yield CannedReply(
            id=f"phone:{key}",
            topic="电话",
            title=title,
            text=text,
            words=words,
            intents=("ask_hotline_or_supervision_phone",),
            sample=sample,
        )


def _limits(charter: Charter) -> Iterator[CannedReply]:
    for clause in charter.commitments:
        intents = _OF_TYPE[clause.ticket_type] if clause.ticket_type else ()
        yield CannedReply(
            id=f"limit:{clause.key}",
            topic="办理时限",
            title=clause.label,
            text=_limit(clause),
            words=(KIND_LABELS[clause.kind],),
            asked=("多久", "时限"),
            intents=("ask_commitment", *intents),
            source=clause.source,
        )
    for ticket_type, subject in ((TicketType.FAULT, FaultKind.NO_SIGNAL), (TicketType.COMPLAINT, ComplaintKind.OTHER)):
        none = charter.clause(matter=ticket_type, subject=subject)
        if isinstance(none, NoClause):
            yield CannedReply(
                id=f"limit:none:{ticket_type}",
                topic="办理时限",
                title=none.label,
                text=f"{none.told}。" if none.told else _unpublished(charter, none.label),
                asked=("多久", "时限"),
                intents=("ask_commitment", *_OF_TYPE[ticket_type]),
            )


def _limit(clause: Clause) -> str:
    remark = f"{clause.remark}。" if clause.remark else ""
    start, done = _STARTS.get(clause.starts, "受理后"), KIND_LABELS[clause.kind]
    return f"{clause.label}：我们承诺{start} {clause.limit.text}内{done}。{remark}"


def _pledges(charter: Charter) -> Iterator[CannedReply]:
    for pledge in charter.pledges:
        yield CannedReply(
            id=f"pledge:{pledge.label}",
            topic="服务承诺",
            title=pledge.label,
            text=pledge.text,
            words=pledge.aliases,
            intents=("ask_commitment",),
            source=pledge.source,
        )


def _fee(fee: Fee) -> CannedReply:
    dated = f"（{fee.source}，{fee.as_of}）" if fee.source and fee.as_of else ""
    note = f"{fee.note}。" if fee.note else ""
    intent = "ask_concession" if "concession" in fee.key else "ask_fee"
    return CannedReply(
        id=f"fee:{fee.key}",
        topic="资费",
        title=fee.label,
        text=f"{fee.text}{_mark(fee.sample)}{dated}。{note}",
        words=fee.aliases,
        asked=("多少钱", "收费", "费用"),
        intents=(intent,),
        source=fee.source,
        sample=fee.sample,
    )


def _unpublished_fees(charter: Charter) -> Iterator[CannedReply]:
    if not charter.fees:
        yield CannedReply(
            id="fee:none",
            topic="资费",
            title="资费没有公布",
            text=_unpublished(charter, "资费标准"),
            asked=("多少钱", "收费", "费用"),
            intents=("ask_fee", "ask_concession"),
        )


def _process(key: str, process: Process) -> CannedReply:
    materials = f"请一次带齐：{'、'.join(process.materials)}。" if process.materials else "需要的材料公司没有公布。"
    note = f"{process.note}。" if process.note else ""
    return CannedReply(
        id=f"process:{key}",
        topic="办理流程",
        title=process.label,
        text=f"{process.label}：{'；'.join(process.steps)}。{materials}{note}{_mark(process.sample)}",
        words=process.aliases,
        asked=("怎么办", "材料", "流程"),
        intents=(_OF_PROCESS.get(key, f"ask_process_{key}"), "ask_materials"),
        source=process.source or None,
        sample=process.sample,
    )


def _outlet(number: int, outlet: Outlet) -> CannedReply:
    return CannedReply(
        id=f"outlet:{number}",
        topic="营业厅",
        title=outlet.name,
        text=f"{outlet.name}：{outlet.address}，电话 {outlet.phone}，营业时间 {outlet.hours}{_mark(outlet.sample)}。",
        words=(outlet.district, outlet.address),
        asked=("营业厅", "在哪"),
        intents=("ask_outlet",),
        source=outlet.source,
        sample=outlet.sample,
    )


def _departments(charter: Charter) -> Iterator[CannedReply]:
    """R2.3: reached first, then told."""
    for department in charter.departments:
        yield CannedReply(
            id=f"department:{department.key}",
            topic="部门",
            title=department.name,
            text=f"这件事由{department.name}办理，我先帮您联系好。地址 {department.place}，电话 {department.phone}"
            f"{_mark(department.sample)}。",
            words=department.handles,
            source=department.source,
            sample=department.sample,
        )


def _areas(charter: Charter) -> Iterator[CannedReply]:
    for area in charter.areas:
        manager = charter.member(area.manager)
        if manager is None:
            continue
        sample = area.sample or manager.sample
        yield CannedReply(
            id=f"area:{area.key}",
            topic="片区",
            title=area.name,
            text=f"{area.name}由工号 {manager.job_number}（{manager.role}）负责，电话 {manager.phone}{_mark(sample)}。",
            words=area.aliases,
            intents=("ask_area_manager",),
            source=area.source,
            sample=sample,
        )


def _visits(charter: Charter) -> Iterator[CannedReply]:
    """R9.2: what to expect at the door."""
    yield CannedReply(
        id="visit:arranged", topic="上门", title="上门前联系", text=charter.wording.visit, intents=_FAULTS
    )
    if charter.wording.work_id:
        yield CannedReply(
            id="visit:work_id",
            topic="上门",
            title="工作证",
            text=charter.wording.work_id,
            words=("证件", "冒充", "骗子"),
        )


def _dangers(charter: Charter) -> Iterator[CannedReply]:
    for key, text in charter.wording.danger.items():
        yield CannedReply(
            id=f"danger:{key}",
            topic="险情",
            title="先顾安全",
            text=text,
            words=("触电", "着火", "冒烟", "电线", "掉下来"),
            intents=("report_danger",),
        )


def _mark(sample: bool) -> str:
    return SAMPLE if sample else ""


def _unpublished(charter: Charter, what: str) -> str:
    return f"{charter.operator.short_name}没有公布{what}，我不能凭印象回答您；我向负责人核实后再答复您。"
