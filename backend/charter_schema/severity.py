"""What may stand under major_complaints 重大投诉 in charters/<operator>/commitments.yml."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from backend.charter_schema.fields import StatedEntry, Text
from backend.domain.severity import MajorRule
from backend.domain.vocabulary import Mark


class MajorRuleEntry(StatedEntry):
    mark: Mark
    label: Text
    danger: bool = False
    words: tuple[Annotated[Text, Field(min_length=2)], ...] = ()  # a single character is in everything
    money_above: Annotated[Decimal, Field(ge=0)] | None = None  # yuan
    times: Annotated[int, Field(ge=2)] | None = None
    important: bool = False  # an account of the phone is marked so in the customer data

    @model_validator(mode="after")
    def _tests_something(self) -> "MajorRuleEntry":
        if not (self.danger or self.words or self.money_above is not None or self.times or self.important):
            raise ValueError("needs danger: true, important: true, words, money_above or times")
        return self

    def to_domain(self, *, key: str) -> MajorRule:
        return MajorRule(key=key, **dict(self))
