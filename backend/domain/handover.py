"""Hand-over of a shift 交接班 (R2.9): every open matter is listed with what needs following up, and nothing sudden or
abnormal is left hanging."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backend.domain.errors import EventsUnfinished, HandoverTaken, NotTheirsToTake, SameShift
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import Grade, TicketStatus
from backend.domain.written import moment, ticket_number


class SuddenEvent(StrEnum):
    """突发、异常: what is brought to a stopping point before the hand-over."""

    URGENT = "urgent"  # 险情等要马上报告负责人的
    INCIDENT = "incident"  # 片区故障
    MAJOR = "major"  # 重大事项，负责人还没有表态


EVENT_LABELS = {
    SuddenEvent.URGENT: "急事",
    SuddenEvent.INCIDENT: "片区故障",
    SuddenEvent.MAJOR: "重大事项，负责人还没有表态",
}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """An open ticket in somebody's hands. `stopped`: the note that brought a sudden event to a stopping point."""

    ticket: TicketNumber
    as_handler: bool
    as_owner: bool
    follow_up: tuple[str, ...]
    event: SuddenEvent | None = None
    stopped: str | None = None

    @property
    def hangs(self) -> bool:
        return self.event is not None and self.stopped is None


@dataclass(frozen=True, kw_only=True)
class Handover:
    """`leaving`, `taking`: job numbers. `number` is given by the store. `taken_at` None: nobody has taken it yet."""

    number: int = 0
    leaving: str
    taking: str
    offered_at: datetime
    note: str
    matters: tuple[Matter, ...]
    taken_at: datetime | None = None

    def says_the_same(self, other: "Handover") -> bool:
        """An offer that was sent twice; not one that has been taken."""
        return replace(self, number=other.number, offered_at=other.offered_at) == other

    def take(self, *, by: str, at: datetime) -> "Handover":
        """Refuses with HandoverTaken, NotTheirsToTake."""
        if self.taken_at is not None:
            raise HandoverTaken
        if by != self.taking:
            raise NotTheirsToTake(taking=self.taking)
        return replace(self, taken_at=at)


def offer(*, leaving: str, taking: str, at: datetime, note: str, matters: Collection[Matter]) -> Handover:
    """Refuses with SameShift, and with EventsUnfinished while a sudden event is not at a stopping point."""
    if leaving == taking:
        raise SameShift
    if hanging := [ticket_number(matter.ticket) for matter in matters if matter.hangs]:
        raise EventsUnfinished(numbers="、".join(hanging))
    return Handover(leaving=leaving, taking=taking, offered_at=at, note=note, matters=tuple(matters))


def sudden_event(ticket: Ticket, *, urgent: bool, under_incident: bool, leader_spoke: bool) -> SuddenEvent | None:
    """`urgent`: by the charter (R2.6); `under_incident`: of one that is proposed or confirmed; `leader_spoke`: a leader
    has put something on the ticket's record."""
    if under_incident:
        return SuddenEvent.INCIDENT
    if urgent:
        return SuddenEvent.URGENT
    return SuddenEvent.MAJOR if ticket.grade is Grade.MAJOR and not leader_spoke else None


def follow_up(ticket: Ticket, *, now: datetime) -> tuple[str, ...]:
    """What the next shift has to keep in mind."""
    told = []
    for promise in ticket.outstanding:
        assert promise.due is not None  # noqa: S101 - what is outstanding has a due time
        told.append(f"{promise.label}最迟 {moment(promise.due)}{'，已超时' if promise.due < now else ''}")
    if ticket.awaits_materials:
        told.append("等客户补齐材料")
    if ticket.status is TicketStatus.HELD:
        told.append("处理受阻")
    if ticket.requested_at:
        told.append(f"客户希望 {moment(ticket.requested_at)} 上门")
    return tuple(told)
