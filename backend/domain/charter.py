"""The charter 服务承诺书 of one operator: what it has promised publicly, as data. Loaded by `backend.charters`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from backend.domain.accountability import Accountability
from backend.domain.areas import Area, find_area
from backend.domain.assessment import Assessment
from backend.domain.clause import (
    KIND_LABELS,
    Clause,
    ClockStart,
    Limit,
    LimitUnit,
    NoClause,
    Pledge,
    Typical,
    why_none,
)
from backend.domain.handling import (
    Ahead,
    ComplaintHandling,
    DeemedOnTime,
    Extension,
    ForceMajeure,
    Incident,
    KeyAccounts,
    OnTheSpot,
    Opening,
    Referral,
    Supervision,
    Watch,
)
from backend.domain.posted import Change, Department, ErrorCode, Fee, Outlet, Process
from backend.domain.quiet_hours import QuietHours
from backend.domain.return_visit import KeyCustomerVisits, ReturnVisitRule, VisitAttempts, VisitMarks
from backend.domain.severity import MajorRule
from backend.domain.staff import Duty, StaffGrade, StaffMember
from backend.domain.vocabulary import Cause, District, Grade, PromiseKind, Service, TicketType

__all__ = [
    "Area",
    "Change",
    "Charter",
    "Clause",
    "ClockStart",
    "Department",
    "Duty",
    "ErrorCode",
    "Fee",
    "Limit",
    "LimitUnit",
    "MajorRule",
    "NoClause",
    "Operator",
    "Outlet",
    "OwnerRule",
    "Pledge",
    "Process",
    "ReturnVisitRule",
    "StaffGrade",
    "StaffMember",
    "Typical",
    "Wording",
]


class OwnerRule(StrEnum):
    """The steps by which a first-inquiry owner is found; the charter gives their order."""

    AGENT = "agent_in_conversation"
    OPEN_MATTER = "owner_of_open_matter"
    ON_DUTY = "on_duty_for_area"
    AREA_MANAGER = "area_manager"
    HEAD = "head_on_duty"


@dataclass(frozen=True, kw_only=True)
class Operator:
    id: str
    name: str
    short_name: str
    hotline: str
    supervision_phone: str
    area_code: str
    short_numbers: tuple[str, ...]
    services: frozenset[Service]
    closing_time: time
    owner_order: tuple[OwnerRule, ...]
    quiet_hours: QuietHours
    source: str
    samples: frozenset[str]  # the names of the fields above that are placeholders 示例


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`danger`: texts by key (general, electric_shock, fire, fallen_cable); `emergency`: e.g. {"火警": "119"};
    `forbidden`: 服务忌语 (R8.2), each with what is said instead.

    `visit`: what whoever reports a fault is told of the visit; `work_id`: what the staff show at the door (R9.2).
    """

    greeting: str
    farewell: str
    forbidden: Mapping[str, str]
    danger: Mapping[str, str]
    emergency: Mapping[str, str]
    work_id: str | None
    visit: str
    address_example: str
    urgent_subjects: frozenset[str]  # R2.6, R1.16: reported to the leader at once


