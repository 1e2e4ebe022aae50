"""What members of staff do to a ticket: each verb's name, and which of them a ticket, its rules and who asks allow.

What is offered here the use cases carry out or refuse by themselves; whose it is to do stands here alone. [P]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from backend.domain.charter import Charter
from backend.domain.complaint import Steps
from backend.domain.dispatch import Dispatch
from backend.domain.errors import NotTheirsToAct
from backend.domain.staff import Decider, StaffGrade, StaffMember
from backend.domain.ticket import OPEN, Ticket
from backend.domain.vocabulary import TicketStatus, TicketType


class Verb(StrEnum):
    RECEIVE = "receive"
    CONTACTED = "contacted"
    START = "start"
    RESPOND = "respond"
    RESOLVE = "resolve"
    CONCLUDE = "conclude"
    MISSING_MATERIALS = "missing-materials"
    COMPLETE_MATERIALS = "complete-materials"
    HOLD = "hold"
    TRANSFER = "transfer"
    REFER = "refer"
    ASK_EXTENSION = "ask-extension"
    DECIDE_EXTENSION = "decide-extension"
    DEEM_ON_TIME = "deem-on-time"
    REGRADE = "regrade"
    CHANGE_OWNER = "change-owner"
    ANNOTATE = "annotate"
    NAME_INVESTIGATOR = "name-investigator"
    NEXT_STEP = "next-step"
    STOPPING_POINT = "stopping-point"
    VISIT = "visit"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    REJECT = "reject"
    ERASE = "erase"
    REMARK = "remark"


LABELS: Final[Mapping[Verb, str]] = {
    Verb.RECEIVE: "接单",
    Verb.CONTACTED: "登记联系结果",
    Verb.START: "开始处理",
    Verb.RESPOND: "登记应答",
    Verb.RESOLVE: "登记处理结果",
    Verb.CONCLUDE: "作结论",
    Verb.MISSING_MATERIALS: "登记缺少的材料",
    Verb.COMPLETE_MATERIALS: "材料齐全",
    Verb.HOLD: "登记受阻",
    Verb.TRANSFER: "转派",
    Verb.REFER: "引导到部门",
    Verb.ASK_EXTENSION: "申请延期",
    Verb.DECIDE_EXTENSION: "决定延期",
    Verb.DEEM_ON_TIME: "视为按期办结",
    Verb.REGRADE: "调整等级",
    Verb.CHANGE_OWNER: "变更首问责任人",
    Verb.ANNOTATE: "批阅",
    Verb.NAME_INVESTIGATOR: "指定专人",
    Verb.NEXT_STEP: "转入下一工序",
    Verb.STOPPING_POINT: "登记告一段落",
    Verb.VISIT: "登记回访",
    Verb.CLOSE: "办结",
    Verb.REOPEN: "重新打开",
    Verb.CANCEL: "撤销",
    Verb.REJECT: "不予受理",
    Verb.ERASE: "抹除",
    Verb.REMARK: "备注",
}
NEEDS_REASON: Final = frozenset(
    {
        Verb.RESOLVE,
        Verb.HOLD,
        Verb.TRANSFER,
        Verb.REFER,
        Verb.ASK_EXTENSION,
        Verb.DECIDE_EXTENSION,
        Verb.REGRADE,
        Verb.CHANGE_OWNER,
        Verb.STOPPING_POINT,
        Verb.REOPEN,
        Verb.CANCEL,
        Verb.REJECT,
        Verb.ERASE,
        Verb.REMARK,
    }
)
# What whoever has the customer before them does, on the phone or at the counter (R2.1).
ANYBODYS: Final = frozenset({Verb.RESPOND, Verb.VISIT, Verb.CLOSE, Verb.REOPEN, Verb.CANCEL, Verb.REMARK})
# Left to who the rules name: the use case asks them.
DECISIONS: Final = frozenset(
    {Verb.DECIDE_EXTENSION, Verb.CHANGE_OWNER, Verb.ANNOTATE, Verb.NAME_INVESTIGATOR, Verb.ERASE}
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the ticket does not tell by itself. `order`: to the repair staff, the latest; `step_left`: of a key-account
    order."""

    order: Dispatch | None
    extension_asked: bool
    complaint: Steps
    step_left: bool


@dataclass(frozen=True, kw_only=True)
class _Case:
    ticket: Ticket
    member: StaffMember
    charter: Charter
    standing: Standing
    now: datetime

    @property
    def is_open(self) -> bool:
        return self.ticket.is_open

    @property
    def is_open_complaint(self) -> bool:
        return self.is_open and self.ticket.ticket_type is TicketType.COMPLAINT

    def has(self, *statuses: TicketStatus) -> bool:
        return self.ticket.status in statuses

    def may_decide(self, decider: Decider) -> bool:
        return self.member.may_decide(decider)


def offered(
    ticket: Ticket, *, member: StaffMember, charter: Charter, standing: Standing, now: datetime
) -> tuple[Verb, ...]:
    """What this member may do to the ticket as it stands now, in the order in which work goes."""
    case = _Case(ticket=ticket, member=member, charter=charter, standing=standing, now=now)
    return tuple(verb for verb in Verb if is_theirs(verb, ticket=ticket, member=member) and _POSSIBLE[verb](case))


