"""Accountability 责任追究 and assessment 考核 (R6.1–R6.6, R4.1, R4.3, R7.1, R7.2)."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, field_validator

from backend.charter_schema.fields import Entry, Span, StatedEntry, Text
from backend.domain import assessment
from backend.domain.accountability import Accountability, Answerable, CarriedOut, Gravity, Heavier, Lighter
from backend.domain.staff import Decider
from backend.domain.vocabulary import AreaLevel

Positive = Annotated[int, Field(ge=1)]


class AccountabilityEntry(StatedEntry):
    grounds: tuple[Text, ...] = ()
    decided_by: dict[Answerable, tuple[Decider, ...]]
    measures: dict[Gravity, tuple[Text, ...]] = Field(default_factory=dict)
    heavier: dict[Heavier, Text] = Field(default_factory=dict)
    repeated_in_a_year: Annotated[int, Field(ge=2)] | None = None
    lighter: dict[Lighter, Text] = Field(default_factory=dict)
    heard_first: bool
    carried_out: CarriedOut
    circular: Text | None = None

    @field_validator("decided_by")
    @classmethod
    def _by_somebody(cls, decided_by: dict[Answerable, tuple[Decider, ...]]) -> dict[Answerable, tuple[Decider, ...]]:
        for answerable in Answerable:
            deciders = decided_by.get(answerable, ())
            if not deciders or Decider.CUSTOMER_WISH in deciders:
                raise ValueError(f"needs for {answerable} who of the staff decides")
        return decided_by

    def to_domain(self) -> Accountability:
        return Accountability(**dict(self))


class IndicatorEntry(Entry):
    label: Text
    within: Span | None = None
    target: Annotated[Decimal, Field(ge=0)] | None = None


class HouseholdsEntry(StatedEntry):
    households: dict[AreaLevel, Positive]

    def to_domain(self) -> assessment.HouseholdsPerPerson:
        return assessment.HouseholdsPerPerson(**dict(self))


class CategoryEntry(Entry):
    label: Text
    points: Positive


class DeductionEntry(Entry):
    category: Text
    points: Positive


class PlacePayEntry(Entry):
    place: assessment.Place
    months: Positive
    yuan: int
    consequence: Text | None = None


class FaultPayEntry(Entry):
    fault: assessment.Fault
    times: Positive = 1
    yuan: int
    consequence: Text | None = None


class PointsEntry(StatedEntry):
    categories: dict[Text, CategoryEntry]
    deductions: dict[assessment.Fault, DeductionEntry]
    place_pay: tuple[PlacePayEntry, ...]
    fault_pay: tuple[FaultPayEntry, ...]
    heads_apart: bool

    @field_validator("deductions")
    @classmethod
    def _from_a_category(cls, deductions: dict[Any, DeductionEntry], info: Any) -> dict[Any, DeductionEntry]:
        for fault, deduction in deductions.items():
            if deduction.category not in info.data.get("categories", ()):
                raise ValueError(f"{fault}: {deduction.category} is not among the categories")
        return deductions

    def to_domain(self) -> assessment.Points:
        return assessment.Points(
            rule=self.rule,
            source=self.source,
            mark=self.mark,
            categories=tuple(assessment.Category(key=key, **dict(entry)) for key, entry in self.categories.items()),
            deductions=tuple(
                assessment.Deduction(fault=fault, **dict(entry)) for fault, entry in self.deductions.items()
            ),
            place_pay=tuple(assessment.PlacePay(**dict(entry)) for entry in self.place_pay),
            fault_pay=tuple(assessment.FaultPay(**dict(entry)) for entry in self.fault_pay),
            heads_apart=self.heads_apart,
        )


class AssessmentEntry(StatedEntry):
    steps: tuple[Text, ...]
    indicators: dict[assessment.Measured, IndicatorEntry] = Field(default_factory=dict)
    awards: tuple[Text, ...] = ()
    points: PointsEntry | None = None
    households_per_person: HouseholdsEntry | None = None

    def to_domain(self) -> assessment.Assessment:
        return assessment.Assessment(
            rule=self.rule,
            source=self.source,
            mark=self.mark,
            steps=self.steps,
            indicators=tuple(
                assessment.Indicator(measured=measured, **dict(entry)) for measured, entry in self.indicators.items()
            ),
            awards=self.awards,
            points=self.points.to_domain() if self.points else None,
            households_per_person=self.households_per_person.to_domain() if self.households_per_person else None,
        )
