"""The sheet of an assessment 考核 (R4.3, R7.1, R7.3): a line for each area, person and department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from backend.domain.accountability_case import Breach, Case, CaseState
from backend.domain.assessment import (
    BLAMED_LABELS,
    PLACE_LABELS,
    Assessment,
    Fault,
    FaultPay,
    PlacePay,
    Points,
)
from backend.domain.charter import Charter
from backend.domain.monthly_points import FaultOfMember, MonthOfMember, month_of
from backend.domain.performance import Cell, Figures, Load, Rate, complaint_rate, figures, load
from backend.domain.staff import StaffGrade
from backend.domain.working_time import SHANGHAI, local
from backend.messages.assessments import FaultView, LineView, PayView, SheetView
from backend.messages.supervision import rate_view
from backend.ports import Store, Tickets
from backend.ports.tallies import Span
from backend.refusals import AssessmentNotPublished
from backend.usecases.supervision import measure_of

_LOOKED_BACK: Final = timedelta(days=2 * 366)  # months running in a place, and faults within a year of the month


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
        cells = tickets.tallies.cells(accepted=Span(since=start, until=end), measure=measure_of(charter, now=now))
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
        *_areas(cells, assessment=assessment, charter=charter),
        *_people(cells, now_upheld, faults, points=points, month=since, assessment=assessment, charter=charter),
        *_departments(cells, now_upheld, assessment=assessment, charter=charter),
    ]


def _areas(cells: Sequence[Cell], *, assessment: Assessment, charter: Charter) -> list[Line]:
    lines = []
    for area in charter.areas:
        here = [cell for cell in cells if cell.area == area.key]
        lines.append(
            Line(
                whose=Whose.AREA,
                key=area.key,
                name=area.name,
                figures=figures(here, assessment=assessment),
                complaints=complaint_rate(here, households=area.households),
                load=load(area, assessment=assessment),
            )
        )
    return lines


def _people(
    cells: Sequence[Cell],
    upheld: Sequence[Case],
    faults: Sequence[FaultOfMember],
    *,
    points: Points | None,
    month: date,
    assessment: Assessment,
    charter: Charter,
) -> list[Line]:
    ranked = _ranked(charter, points) if points else frozenset()
    lines = []
    for member in charter.staff:
        number = member.job_number
        found = figures((cell for cell in cells if cell.handler == number), assessment=assessment)
        lines.append(
            Line(
                whose=Whose.PERSON,
                key=number,
                name=member.role,
                figures=found,
                complaints=Rate(part=sum(case.answerable == number for case in upheld), of=found.tickets),
                month=month_of(number, month=month, points=points, members=ranked, faults=faults)
                if points and number in ranked
                else None,
            )
        )
    return lines


def _departments(
    cells: Sequence[Cell], upheld: Sequence[Case], *, assessment: Assessment, charter: Charter
) -> list[Line]:
    lines = []
    for department in charter.departments:
        members = charter.members_of(department.key)
        found = figures((cell for cell in cells if cell.handler in members), assessment=assessment)
        lines.append(
            Line(
                whose=Whose.DEPARTMENT,
                key=department.key,
                name=department.name,
                figures=found,
                complaints=Rate(part=sum(case.department == department.key for case in upheld), of=found.tickets),
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


def _faults(tickets: Tickets, upheld: Sequence[Case], *, first: date, last: date) -> list[FaultOfMember]:
    recorded = tickets.faults.within(first=first, last=last)
    return [
        *(FaultOfMember(member=each.member, fault=each.fault, on=each.on, note=each.note) for each in recorded),
        *(
            FaultOfMember(
                member=case.answerable,
                fault=Fault.QUARREL_OR_COMPLAINT,
                on=local(case.opened_at).date(),
                note=case.what,
                ticket=case.ticket,
            )
            for case in upheld
        ),
    ]


def sheet(*, since: date, until: date, charter: Charter, store: Store, now: datetime) -> SheetView:
    """Refuses with AssessmentNotPublished."""
    assessment = charter.assessment
    if assessment is None:
        raise AssessmentNotPublished
    lines = assess(since=since, until=until, assessment=assessment, charter=charter, store=store, now=now)
    return SheetView(
        since=since,
        until=until,
        rule=assessment.rule,
        source=assessment.source,
        steps=assessment.steps,
        awards=assessment.awards,
        lines=tuple(_line_view(line, points=assessment.points) for line in lines),
    )


def _line_view(line: Line, *, points: Points | None) -> LineView:
    found, load_, month = line.figures, line.load, line.month
    return LineView(
        whose=line.whose.value,
        key=line.key,
        name=line.name,
        tickets=found.tickets,
        on_time=rate_view(found.on_time),
        replied=rate_view(found.replied) if found.replied else None,
        satisfied=rate_view(found.satisfied),
        complaints=rate_view(line.complaints),
        households_each=load_.each if load_ else None,
        households_norm=load_.norm if load_ else None,
        points=month.points if month else None,
        place=month.place if month else None,
        yuan=month.yuan if month else None,
        consequences=month.consequences if month else (),
        faults=tuple(_fault_view(each, points) for each in month.faults) if month and points else (),
        paid=tuple(_pay_view(each) for each in month.paid) if month else (),
    )


def _fault_view(found: FaultOfMember, points: Points) -> FaultView:
    return FaultView(
        on=found.on,
        what=BLAMED_LABELS[found.fault],
        note=found.note,
        points=points.taken_for(found.fault),
        ticket=str(found.ticket) if found.ticket else None,
    )


def _pay_view(pay: PlacePay | FaultPay) -> PayView:
    if isinstance(pay, PlacePay):
        running = f"连续 {pay.months} 个月" if pay.months > 1 else "本月"
        return PayView(why=f"{running}{PLACE_LABELS[pay.place]}", yuan=pay.yuan, consequence=pay.consequence)
    from_then_on = f"{BLAMED_LABELS[pay.fault]}，一年内第 {pay.times} 次起"
    return PayView(why=from_then_on, yuan=pay.yuan, consequence=pay.consequence)