def is_theirs(verb: Verb, *, ticket: Ticket, member: StaffMember) -> bool:
    """Who handles or owns the ticket, who serves its area, and whoever heads them; a supervisor only watches."""
    if member.grade is StaffGrade.SUPERVISOR:
        return verb in DECISIONS or verb is Verb.REMARK
    if verb in ANYBODYS or verb in DECISIONS:
        return True
    has_it = member.job_number in {ticket.handler, ticket.owner}
    return has_it or member.is_head or member.is_leader or ticket.area in member.areas


def refuse_others(verb: Verb, *, ticket: Ticket, member: StaffMember) -> None:
    """Refuses with NotTheirsToAct."""
    if not is_theirs(verb, ticket=ticket, member=member):
        raise NotTheirsToAct(handler=ticket.handler, owner=ticket.owner, verb=LABELS[verb])


def _may_be_extended(case: _Case) -> bool:
    made = case.ticket.main_promise
    has_it = case.member.job_number in {case.ticket.handler, case.ticket.owner}
    runs = made is not None and made.due is not None and case.now <= made.due and case.ticket.kept_at(made) is None
    return case.is_open and case.charter.extension is not None and has_it and runs


def _may_decide_extension(case: _Case) -> bool:
    rule = case.charter.extension
    return case.is_open and rule is not None and case.standing.extension_asked and case.may_decide(rule.decided_by)


def _may_be_concluded(case: _Case) -> bool:
    rule, steps = case.charter.complaint_handling, case.standing.complaint
    named = rule is None or not rule.investigator_named or steps.investigator_named
    return case.is_open_complaint and (rule is None or steps.annotated) and named


def _may_annotate(case: _Case) -> bool:
    rule = case.charter.complaint_handling
    return case.is_open_complaint and rule is not None and case.may_decide(rule.annotated_by)


def _may_name_investigator(case: _Case) -> bool:
    rule = case.charter.complaint_handling
    return _may_annotate(case) and rule is not None and rule.investigator_named


def _may_be_regraded(case: _Case) -> bool:
    by_rule = case.ticket.ticket_type is TicketType.COMPLAINT and bool(case.charter.major_complaints)
    return case.is_open and (case.member.is_leader or by_rule)


def _may_be_excused(case: _Case) -> bool:
    made = case.ticket.main_promise
    return case.is_open and case.charter.deemed_on_time is not None and made is not None and made.due is not None


def _may_be_closed(case: _Case) -> bool:
    visited = not case.ticket.needs_return_visit or case.ticket.visited_at is not None
    return case.has(TicketStatus.RESOLVED) and visited


def _may_be_cancelled(case: _Case) -> bool:
    return case.is_open and not case.charter.is_urgent(subject=case.ticket.subject)


_POSSIBLE: Final[Mapping[Verb, Callable[[_Case], bool]]] = {
    Verb.RECEIVE: lambda case: case.is_open and case.standing.order is not None and not case.standing.order.received_at,
    Verb.CONTACTED: lambda case: case.is_open and case.standing.order is not None,
    Verb.START: lambda case: case.has(*(OPEN - {TicketStatus.IN_PROGRESS})) and not case.ticket.awaits_materials,
    Verb.RESPOND: lambda case: case.is_open,
    Verb.RESOLVE: lambda case: case.is_open and case.ticket.ticket_type is not TicketType.COMPLAINT,
    Verb.CONCLUDE: _may_be_concluded,
    Verb.MISSING_MATERIALS: lambda case: case.is_open and case.ticket.ticket_type is TicketType.ORDER,
    Verb.COMPLETE_MATERIALS: lambda case: case.ticket.awaits_materials,
    Verb.HOLD: lambda case: case.has(*(OPEN - {TicketStatus.HELD})),
    Verb.TRANSFER: lambda case: case.is_open,
    Verb.REFER: lambda case: case.is_open and bool(case.charter.departments),
    Verb.ASK_EXTENSION: lambda case: _may_be_extended(case) and not case.standing.extension_asked,
    Verb.DECIDE_EXTENSION: _may_decide_extension,
    Verb.DEEM_ON_TIME: _may_be_excused,
    Verb.REGRADE: _may_be_regraded,
    Verb.CHANGE_OWNER: lambda case: case.member.is_leader and case.has(*OPEN, TicketStatus.RESOLVED),
    Verb.ANNOTATE: _may_annotate,
    Verb.NAME_INVESTIGATOR: _may_name_investigator,
    Verb.NEXT_STEP: lambda case: case.is_open and case.standing.step_left,
    Verb.STOPPING_POINT: lambda case: case.is_open,
    Verb.VISIT: lambda case: case.has(TicketStatus.RESOLVED),
    Verb.CLOSE: _may_be_closed,
    Verb.REOPEN: lambda case: case.has(TicketStatus.RESOLVED, TicketStatus.CLOSED),
    Verb.CANCEL: _may_be_cancelled,
    Verb.REJECT: lambda case: case.has(TicketStatus.ACKNOWLEDGED),
    Verb.ERASE: lambda case: (
        case.member.is_leader and case.has(TicketStatus.CLOSED, TicketStatus.CANCELLED, TicketStatus.REJECTED)
    ),
    Verb.REMARK: lambda _case: True,
}
