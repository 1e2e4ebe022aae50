"""A ticket's promises and audit, as staff see them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from backend.domain.promise import Promise
from backend.domain.vocabulary import CHANNEL_LABELS, Channel
from backend.masking import masked_address, without_phones
from backend.messages.desk import EntryView, PromiseInFull
from backend.ports import Entry, Event, Filed
from backend.telemetry import mask
from backend.usecases.tickets import OURSELVES

_NAMES: Final[Mapping[str, str]] = {OURSELVES: "系统"} | {str(key): CHANNEL_LABELS[key] for key in Channel}
_CONVERSATION: Final = re.compile(r"[0-9a-f]{32}")
EVENT_LABELS: Final[Mapping[Event, str]] = {
    Event.FILED: "立单",
    Event.URGED: "催办",
    Event.STATUS_CHANGED: "状态变更",
    Event.PROMISE_SETTLED: "承诺时间核定",
    Event.PROMISE_BROUGHT_FORWARD: "承诺提前",
    Event.REPORTED_TO_LEADER: "报告负责人",
    Event.APPOINTMENT_CHANGED: "改约",
    Event.DISPATCHED: "派单",
    Event.RECEIVED: "接单",
    Event.CONTACTED: "联系到客户",
    Event.CONTACT_TRIED: "没有联系到客户",
    Event.HANDLER_WARNED: "临期提醒",
    Event.OVERDUE_REPORTED: "超时上报",
    Event.HUNG_UNDER_INCIDENT: "并入片区故障",
    Event.RESPONDED: "应答",
    Event.TRANSFERRED: "转派",
    Event.EXTENSION_ASKED: "申请延期",
    Event.EXTENSION_REFUSED: "延期未批准",
    Event.EXTENDED: "延期",
    Event.EXCUSED: "不计超时",
    Event.REGRADED: "调整等级",
    Event.OWNER_CHANGED: "变更首问责任人",
    Event.REFERRED: "引导到部门",
    Event.ERASED: "抹除客户信息",
    Event.VISIT_DRAWN: "抽取回访",
    Event.VISIT_ATTEMPTED: "发出回访",
    Event.RETURN_VISIT: "回访结果",
    Event.ANNOTATION_ASKED: "请批阅",
    Event.ANNOTATED: "批阅",
    Event.INVESTIGATOR_NAMED: "指定专人",
    Event.COMPLAINT_UPHELD: "投诉属实",
    Event.COMPLAINT_NOT_UPHELD: "投诉不属于公司责任",
    Event.OUTCOME_FOLLOWED_UP: "追踪落实结果",
    Event.STEP_ENTERED: "转入工序",
    Event.STOPPING_POINT: "告一段落",
    Event.REMARKED: "备注",
}


def promises_shown(filed: Filed, *, now: datetime) -> tuple[PromiseInFull, ...]:
    """Those of this round, then the breached ones of earlier rounds."""
    ticket = filed.ticket
    late = ticket.late_promises(now=now)
    told = filed.told_due or tuple(made.due for made in ticket.promises)
    standing = tuple(
        _promise(made, told_due=first, kept_at=ticket.kept_at(made), late=made in late, breached=False)
        for made, first in zip(ticket.promises, told, strict=True)
    )
    before = tuple(
        _promise(made, told_due=made.due, kept_at=None, late=True, breached=True) for made in ticket.breached
    )
    return standing + before


def entries_shown(history: Sequence[Entry], *, conversation: str) -> tuple[EntryView, ...]:
    """The newest first. `conversation`: the ticket's own."""
    return tuple(
        EntryView(
            at=entry.at,
            by=entry.by,
            who=_who(entry.by, conversation=conversation),
            event=entry.event.value,
            label=EVENT_LABELS[entry.event],
            status=entry.status,
            reason=without_phones(entry.reason),
            detail={name: _masked(name, value) for name, value in entry.detail.items() if value is not None},
        )
        for entry in reversed(history)
    )


def _who(by: str, *, conversation: str) -> str:
    """As people read it: staff by their number, a customer not by the id of their conversation."""
    if by.isdigit():
        return f"工号 {by}"
    if by == conversation or _CONVERSATION.fullmatch(by):
        return "客户"
    return _NAMES.get(by, by)


def _masked(name: str, value: object) -> Any:
    if name == "address" and isinstance(value, str):
        return masked_address(value)
    return mask(value)


def _promise(
    made: Promise, *, told_due: datetime | None, kept_at: datetime | None, late: bool, breached: bool
) -> PromiseInFull:
    return PromiseInFull(
        kind=made.kind,
        label=made.label,
        limit=made.limit.text if made.limit else None,
        rule=made.rule,
        source=made.source,
        remark=made.remark,
        started_at=made.started_at,
        due=made.due,
        told_due=told_due,
        kept_at=kept_at,
        late=late,
        excused=made.excused,
        provisional=made.provisional,
        reason=made.reason,
        breached=breached,
    )
