"""The sheet of an assessment 考核 (R4.3, R7.1, R7.3): a line for each area, person and department."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Final

from backend.domain.accountability_case import Breach, Case, CaseState
from backend.domain.assessment import Assessment, Fault, Points
from backend.domain.charter import Charter
from backend.domain.monthly_points import FaultOfMember, MonthOfMember, month_of
from backend.domain.performance import Figures, Load, Rate, Work, complaint_rate, figures, load
from backend.domain.staff import StaffGrade
from backend.domain.vocabulary import TicketStatus
from backend.domain.working_time import SHANGHAI, local
from backend.ports import Criterion, Entry, Event, Order, Page, Store, Tickets

_ANSWERS: Final = frozenset({Event.RESPONDED, Event.CONTACTED})
_LOOKED_BACK: Final = timedelta(days=2 * 366)  # months running in a place, and faults within a year of the month
_AT_A_TIME: Final = 1000  # tickets; databases limit how many one question may name


class Whose(StrEnum):
    AREA = "area"
    PERSON = "person"
    DEPARTMENT = "department"


@dataclass(frozen=True, kw_only=True)
class Line:
    """`complaints`: of an area, to its households; else those upheld, to the tickets handled. `load` is an area's,
    `month` a ranked person's in a month."""

    whose: Whose
    key: str
    name: str
    figures: Figures
    complaints: Rate
    load: Load | None = None
    month: MonthOfMember | None = None


def assess(
    *, since: date, until: date, assessment: Assessment, charter: Charter, store: Store, now: datetime
) -> list[Line]:
    """Of the tickets accepted from `since` to before `until`. Points are a month's: in a longer span there are none."""
    start, end = (datetime.combine(day, time(), tzinfo=SHANGHAI) for day in (since, until))
    with store.reading() as tickets:
        work = _work(tickets, since=start, until=end)
        upheld = [
            case
            for case in tickets.cases.opened_within(since=start - _LOOKED_BACK, until=end)
            if case.breach is Breach.COMPLAINT and case.state is CaseState.DECIDED
        ]
        faults = _faults(tickets, upheld, first=since - _LOOKED_BACK, last=until - timedelta(days=1))
    now_upheld = [case for case in upheld if start <= case.opened_at < end]
    is_a_month = (until - timedelta(days=1)).replace(day=1) == since
    points = assessment.points if is_a_month else None
    return [
        *_areas(work, assessment=assessment, charter=charter, now=now),
        *_people(work, now_upheld, faults, points=points, month=since, assessment=assessment, charter=charter, now=now),
        *_departments(work, now_upheld, assessment=assessment, charter=charter, now=now),
    ]


def _areas(work: Sequence[Work], *, assessment: Assessment, charter: Charter, now: datetime) -> list[Line]:
    lines = []
    for area in charter.areas:
        here = [each for each in work if each.ticket.area == area.key]
        lines.append(
            Line(
                whose=Whose.AREA,
                key=area.key,
                name=area.name,
                figures=figures(here, assessment=assessment, now=now),
                complaints=complaint_rate(here, households=area.households),
                load=load(area, assessment=assessment),
            )
        )
    return lines


def _people(
    work: Sequence[Work],
    upheld: Sequence[Case],
    faults: Sequence[FaultOfMember],
    *,
    points: Points | None,
    month: date,
    assessment: Assessment,
    charter: Charter,
    now: datetime,
) -> list[Line]:
    ranked = _ranked(charter, points) if points else frozenset()
    lines = []
    for member in charter.staff:
        number = member.job_number
        theirs = [each for each in work if each.ticket.handler == number]
        lines.append(
            Line(
                whose=Whose.PERSON,
                key=number,
                name=member.role,
                figures=figures(theirs, assessment=assessment, now=now),
                complaints=Rate(part=sum(case.answerable == number for case in upheld), of=len(theirs)),
                month=month_of(number, month=month, points=points, members=ranked, faults=faults)
                if points and number in ranked
                else None,
            )
        )
    return lines


def _departments(
    work: Sequence[Work], upheld: Sequence[Case], *, assessment: Assessment, charter: Charter, now: datetime
) -> list[Line]:
    lines = []
    for department in charter.departments:
        members = {member.job_number for member in charter.staff if member.department == department.key}
        theirs = [each for each in work if each.ticket.handler in members]
        lines.append(
            Line(
                whose=Whose.DEPARTMENT,
                key=department.key,
                name=department.name,
                figures=figures(theirs, assessment=assessment, now=now),
                complaints=Rate(part=sum(case.department == department.key for case in upheld), of=len(theirs)),
            )
        )
    return lines


def _ranked(charter: Charter, points: Points) -> frozenset[str]:
    """Heads are judged apart, where the charter says so."""
    heads = {department.head for department in charter.departments}
    return frozenset(
        member.job_number
        for member in charter.staff
        if not points.heads_apart or (member.grade is StaffGrade.AGENT and member.job_number not in heads)
    )


def _work(tickets: Tickets, *, since: datetime, until: datetime) -> list[Work]:
    criteria = [
        Criterion(attributes=("accepted_at",), operator="gte", values=(since,)),
        Criterion(attributes=("accepted_at",), operator="lt", values=(until,)),
    ]
    marks = tickets.visits.marks(since=since, until=until)
    return [
        Work(
            ticket=filed.ticket,
            answered_at=_answered_at(page.history[filed.ticket.number]),
            marks=tuple(marks.get(filed.ticket.number, ())),
        )
        for page in _pages(tickets, criteria)
        for filed in page.filed
    ]


def _pages(tickets: Tickets, criteria: Sequence[Criterion]) -> Iterator[Page]:
    for offset in count(step=_AT_A_TIME):
        by_number = [Order(attribute="number")]
        page = tickets.search(criteria=criteria, order=by_number, offset=offset, limit=_AT_A_TIME)
        yield page
        if offset + _AT_A_TIME >= page.total:
            return


def _answered_at(history: Collection[Entry]) -> datetime | None:
    """From the audit: a reopened ticket has forgotten its first answer."""
    return min((e.at for e in history if e.event in _ANSWERS or e.status is TicketStatus.RESOLVED), default=None)


def _faults(tickets: Tickets, upheld: Sequence[Case], *, first: date, last: date) -> list[FaultOfMember]:
    recorded = tickets.faults.within(first=first, last=last)
    return [
        *(FaultOfMember(member=each.member, fault=each.fault, on=each.on) for each in recorded),
        *(
            FaultOfMember(member=case.answerable, fault=Fault.QUARREL_OR_COMPLAINT, on=local(case.opened_at).date())
            for case in upheld
        ),
    ]
