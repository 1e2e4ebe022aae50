"""The types of single fields: limits, spans, times, weekdays, dates, and what they must look like.

And the entries that others build on: `Entry` has just the fields it names, `StatedEntry` names rule, source and mark,
`SampleOrSourced` its source or `sample: true`.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from backend.domain.clause import Limit, LimitUnit
from backend.domain.vocabulary import Mark


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RuleNumber = Annotated[str, StringConstraints(pattern=r"^R\d+\.\d+$")]


class StatedEntry(Entry):
    """`to_domain` gives what it becomes in the domain."""

    to_domain: ClassVar[Callable[..., Any]]
    rule: RuleNumber
    source: Text
    mark: Mark = Mark.SOURCE


class SampleOrSourced(Entry):
    source: Text | None = None
    sample: bool = False

    @model_validator(mode="after")
    def _says_where_from(self) -> "SampleOrSourced":
        if not self.sample and not self.source:
            raise ValueError("needs a source, or sample: true")
        return self


WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}


def _limit(value: object) -> object:
    match = re.fullmatch(r"([1-9]\d*) (minutes|hours|working days)", str(value))
    if not match:
        raise ValueError("must be like '24 hours', '5 working days' or '20 minutes'")
    return Limit(amount=int(match[1]), unit=LimitUnit(match[2].replace(" ", "_")))


def _limit_or_none(value: object) -> object:
    return None if value is None else _limit(value)


def _span(value: object) -> object:
    match = re.fullmatch(r"([1-9]\d*) (minutes|hours|days)", str(value))
    if not match:
        raise ValueError("must be like '30 minutes', '24 hours' or '7 days'")
    return timedelta(**{match[2]: int(match[1])})


def _clock_time(value: object) -> object:
    match = re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)", value) if isinstance(value, str) else None
    if not match or (match[1] == "24" and match[2] != "00"):
        raise ValueError("must be a time in quotes, like '17:30'")
    return time(int(match[1]) % 24, int(match[2]))


def _weekdays(value: object) -> object:
    match = re.fullmatch(r"([a-z]{3})(?:-([a-z]{3}))?", str(value))
    first, last = (WEEKDAYS.get(match[1]), WEEKDAYS.get(match[2] or match[1])) if match else (None, None)
    if first is None or last is None or first > last:
        raise ValueError("must be like 'mon-fri' or 'sat'")
    return frozenset(range(first, last + 1))


def _known_date(value: object) -> object:
    return None if value == "unknown" else value


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Span = Annotated[timedelta, BeforeValidator(_span)]
LimitText = Annotated[Limit, BeforeValidator(_limit)]
LimitOrEmpty = Annotated[Limit | None, BeforeValidator(_limit_or_none)]
Weekdays = Annotated[frozenset[int], BeforeValidator(_weekdays)]
DateOrUnknown = Annotated[date | None, BeforeValidator(_known_date)]
