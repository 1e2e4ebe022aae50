"""The nine files of a charter. What a file may leave out, the operator has not published."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from backend.charter_schema.commitments import (
    ClauseEntry,
    KeyCustomerVisitsEntry,
    PledgeEntry,
    ReturnVisitEntry,
    TypicalEntry,
    VisitAttemptsEntry,
    VisitMarksEntry,
)
from backend.charter_schema.fields import ClockTime, Entry, StatedEntry, Text
from backend.charter_schema.handling import (
    AheadEntry,
    ComplaintHandlingEntry,
    DeemedOnTimeEntry,
    ExtensionEntry,
    ForceMajeureEntry,
    IncidentEntry,
    KeyAccountsEntry,
    OnTheSpotEntry,
    OpeningEntry,
    ReferralEntry,
    SupervisionEntry,
    WatchEntry,
)
from backend.charter_schema.people import AreaEntry, StaffEntry
from backend.charter_schema.performance import AccountabilityEntry, AssessmentEntry
from backend.charter_schema.posted import (
    ChangeEntry,
    DepartmentEntry,
    ErrorCodeEntry,
    FeeEntry,
    OutletEntry,
    ProcessEntry,
)
from backend.charter_schema.severity import MajorRuleEntry
from backend.domain.charter import Operator, OwnerRule, Wording
from backend.domain.danger import GENERAL
from backend.domain.quiet_hours import QuietHours
from backend.domain.vocabulary import Mark, Service


class QuietHoursEntry(Entry):
    """No source speaks of them: the operator's own."""

    begin: ClockTime = Field(alias="from")
    end: ClockTime = Field(alias="until")
    evening: ClockTime
    morning: ClockTime
    source: Text
    mark: Literal[Mark.CONFIGURED]

    @model_validator(mode="after")
    def _the_day_lies_between(self) -> "QuietHoursEntry":
        if not self.end <= self.morning <= self.evening < self.begin:
            raise ValueError("must be so that until, morning, evening, from follow one another in a day")
        return self

    def to_domain(self) -> QuietHours:
        return QuietHours(**dict(self))


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
    quiet_hours: QuietHoursEntry
    source: Text
    samples: frozenset[Literal["hotline", "supervision_phone", "closing_time"]] = frozenset()

    def to_domain(self) -> Operator:
        fields = dict(self)
        del fields["version"]
        return Operator(quiet_hours=fields.pop("quiet_hours").to_domain(), **fields)


class CommitmentsFile(Entry):
    commitments: dict[Text, ClauseEntry]
    typical: dict[Text, TypicalEntry] = Field(default_factory=dict)
    pledges: dict[Text, PledgeEntry]
    return_visits: tuple[ReturnVisitEntry, ...]
    major_complaints: dict[Text, MajorRuleEntry] = Field(default_factory=dict)
    extension: ExtensionEntry | None = None
    deemed_on_time: DeemedOnTimeEntry | None = None
    force_majeure: ForceMajeureEntry | None = None
    watch: WatchEntry | None = None
    incident: IncidentEntry | None = None
    notice_ahead: AheadEntry | None = None
    reminders: AheadEntry | None = None
    complaint_handling: ComplaintHandlingEntry | None = None
    visit_attempts: VisitAttemptsEntry | None = None
    visit_marks: VisitMarksEntry | None = None
    key_customer_visits: KeyCustomerVisitsEntry | None = None
    key_accounts: KeyAccountsEntry | None = None
    referral: ReferralEntry | None = None
    opening: OpeningEntry | None = None
    on_the_spot: OnTheSpotEntry | None = None
    supervision: SupervisionEntry | None = None
    accountability: AccountabilityEntry | None = None
    assessment: AssessmentEntry | None = None

    def rules(self) -> dict[str, Any]:
        """The rules that are there, by the name that they bear here as in the domain's charter."""
        return {name: entry.to_domain() for name, entry in self if isinstance(entry, StatedEntry)}


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
    changes: tuple[ChangeEntry, ...] = ()


class StaffFile(Entry):
    staff: dict[Text, StaffEntry]


class WordingFile(Entry):
    greeting: Text
    farewell: Text
    forbidden: dict[Text, Text]
    danger: dict[Text, Text]
    emergency: dict[Text, Text]
    work_id: Text | None = None
    visit: Text
    address_example: Text
    urgent_subjects: frozenset[Text]

    @field_validator("danger")
    @classmethod
    def _has_a_text_for_any_danger(cls, danger: dict[str, str]) -> dict[str, str]:
        if GENERAL not in danger:
            raise ValueError(f"needs a text for {GENERAL}")
        return danger

    def to_domain(self) -> Wording:
        return Wording(**dict(self))
