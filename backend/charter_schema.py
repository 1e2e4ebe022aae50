"""What may stand in the files of charters/<operator>/, as pydantic models that turn into the domain's entries.

A figure without its rule and source, or a member of staff without a source, is invalid; a placeholder says
`sample: true`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from backend.charter_fields import ClockTime, DateOrUnknown, Entry, LimitText, RuleNumber, Text, Weekdays
from backend.charter_severity import MajorRuleEntry
from backend.domain.charter import (
    Area,
    Clause,
    ClockStart,
    Department,
    Duty,
    ErrorCode,
    Fee,
    Limit,
    Operator,
    Outlet,
    OwnerRule,
    Pledge,
    Process,
    ReturnVisitRule,
    StaffMember,
    Wording,
)
from backend.domain.danger import GENERAL
from backend.domain.vocabulary import District, Grade, Mark, Need, PromiseKind, Service, TicketType


class SampleOrSourced(Entry):
    source: Text | None = None
    sample: bool = False

    @model_validator(mode="after")
    def _says_where_from(self) -> "SampleOrSourced":
        if not self.sample and not self.source:
            raise ValueError("needs a source, or sample: true")
        return self


class ClauseFor(Entry):
    ticket: TicketType | None = None
    subjects: frozenset[str] = frozenset()
    grade: Grade | None = None
    district: District | None = None


class ClauseEntry(Entry):
    label: Text
    rule: RuleNumber
    source: Text
    mark: Mark = Mark.SOURCE
    effective_from: DateOrUnknown
    within: LimitText
    promise: PromiseKind
    starts: ClockStart = ClockStart.ACCEPTANCE
    matter: ClauseFor = Field(alias="for")
    remark: Text | None = None

    @model_validator(mode="after")
    def _only_configured_may_be_empty(self) -> "ClauseEntry":
        if self.within is None and self.mark is not Mark.CONFIGURED:
            raise ValueError("within may only be empty where mark is configured")
        return self

    def to_domain(self, *, key: str, limit: Limit, version: str) -> Clause:
        return Clause(
            key=key,
            label=self.label,
            rule=self.rule,
            source=self.source,
            mark=self.mark,
            kind=self.promise,
            limit=limit,
            starts=self.starts,
            ticket_type=self.matter.ticket,
            subjects=self.matter.subjects,
            grade=self.matter.grade,
            district=self.matter.district,
            effective_from=self.effective_from,
            remark=self.remark,
            charter_version=version,
        )


class PledgeEntry(Entry):
    label: Text
    aliases: tuple[Text, ...] = ()
    text: Text
    rule: RuleNumber
    source: Text
    mark: Mark = Mark.SOURCE

    def to_domain(self, *, key: str) -> Pledge:
        return Pledge(key=key, **dict(self))


class ReturnVisitEntry(Entry):
    ticket: TicketType
    subjects: frozenset[str] = frozenset()
    percent: Annotated[int, Field(ge=1, le=100)]
    rule: RuleNumber
    source: Text

    def to_domain(self) -> ReturnVisitRule:
        fields = dict(self)
        return ReturnVisitRule(ticket_type=fields.pop("ticket"), **fields)


class FeeEntry(SampleOrSourced):
    label: Text
    aliases: tuple[Text, ...] = ()
    price: Annotated[Decimal, Field(ge=0)] | None
    unit: Text
    text: Text
    rule: RuleNumber
    as_of: Text | None = None
    note: Text | None = None
    suits: frozenset[Need] = frozenset()

    @model_validator(mode="after")
    def _quotes_its_price(self) -> "FeeEntry":
        if self.price and "{price}" not in self.text:
            raise ValueError("text must quote the price as {price}")
        if self.price is not None and not self.sample and not self.as_of:
            raise ValueError("a price needs as_of, the year or month of its publication")
        return self

    def to_domain(self, *, key: str) -> Fee:
        fields = dict(self)
        fields["text"] = self.text.replace("{price}", "" if self.price is None else f"{self.price:f}")
        fields["source"], fields["as_of"] = self.source or "", self.as_of or ""
        return Fee(key=key, **fields)


class ProcessEntry(SampleOrSourced):
    label: Text
    aliases: tuple[Text, ...] = ()
    steps: tuple[Text, ...]
    materials: tuple[Text, ...]
    papers: tuple[Text, ...] = ()
    rule: RuleNumber
    as_of: Text | None = None
    note: Text | None = None

    def to_domain(self, *, key: str) -> Process:
        fields = dict(self)
        fields["source"] = self.source or ""
        return Process(key=key, **fields)


class ErrorCodeEntry(Entry):
    meaning: Text
    source: Text
    as_of: Text | None = None

    def to_domain(self, *, code: str) -> ErrorCode:
        return ErrorCode(code=code, **dict(self))


class OutletEntry(SampleOrSourced):
    name: Text
    district: Text
    address: Text
    phone: Text
    hours: Text

    def to_domain(self) -> Outlet:
        return Outlet(**dict(self))


class DepartmentEntry(SampleOrSourced):
    name: Text
    handles: tuple[Text, ...]
    place: Text
    phone: Text

    def to_domain(self, *, key: str) -> Department:
        return Department(key=key, **dict(self))


class AreaEntry(SampleOrSourced):
    name: Text
    city: Text
    aliases: tuple[Text, ...]
    elsewhere: tuple[Text, ...] = ()
    district: District
    manager: Text
    households: Annotated[int, Field(ge=1)]

    def to_domain(self, *, key: str) -> Area:
        return Area(key=key, **dict(self))


class DutyEntry(Entry):
    weekdays: Weekdays
    start: ClockTime
    end: ClockTime


class StaffEntry(SampleOrSourced):
    role: Text
    rank: Annotated[int, Field(ge=1)]
    phone: Text
    areas: tuple[Text, ...] = ()
    duties: tuple[DutyEntry, ...]
    head: bool = False

    def to_domain(self, *, job_number: str) -> StaffMember:
        fields: dict[str, Any] = dict(self)
        fields["duties"] = tuple(Duty(**dict(duty)) for duty in self.duties)
        fields["is_head"] = fields.pop("head")
        return StaffMember(job_number=job_number, **fields)


class OperatorFile(Entry):
    id: Text
    version: date
    name: Text
    short_name: Text
    hotline: Text
    supervision_phone: Text
    area_code: Annotated[str, StringConstraints(pattern=r"^0\d{2,3}$")]
    short_numbers: tuple[Text, ...]
    services: frozenset[Service]
    closing_time: ClockTime
    owner_order: tuple[OwnerRule, ...]
    source: Text
    samples: frozenset[Literal["hotline", "supervision_phone", "closing_time"]] = frozenset()

    def to_domain(self) -> Operator:
        fields = dict(self)
        del fields["version"]
        return Operator(**fields)


class CommitmentsFile(Entry):
    commitments: dict[Text, ClauseEntry]
    pledges: dict[Text, PledgeEntry]
    return_visits: tuple[ReturnVisitEntry, ...]
    major_complaints: dict[Text, MajorRuleEntry] = Field(default_factory=dict)


class FeesFile(Entry):
    fees: dict[Text, FeeEntry]


class ProcessesFile(Entry):
    processes: dict[Text, ProcessEntry]
    error_codes: dict[Text, ErrorCodeEntry] = Field(default_factory=dict)


class OutletsFile(Entry):
    outlets: tuple[OutletEntry, ...]


class DepartmentsFile(Entry):
    departments: dict[Text, DepartmentEntry]


class AreasFile(Entry):
    areas: dict[Text, AreaEntry]


class StaffFile(Entry):
    staff: dict[Text, StaffEntry]


class WordingFile(Entry):
    greeting: Text
    farewell: Text
    forbidden: tuple[Text, ...]
    danger: dict[Text, Text]
    emergency: dict[Text, Text]
    work_id: Text
    urgent_subjects: frozenset[Text]

    @field_validator("danger")
    @classmethod
    def _has_a_text_for_any_danger(cls, danger: dict[str, str]) -> dict[str, str]:
        if GENERAL not in danger:
            raise ValueError(f"needs a text for {GENERAL}")
        return danger

    def to_domain(self) -> Wording:
        return Wording(**dict(self))
