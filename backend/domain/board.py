"""The board of tickets 工单看板: what can be looked at there, and when a promise is at risk."""

from datetime import datetime
from enum import StrEnum

from backend.domain.handling import Watch
from backend.domain.promise import Promise
from backend.domain.ticket import Ticket


class View(StrEnum):
    """Of what is open, or settled and not yet closed."""

    MINE = "mine"  # 我经办或首问负责的
    AREA = "area"  # 我的片区或部门
    OVERDUE = "overdue"  # 已超时
    AT_RISK = "at_risk"  # 临期: past the charter's warning, not yet late
    MATERIALS = "materials"  # 等材料
    VISITS = "visits"  # 待回访
    COMPLAINTS = "complaints"  # 投诉
    UNFINISHED = "unfinished"  # 全部未办结


def next_due(ticket: Ticket) -> Promise | None:
    """What is to be kept next."""
    return min(ticket.outstanding, key=lambda told: (told.due or told.started_at, told.kind), default=None)


def is_at_risk(ticket: Ticket, *, watch: Watch | None, now: datetime) -> bool:
    """Where the charter sets no warning, nothing is."""
    if watch is None or ticket.is_overdue(now=now):
        return False
    return any(
        told.due and watch.warn_at(started_at=told.started_at, due=told.due) <= now <= told.due
        for told in ticket.outstanding
    )
