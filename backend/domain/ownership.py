"""First-inquiry ownership 首问负责制 (R2.1, R2.2): who answers for a matter, and that somebody always does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from backend.domain.charter import Charter, OwnerRule, StaffMember
from backend.domain.errors import NobodyOnDuty
from backend.domain.staff import Decider
from backend.domain.working_time import SHANGHAI

OpenMatters = Callable[[], Mapping[str, int]]  # by job number; asked only of equal ranks, as it counts all that is open


@dataclass(frozen=True, kw_only=True)
class Owner:
    member: StaffMember
    chosen_by: OwnerRule

    @property
    def job_number(self) -> str:
        return self.member.job_number


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch of the week without an owner on duty. `area` None: an address in no listed area. Weekdays are ISO."""

    area: str | None
    weekday: int
    start: time
    end: time  # 00:00 is the end of the day


def first_inquiry_owner(
    *,
    charter: Charter,
    at: datetime,
    area: str | None,
    agent: str | None = None,
    present: Sequence[str] = (),
    owner_of_open_matter: str | None = None,
    open_matters: OpenMatters,
) -> Owner:
    """The owner by the charter's order of rules. A job number that is no longer on the staff cannot own.

    `agent`: the agent in the conversation; `present`: others who were there, the highest in rank owns (R2.2);
    `owner_of_open_matter`: who owns the customer's open matter of the same subject; `open_matters`: how many each job
    number has. Raises NobodyOnDuty.
    """
    its_area = charter.area(area) if area else None
    find = {
        OwnerRule.AGENT: lambda: _most_senior(
            (m for m in charter.staff if m.job_number in {agent, *present}), open_matters=open_matters
        ),
        OwnerRule.OPEN_MATTER: lambda: charter.member(owner_of_open_matter or ""),
        OwnerRule.ON_DUTY: lambda: _most_senior(
            (m for m in charter.staff if area in m.areas and m.on_duty(at=at)), open_matters=open_matters
        ),
        OwnerRule.AREA_MANAGER: lambda: charter.member(its_area.manager if its_area else ""),
        OwnerRule.HEAD: lambda: _head_on_duty(charter=charter, at=at, open_matters=open_matters),
    }
    for rule in charter.operator.owner_order:
        if member := find[rule]():
            return Owner(member=member, chosen_by=rule)
    raise NobodyOnDuty


def leader_to_report_to(*, charter: Charter, at: datetime, open_matters: OpenMatters) -> StaffMember:
    """Who is told of an urgent matter at once (R2.6, R1.16): the head on duty, and in a gap of the duty times the
    most senior head. Raises NobodyOnDuty where the charter has no head.
    """
    head = _head_on_duty(charter=charter, at=at, open_matters=open_matters) or _most_senior(
        (m for m in charter.staff if m.is_head), open_matters=open_matters
    )
    if head is None:
        raise NobodyOnDuty
    return head


def leader_after_head(
    *, charter: Charter, at: datetime, department: str | None, open_matters: OpenMatters
) -> StaffMember:
    """Who is told of a late matter after the head of the window (R1.19): the leader of the handler's department, else
    the most senior leader on duty, else the most senior one. Raises NobodyOnDuty where the charter has no leader.
    """
    return who_decides(Decider.LEADER, charter=charter, at=at, department=department, open_matters=open_matters)


def who_decides(
    decider: Decider, *, charter: Charter, at: datetime, department: str | None, open_matters: OpenMatters
) -> StaffMember:
    """Of those who may decide: the head of the department, else the most senior one on duty, else the most senior.
    Raises NobodyOnDuty where the charter has nobody.
    """
    its_department = charter.department(department) if department else None
    its_head = charter.member(its_department.head) if its_department else None
    if its_head and its_head.may_decide(decider):
        return its_head
    may = [m for m in charter.staff if m.may_decide(decider)]
    on_duty = (m for m in may if m.on_duty(at=at))
    chosen = _most_senior(on_duty, open_matters=open_matters) or _most_senior(may, open_matters=open_matters)
    if chosen is None:
        raise NobodyOnDuty
    return chosen


def _head_on_duty(*, charter: Charter, at: datetime, open_matters: OpenMatters) -> StaffMember | None:
    return _most_senior((m for m in charter.staff if m.is_head and m.on_duty(at=at)), open_matters=open_matters)


def _most_senior(members: Iterable[StaffMember], *, open_matters: OpenMatters) -> StaffMember | None:
    """Highest rank (R2.2), then fewest open matters, then job number."""
    candidates = list(members)
    highest = max((m.rank for m in candidates), default=None)
    equals = [m for m in candidates if m.rank == highest]
    if len(equals) < 2:
        return next(iter(equals), None)
    counted = open_matters()
    return min(equals, key=lambda m: (counted.get(m.job_number, 0), m.job_number))


def gaps_in_duty(*, charter: Charter) -> tuple[Gap, ...]:
    """Every stretch of the week, by area, in which no one on duty would own a new matter. Empty: proved.

    Between two moments at which some duty starts or ends nothing changes, so asking at each such moment covers
    every minute. The area manager is no proof: he answers also when he is off duty.
    """
    changes = {time(0)} | {moment for m in charter.staff for duty in m.duties for moment in (duty.start, duty.end)}
    starts = sorted(changes)
    ends = [*starts[1:], time(0)]
    monday = datetime(2026, 11, 2, tzinfo=SHANGHAI)
    return tuple(
        Gap(area=area, weekday=weekday, start=start, end=end)
        for area in (None, *(listed.key for listed in charter.areas))
        for weekday in range(1, 8)
        for start, end in zip(starts, ends, strict=True)
        if not _is_attended(
            charter=charter,
            area=area,
            at=datetime.combine(monday.date() + timedelta(days=weekday - 1), start, tzinfo=SHANGHAI),
        )
    )


def _is_attended(*, charter: Charter, area: str | None, at: datetime) -> bool:
    order = charter.operator.owner_order
    return any(
        (OwnerRule.HEAD in order and m.is_head) or (OwnerRule.ON_DUTY in order and area in m.areas)
        for m in charter.staff
        if m.on_duty(at=at)
    )
