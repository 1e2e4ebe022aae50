"""A case of accountability 责任追究 (R6.1–R6.6): opened by a breach with its facts, heard, decided or dismissed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from backend.domain.accountability import Accountability, Answerable, CarriedOut, Gravity, Heavier, Lighter
from backend.domain.errors import (
    CaseDecided,
    CircumstanceNotGiven,
    GravityNotGiven,
    NotHeardYet,
    NotTheirsToJudge,
)
from backend.domain.staff import StaffGrade, StaffMember
from backend.domain.ticket_facts import written
from backend.domain.ticket_number import TicketNumber
from backend.domain.working_time import SHANGHAI, local


class Breach(StrEnum):
    LATE = "late"  # 超过时限
    COMPLAINT = "complaint"  # 投诉属实


class Step(StrEnum):
    HEAR = "hear"
    DECIDE = "decide"
    DISMISS = "dismiss"


class CaseState(StrEnum):
    OPEN = "open"
    HEARD = "heard"
    DECIDED = "decided"
    DISMISSED = "dismissed"


CASE_LABELS = {
    CaseState.OPEN: "待陈述申辩",
    CaseState.HEARD: "已陈述申辩",
    CaseState.DECIDED: "已决定",
    CaseState.DISMISSED: "不予追究",
}
GRAVITY_LABELS = {Gravity.LIGHT: "情节较轻", Gravity.SERIOUS: "情节较重", Gravity.GRAVE: "情节严重"}
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Case:
    """`key`: of the breach, which opens one case only. `answerable`: job number of whose case it is, the head where it
    is a department's (R1.19). `due`, `kept_at`: of a promise; `kept_at` None: not kept yet. `number` is given by the
    store.
    """

    number: int = 0
    key: str
    ticket: TicketNumber
    breach: Breach
    what: str
    due: datetime | None
    kept_at: datetime | None
    against: Answerable
    answerable: str
    department: str | None
    opened_at: datetime
    statement: str | None = None
    heard_by: str | None = None
    heard_at: datetime | None = None
    state: CaseState = CaseState.OPEN
    gravity: Gravity | None = None
    measures: tuple[str, ...] = ()
    heavier: tuple[Heavier, ...] = ()
    lighter: tuple[Lighter, ...] = ()
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    carried_out_from: datetime | None = None

    def late_by(self, *, now: datetime) -> timedelta | None:
        """None: it is not about a due time."""
        return (self.kept_at or now) - self.due if self.due else None

    def hear(self, *, by: str, at: datetime, statement: str) -> "Case":
        """陈述和申辩 (R6.5), in the person's words; also that they have nothing to say. `by`: who took it down."""
        self._only_undecided()
        said = written(statement, verb="登记陈述申辩")
        return replace(self, state=CaseState.HEARD, statement=said, heard_by=by, heard_at=at)

    def decide(
        self,
        *,
        rules: Accountability,
        by: StaffMember,
        at: datetime,
        gravity: Gravity,
        reason: str,
        heavier: Collection[Heavier] = (),
        lighter: Collection[Lighter] = (),
        acts_before: int = 0,
    ) -> "Case":
        """By whom the charter names (R6.6), with its measures for that gravity (R6.2).

        `acts_before`: punished within the year before; that they are too many is found here, whoever forgets it (R6.3).
        Refuses with CaseDecided, NotHeardYet, NotTheirsToJudge, GravityNotGiven, CircumstanceNotGiven, ReasonMissing.
        """
        self._judged_by(by, rules=rules)
        if rules.heard_first and self.heard_at is None:
            raise NotHeardYet
        if gravity not in rules.measures:
            raise GravityNotGiven(gravity=GRAVITY_LABELS[gravity])
        if rules.repeated_in_a_year is not None and acts_before + 1 >= rules.repeated_in_a_year:
            heavier = {*heavier, Heavier.REPEATED}
        if unknown := [*(set(heavier) - rules.heavier.keys()), *(set(lighter) - rules.lighter.keys())]:
            raise CircumstanceNotGiven(circumstances="、".join(sorted(unknown)))
        return replace(
            self._ended(CaseState.DECIDED, by=by, at=at, reason=reason, verb="决定责任追究"),
            gravity=gravity,
            measures=rules.measures[gravity],
            heavier=tuple(each for each in Heavier if each in heavier),
            lighter=tuple(each for each in Lighter if each in lighter),
            carried_out_from=_carried_out_from(rules.carried_out, decided_at=at),
        )

    def dismiss(self, *, rules: Accountability, by: StaffMember, at: datetime, reason: str) -> "Case":
        """不予追究: there was no responsibility. Burdens nobody, so nobody need be heard. Refuses as `decide` does."""
        self._judged_by(by, rules=rules)
        return self._ended(CaseState.DISMISSED, by=by, at=at, reason=reason, verb="不予追究")

    def offered(self, *, member: StaffMember, rules: Accountability) -> tuple[Step, ...]:
        """What this member may do about it now. Heard is who is answerable, by themselves or by who heads or supervises
        them."""
        if self._is_over:
            return ()
        hears = member.is_leader or member.grade is StaffGrade.SUPERVISOR or member.job_number == self.answerable
        is_heard = self.heard_at is not None or not rules.heard_first
        may = {
            Step.HEAR: hears,
            Step.DECIDE: is_heard and self._is_judge(member, rules=rules),
            Step.DISMISS: self._is_judge(member, rules=rules),
        }
        return tuple(step for step in Step if may[step])

    def _is_judge(self, member: StaffMember, *, rules: Accountability) -> bool:
        """Nobody judges a case of their own (R6.5: fair)."""
        may = any(member.may_decide(decider) for decider in rules.decided_by[self.against])
        return may and member.job_number != self.answerable

    def _judged_by(self, member: StaffMember, *, rules: Accountability) -> None:
        self._only_undecided()
        if not self._is_judge(member, rules=rules):
            raise NotTheirsToJudge(job_number=member.job_number)

    @property
    def _is_over(self) -> bool:
        return self.state in {CaseState.DECIDED, CaseState.DISMISSED}

    def _only_undecided(self) -> None:
        if self._is_over:
            raise CaseDecided(state=CASE_LABELS[self.state])

    def _ended(self, state: CaseState, *, by: StaffMember, at: datetime, reason: str, verb: str) -> "Case":
        reason = written(reason, verb=verb)
        return replace(self, state=state, decided_by=by.job_number, decided_at=at, reason=reason)


def acts_before(cases: Collection[Case], *, case: Case) -> int:
    """How many of the same person or department were punished within the year before this one was opened (R6.3)."""
    whose = (case.against, case.department if case.against is Answerable.DEPARTMENT else case.answerable)
    return sum(
        other.state is CaseState.DECIDED
        and (other.against, other.department if other.against is Answerable.DEPARTMENT else other.answerable) == whose
        and case.opened_at - A_YEAR <= other.opened_at <= case.opened_at
        and other.key != case.key
        for other in cases
    )


def _carried_out_from(when: CarriedOut, *, decided_at: datetime) -> datetime:
    """At once, or when the month has been assessed: from the first day of the next one."""
    if when is CarriedOut.AT_ONCE:
        return decided_at
    next_month = (local(decided_at).date().replace(day=1) + timedelta(days=31)).replace(day=1)
    return datetime.combine(next_month, time(), tzinfo=SHANGHAI)
