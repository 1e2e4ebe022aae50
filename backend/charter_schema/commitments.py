"""Limits, what is usual, pledges, and return visits (R1.1–R1.12, R5.1–R5.5)."""

from typing import Annotated

from pydantic import Field, model_validator

from backend.charter_schema.fields import DateOrUnknown, Entry, LimitOrEmpty, LimitText, Span, StatedEntry, Text
from backend.domain.clause import Clause, ClockStart, Limit, Pledge, Typical
from backend.domain.return_visit import KeyCustomerVisits, ReturnVisitRule, VisitAttempts, VisitMarks
from backend.domain.vocabulary import Cause, District, Grade, Mark, PromiseKind, TicketType


class ClauseFor(Entry):
    ticket: TicketType | None = None
    subjects: frozenset[str] = frozenset()
    grade: Grade | None = None
    district: District | None = None


class ClauseEntry(StatedEntry):
    label: Text
    effective_from: DateOrUnknown
    within: LimitOrEmpty
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


class About(Entry):
    ticket: TicketType
    subjects: frozenset[str] = frozenset()
    cause: Cause | None = None


class TypicalEntry(StatedEntry):
    label: Text
    text: Text
    about: About
    within: LimitText

    @model_validator(mode="after")
    def _quotes_its_figure(self) -> "TypicalEntry":
        if "{within}" not in self.text:
            raise ValueError("text must quote the figure as {within}")
        return self

    def to_domain(self, *, key: str) -> Typical:
        return Typical(
            key=key,
            label=self.label,
            rule=self.rule,
            source=self.source,
            mark=self.mark,
            text=self.text.replace("{within}", self.within.text),
            ticket_type=self.about.ticket,
            subjects=self.about.subjects,
            cause=self.about.cause,
            within=self.within,
        )


class PledgeEntry(StatedEntry):
    label: Text
    aliases: tuple[Text, ...] = ()
    text: Text

    def to_domain(self, *, key: str) -> Pledge:
        return Pledge(key=key, **dict(self))


class ReturnVisitEntry(StatedEntry):
    ticket: TicketType
    subjects: frozenset[str] = frozenset()
    percent: Annotated[int, Field(ge=1, le=100)]

    def to_domain(self) -> ReturnVisitRule:
        fields = dict(self)
        return ReturnVisitRule(ticket_type=fields.pop("ticket"), **fields)


class VisitAttemptsEntry(StatedEntry):
    times: Annotated[int, Field(ge=1)]

    def to_domain(self) -> VisitAttempts:
        return VisitAttempts(**dict(self))


class VisitMarksEntry(StatedEntry):
    content_from: Annotated[int, Field(ge=1, le=5)]

    def to_domain(self) -> VisitMarks:
        return VisitMarks(**dict(self))


class KeyCustomerVisitsEntry(StatedEntry):
    every: Span

    def to_domain(self) -> KeyCustomerVisits:
        return KeyCustomerVisits(**dict(self))
