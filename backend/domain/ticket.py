"""The ticket 工单: its states (TMF621's) and the verbs that move it.

Every verb gives a new ticket or refuses. `by` is who acts: a job number, or what acts in its place. Verbs of a topic of
its own stand in its module, made of the same steps (`TicketFacts`).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.errors import (
    LeaderNeeded,
    NewPromiseMissing,
    NoMaterialsAwaited,
    ReturnVisitNotDue,
    ReturnVisitOutstanding,
    SameHandler,
    SameOwner,
    UrgentNotWithdrawn,
)
from backend.domain.promise import Promise
from backend.domain.ticket_facts import TicketFacts, written
from backend.domain.ticket_number import TicketNumber
from backend.domain.ticket_states import OPEN, STATUS_LABELS, Act
from backend.domain.vocabulary import Grade, TicketStatus

__all__ = ["OPEN", "STATUS_LABELS", "Act", "Ticket", "TicketNumber"]


@dataclass(frozen=True, kw_only=True)
class Ticket(TicketFacts):
    """The facts, and the verbs that move them."""

    def start(self, *, by: str, at: datetime) -> "Ticket":
        """开始处理: also on from pending or held."""
        self.only_from(OPEN - {TicketStatus.IN_PROGRESS}, verb="开始处理")
        return self.become(TicketStatus.IN_PROGRESS, by=by, at=at)

    def ask_for_materials(self, *, by: str, at: datetime, reason: str) -> "Ticket":
        """等客户补充: the customer must act – materials missing, or a later time wished. No clock stops (R1.21)."""
        self.only_from(OPEN - {TicketStatus.PENDING}, verb="转为待客户配合")
        return self.become(TicketStatus.PENDING, by=by, at=at, reason=written(reason, verb="请客户补充"))

    def supply_materials(self, *, by: str, at: datetime, promises: tuple[Promise, ...]) -> "Ticket":
        """材料补齐: a clock that waited starts (R1.13); one that ran already keeps its earlier due time (R1.21)."""
        if not self.awaits_materials:
            raise NoMaterialsAwaited(status=STATUS_LABELS[self.status])
        return replace(self.become(TicketStatus.IN_PROGRESS, by=by, at=at), promises=self.never_later(promises))

    def hold(self, *, by: str, at: datetime, reason: str) -> "Ticket":
        """处理受阻: blocked on our side. No clock stops (R1.21)."""
        self.only_from(OPEN - {TicketStatus.HELD}, verb="登记受阻")
        return self.become(TicketStatus.HELD, by=by, at=at, reason=written(reason, verb="登记受阻"))

    def respond(self, *, by: str, at: datetime) -> "Ticket":
        """应答: the customer has been answered or called back; the first time counts (R1.6)."""
        self.only_from(OPEN, verb="登记应答")
        return replace(self.noted(by=by, at=at), responded_at=self.responded_at or at)

    def resolve(self, *, by: str, at: datetime, outcome: str) -> "Ticket":
        self.only_from({TicketStatus.IN_PROGRESS}, verb="登记处理结果")
        outcome = written(outcome, verb="登记处理结果")
        return replace(self.become(TicketStatus.RESOLVED, by=by, at=at), outcome=outcome, resolved_at=at)

    def confirm_solved(self, *, by: str, at: datetime) -> "Ticket":
        """回访确认已解决. Where the visit finds it unsolved, `reopen` (R5.6)."""
        if self.status is not TicketStatus.RESOLVED:
            raise ReturnVisitNotDue
        return replace(self.noted(by=by, at=at), visited_at=at)

    def close(self, *, by: str, at: datetime) -> "Ticket":
        """办结: not before the return visit that is due (R5.1–R5.3)."""
        self.only_from({TicketStatus.RESOLVED}, verb="办结")
        if self.needs_return_visit and self.visited_at is None:
            raise ReturnVisitOutstanding
        return replace(self.become(TicketStatus.CLOSED, by=by, at=at), closed_at=at)

    def reopen(self, *, by: str, at: datetime, reason: str, promises: tuple[Promise, ...]) -> "Ticket":
        """重新打开: the same ticket and owner, a new promise; the old breach stays on record (R5.6, R2.10)."""
        self.only_from({TicketStatus.RESOLVED, TicketStatus.CLOSED}, verb="重新打开")
        reason = written(reason, verb="重新打开")
        if not promises:
            raise NewPromiseMissing
        return replace(
            self.become(TicketStatus.IN_PROGRESS, by=by, at=at, reason=reason),
            promises=promises,
            breached=self.breached + self.late_promises(now=at),
            times_reopened=self.times_reopened + 1,
            reported_to=None,
            outcome=None,
            dispatched_at=None,
            contacted_at=None,
            responded_at=None,
            resolved_at=None,
            visited_at=None,
            closed_at=None,
        )

    def cancel(self, *, by: str, at: datetime, reason: str, urgent: bool = False) -> "Ticket":
        """撤销: the customer no longer wants it. What is `urgent` only somebody on the spot can end (R2.6)."""
        self.only_from(OPEN, verb="撤销")
        if urgent:
            raise UrgentNotWithdrawn
        return self.become(TicketStatus.CANCELLED, by=by, at=at, reason=written(reason, verb="撤销"))

    def reject(self, *, by: str, at: datetime, reason: str) -> "Ticket":
        """不予受理: only before work has begun, and explained (R2.3)."""
        self.only_from({TicketStatus.ACKNOWLEDGED}, verb="不予受理")
        return self.become(TicketStatus.REJECTED, by=by, at=at, reason=written(reason, verb="不予受理"))

    def transfer(self, *, to: str, by: str, at: datetime, reason: str) -> "Ticket":
        """转派. 转派不转责: the handler changes, the first owner stays answerable (R2.10)."""
        self.only_from(OPEN, verb="转派")
        reason = written(reason, verb="转派")
        if to == self.handler:
            raise SameHandler(handler=to)
        return replace(self.noted(by=by, at=at, reason=reason), handler=to)

    def report_to_leader(self, *, leader: str, by: str, at: datetime, reason: str) -> "Ticket":
        """报告负责人: an urgent matter goes to the leader at once, who handles it; the owner stays (R2.6, R2.10)."""
        self.only_from(OPEN, verb="报告负责人")
        reason = written(reason, verb="报告负责人")
        return replace(self.noted(by=by, at=at, reason=reason), handler=leader, reported_to=leader)

    def change_owner(self, *, to: str, leader: str | None, at: datetime, reason: str) -> "Ticket":
        """变更首问责任人: takes a leader and a reason (R2.10)."""
        self.only_from(OPEN | {TicketStatus.RESOLVED}, verb="变更首问责任人")
        if not leader:
            raise LeaderNeeded(verb="变更首问责任人")
        reason = written(reason, verb="变更首问责任人")
        if to == self.owner:
            raise SameOwner(owner=to)
        return replace(self.noted(by=leader, at=at, reason=reason), owner=to)

    def regrade(
        self,
        *,
        grade: Grade,
        leader: str | None,
        at: datetime,
        reason: str,
        promises: tuple[Promise, ...],
        rule: str = "",
    ) -> "Ticket":
        """调整等级: a leader's decision on record, or a stated rule (R1.16); the earlier due time stands (R1.20)."""
        self.only_from(OPEN, verb="调整等级")
        if not (leader or rule):
            raise LeaderNeeded(verb="调整等级")
        noted = self.noted(by=leader or rule, at=at, reason=written(reason, verb="调整等级"))
        return replace(noted, grade=grade, promises=self.never_later(promises))

    def join(self, *, by: str, at: datetime, promises: tuple[Promise, ...]) -> "Ticket":
        """并入: the same matter was reported again. `promises`: what that report was, or would be, told; of these and
        the ticket's own the earlier due time stands (R1.20)."""
        self.only_from(OPEN, verb="并入")
        return replace(self.noted(by=by, at=at), promises=self.never_later(promises))

    def reschedule(self, *, by: str, at: datetime, wished_at: datetime | None, wished: str | None) -> "Ticket":
        """改约: the wish said now stands, also where it is that nobody comes then. No promise moves (R1.21)."""
        self.only_from(OPEN, verb="改约")
        return replace(self.noted(by=by, at=at), requested_at=wished_at, requested_text=wished)

    def attach(self, attachments: tuple[str, ...]) -> "Ticket":
        """The photos of a report that joins, after those that are there."""
        return replace(self, attachments=tuple(dict.fromkeys((*self.attachments, *attachments))))

    def wish(self, *, at: datetime | None, text: str | None, said_at: datetime) -> "Ticket":
        """The wish of a report that joins: the later takes the place of the earlier; none said leaves it."""
        superseded = said_at < self.accepted_at and (self.requested_at or self.requested_text)
        if superseded or not (at or text):
            return self
        return replace(self, requested_at=at, requested_text=text)
