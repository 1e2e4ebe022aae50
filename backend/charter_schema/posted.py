"""What is posted 公示 (R3.1): fees, processes, error codes, outlets, departments, changes."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from backend.charter_schema.fields import Entry, RuleNumber, SampleOrSourced, Text
from backend.domain.posted import Change, ChangeKind, Department, ErrorCode, Fee, Outlet, Process
from backend.domain.vocabulary import Need


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
    head: Text

    def to_domain(self, *, key: str) -> Department:
        return Department(key=key, **dict(self))


class ChangeEntry(SampleOrSourced):
    day: date
    kind: ChangeKind
    text: Text
    rule: RuleNumber

    def to_domain(self) -> Change:
        return Change(**dict(self))
