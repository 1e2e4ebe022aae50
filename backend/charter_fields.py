"""The types of single fields in charters/<operator>/: limits, times, weekdays, dates, and what they must look like.

And `Entry`, which has just the fields it names.
"""

import re
from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from backend.domain.charter import Limit, LimitUnit


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RuleNumber = Annotated[str, StringConstraints(pattern=r"^R\d+\.\d+$")]
WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}


def _limit(value: object) -> object:
    if value is None or isinstance(value, Limit):
        return value
    match = re.fullmatch(r"([1-9]\d*) (minutes|hours|working days)", str(value))
    if not match:
        raise ValueError("must be like '24 hours', '5 working days' or '20 minutes'")
    return Limit(amount=int(match[1]), unit=LimitUnit(match[2].replace(" ", "_")))


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
LimitText = Annotated[Limit | None, BeforeValidator(_limit)]
Weekdays = Annotated[frozenset[int], BeforeValidator(_weekdays)]
DateOrUnknown = Annotated[date | None, BeforeValidator(_known_date)]
