"""承诺: what is promised for a report, and how a promise is told."""

from __future__ import annotations

from collections.abc import Iterable

from actions import spoken
from actions.parts import Parts
from backend.client import PromiseView, Report
from backend.domain.capacity import filed_as
from backend.domain.promise import Promise, promises_for
from backend.domain.vocabulary import PromiseKind, TicketType

_DONE = {
    (TicketType.FAULT, PromiseKind.DISPATCH): "派单给片区当班维修人员",
    (TicketType.FAULT, PromiseKind.SETTLE): "修好",
    (TicketType.COMPLAINT, PromiseKind.RESPOND): "给您回应",
    (TicketType.COMPLAINT, PromiseKind.SETTLE): "答复处理结果",
    (TicketType.ORDER, PromiseKind.SETTLE): "办好",
    (TicketType.QUESTION, PromiseKind.RESPOND): "回复您",
    (TicketType.QUESTION, PromiseKind.SETTLE): "答复您",
}


def promised(report: Report, parts: Parts) -> tuple[Promise, ...]:
    """What the backend will promise for this report: the same pure code, the same acceptance."""
    area = parts.charter.area(report.area) if report.area else None
    is_open = area is None or area.open_for_installation
    kind, subject = filed_as(ticket_type=report.ticket_type, subject=report.subject, is_open=is_open)
    return promises_for(
        charter=parts.charter,
        ticket_type=kind,
        subject=subject,
        grade=report.grade,
        district=area.district if area else None,
        accepted_at=report.accepted_at,
        calendar=parts.calendar,
    )


def told(promises: Iterable[PromiseView | Promise], *, of: TicketType) -> str:
    """我们承诺 24 小时内修好，最迟 11月22日（周日）20:31 前。 Without a due time: why there is none."""
    return "".join(_told(promise, of) for promise in promises)


def _told(promise: PromiseView | Promise, of: TicketType) -> str:
    limit = promise.limit if isinstance(promise, PromiseView) else promise.limit and promise.limit.text
    done = f"{_DONE.get((of, promise.kind), f'完成{promise.label}')}{spoken.own_mark(promise.mark)}"
    if promise.due is None and limit:  # the clock waits for materials (R1.13)
        return f"我们承诺 {limit}内{done}，{promise.reason}。"
    if promise.due is None:
        return f"{promise.reason}。" if promise.reason else ""
    provisional = "（所跨年度的放假安排尚未公布，这是暂定时间，公布后只会提前不会推后）" if promise.provisional else ""
    return f"我们承诺 {limit}内{done}，最迟 {spoken.moment(promise.due)} 前{provisional}。"