@dataclass(frozen=True, kw_only=True)
class Charter:
    """A rule that is None, or a list that is empty: the operator has published none."""

    operator: Operator
    version: str
    digest: str
    commitments: tuple[Clause, ...]
    pledges: tuple[Pledge, ...]
    return_visits: tuple[ReturnVisitRule, ...]
    major_complaints: tuple[MajorRule, ...]  # empty: none is major by itself
    fees: tuple[Fee, ...]
    processes: Mapping[str, Process]
    error_codes: tuple[ErrorCode, ...]
    outlets: tuple[Outlet, ...]
    departments: tuple[Department, ...]
    areas: tuple[Area, ...]
    staff: tuple[StaffMember, ...]
    wording: Wording
    changes: tuple[Change, ...] = ()
    typical: tuple[Typical, ...] = ()
    extension: Extension | None = None
    deemed_on_time: DeemedOnTime | None = None
    force_majeure: ForceMajeure | None = None
    watch: Watch | None = None
    incident: Incident | None = None
    notice_ahead: Ahead | None = None
    reminders: Ahead | None = None
    complaint_handling: ComplaintHandling | None = None
    visit_attempts: VisitAttempts | None = None
    visit_marks: VisitMarks | None = None
    key_customer_visits: KeyCustomerVisits | None = None
    key_accounts: KeyAccounts | None = None
    referral: Referral | None = None
    opening: Opening | None = None
    on_the_spot: OnTheSpot | None = None
    supervision: Supervision | None = None
    accountability: Accountability | None = None
    assessment: Assessment | None = None

    def is_content(self, satisfaction: int | None) -> bool:
        """Whether nothing more is to be done about this mark (R5.6): none was given, or it is not below the limit."""
        return satisfaction is None or self.visit_marks is None or satisfaction >= self.visit_marks.content_from

    def clause(
        self,
        *,
        matter: TicketType,
        subject: str,
        grade: Grade | None = None,
        district: District | None = None,
        kind: PromiseKind | None = None,
        starts: ClockStart = ClockStart.ACCEPTANCE,
        cause: Cause | None = None,
    ) -> Clause | NoClause:
        """The clause of one kind (by default: settling; for a question, answering it) and start of its clock.

        Without a grade a matter is general (R1.20). Without a district, a limit that hangs on it is not guessed.
        `cause` only narrows what is told as usual where nothing is promised.
        """
        kind = kind or _main_kind(matter)
        graded = [
            clause
            for clause in self.commitments
            if clause.kind is kind
            and clause.concerns(matter=matter, subject=subject, starts=starts)
            and clause.grade in (None, grade or Grade.GENERAL)
        ]
        for clause in graded:
            if clause.district in (None, district):
                return clause
        label = self._matter_label(matter=matter, subject=subject)
        return NoClause(
            key=f"{matter}.{subject}.{kind}",
            label=label,
            kind=kind,
            reason=why_none(what=label, kind=kind, told_for=[clause.district for clause in graded], district=district),
            charter_version=self.version,
            typical=tuple(
                figure
                for figure in self.typical
                if kind is PromiseKind.SETTLE and figure.concerns(matter=matter, subject=subject, cause=cause)
            ),
        )

    def clauses(
        self, *, matter: TicketType, subject: str, grade: Grade | None = None, district: District | None = None
    ) -> tuple[Clause | NoClause, ...]:
        """One clause of each kind that the matter has a promise of, the main one always among them."""
        kinds = {c.kind for c in self.commitments if c.concerns(matter=matter, subject=subject)} | {_main_kind(matter)}
        return tuple(
            self.clause(matter=matter, subject=subject, grade=grade, district=district, kind=kind)
            for kind in KIND_LABELS
            if kind in kinds
        )

    def commitment(self, *, key: str) -> Clause:
        """The commitment of that key; KeyError where the charter has none."""
        for clause in self.commitments:
            if clause.key == key:
                return clause
        raise KeyError(key)

    def return_visit(self, *, ticket_type: TicketType, subject: str) -> ReturnVisitRule | None:
        """The rule by which such a ticket is visited after settling (R5.1–R5.3), if there is one."""
        for rule in self.return_visits:
            if rule.ticket_type is ticket_type and (not rule.subjects or subject in rule.subjects):
                return rule
        return None

    def papers(self, *, ticket_type: TicketType, subject: str) -> tuple[str, ...]:
        """What has to be handed in or shown before the clock of such a ticket starts (R1.13)."""
        process = self.processes.get(subject) if ticket_type is TicketType.ORDER else None
        return process.papers if process else ()

    def place(self, address: str) -> Area | None:
        """The area that an address lies in; None outside the listed areas – nothing is guessed then."""
        return find_area(address=address, areas=self.areas)

    def area(self, key: str) -> Area | None:
        return next((area for area in self.areas if area.key == key), None)

    def member(self, job_number: str) -> StaffMember | None:
        return next((member for member in self.staff if member.job_number == job_number), None)

    def department(self, key: str) -> Department | None:
        return next((department for department in self.departments if department.key == key), None)

    def department_of(self, job_number: str) -> Department | None:
        """Whose head is held to account for what this member lets run out (R1.19)."""
        member = self.member(job_number)
        return self.department(member.department) if member and member.department else None

    def members_of(self, department: str) -> frozenset[str]:
        """The job numbers of its members."""
        return frozenset(member.job_number for member in self.staff if member.department == department)

    def repairers_on_duty(self, *, area: str, at: datetime) -> tuple[StaffMember, ...]:
        """Who may be dispatched to a fault in that area (R1.7)."""
        return tuple(m for m in self.staff if m.repairs and area in m.areas and m.on_duty(at=at))

    def is_urgent(self, *, subject: str) -> bool:
        """Reported to the leader at once (R2.6, R1.16)."""
        return subject in self.wording.urgent_subjects

    def _matter_label(self, *, matter: TicketType, subject: str) -> str:
        process = self.processes.get(subject)
        return process.label if process else _MATTER_LABELS[matter]


def _main_kind(matter: TicketType) -> PromiseKind:
    return PromiseKind.RESPOND if matter is TicketType.QUESTION else PromiseKind.SETTLE


_MATTER_LABELS = {
    TicketType.FAULT: "故障修复",
    TicketType.COMPLAINT: "投诉",
    TicketType.ORDER: "这项业务",
    TicketType.QUESTION: "这类咨询",
}
