"""Staff 服务人员, their duty times, and who among them decides. Known by job number 工号 only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from backend.domain.working_time import SHANGHAI, local


class StaffGrade(StrEnum):
    AGENT = "agent"  # 员工
    HEAD = "head"  # 值班负责人, head of the window: answers for what has no other owner
    LEADER = "leader"  # 领导, of a department or, without one, of the company
    SUPERVISOR = "supervisor"  # 监督机构


class Decider(StrEnum):
    """Who decides a matter, as the charter names them."""

    LEADER = "leader"  # any leader
    COMPANY_LEADER = "company_leader"  # 公司领导: a leader of no single department
    SUPERVISOR = "supervisor"
    CUSTOMER_WISH = "customer_wish"  # nobody of the staff: the customer's own wish (R1.17)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Weekly duty time, Asia/Shanghai. Weekdays are ISO (1 Monday … 7 Sunday); an `end` not after `start` is on the
    next day, so 00:00–00:00 is the whole day."""

    weekdays: frozenset[int]
    start: time
    end: time

    def covers(self, *, at: datetime) -> bool:
        here = local(at)
        today, yesterday = here.isoweekday(), (here.isoweekday() - 2) % 7 + 1
        if self.start < self.end:
            return today in self.weekdays and self.start <= here.time() < self.end
        return (today in self.weekdays and here.time() >= self.start) or (
            yesterday in self.weekdays and here.time() < self.end
        )


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One duty time of a member as it falls on a day; aware, in Asia/Shanghai."""

    job_number: str
    start: datetime
    end: datetime

    @classmethod
    def of(cls, duty: Duty, *, job_number: str, on: date) -> "Shift | None":
        """None: not on that weekday."""
        if on.isoweekday() not in duty.weekdays:
            return None
        ends_on = on if duty.start < duty.end else on + timedelta(days=1)
        return cls(
            job_number=job_number,
            start=datetime.combine(on, duty.start, tzinfo=SHANGHAI),
            end=datetime.combine(ends_on, duty.end, tzinfo=SHANGHAI),
        )


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Known by job number 工号 only. `rank`: higher is senior (R2.2); `areas`: keys of areas; `department`: key of a
    department; `repairs`: is dispatched to faults (R1.7); `lobby`: 大堂经理, who greets in the hall (R2.7); `photo`: a
    file in the charter's photos/ (R3.1), None: none is posted."""

    job_number: str
    role: str
    grade: StaffGrade
    rank: int
    phone: str
    department: str | None
    areas: tuple[str, ...]
    duties: tuple[Duty, ...]
    repairs: bool
    lobby: bool
    source: str | None
    sample: bool
    photo: str | None = None

    @property
    def is_head(self) -> bool:
        return self.grade is StaffGrade.HEAD

    @property
    def is_leader(self) -> bool:
        """May approve an extension, a regrading, a change of owner (R1.17, R1.20, R2.10)."""
        return self.grade is StaffGrade.LEADER

    def may_decide(self, decider: Decider) -> bool:
        """Is this member whom the charter names as `decider`?"""
        if decider is Decider.LEADER:
            return self.is_leader
        if decider is Decider.COMPANY_LEADER:
            return self.is_leader and self.department is None
        return decider is Decider.SUPERVISOR and self.grade is StaffGrade.SUPERVISOR

    def on_duty(self, *, at: datetime) -> bool:
        return any(duty.covers(at=at) for duty in self.duties)

    def shifts(self, *, on: date) -> tuple["Shift", ...]:
        """The shifts that begin on that day, the earliest first."""
        found = (Shift.of(duty, job_number=self.job_number, on=on) for duty in self.duties)
        return tuple(sorted((shift for shift in found if shift), key=lambda shift: shift.start))
