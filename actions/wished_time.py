"""A time the customer wishes to be visited at, read from Chinese date phrases."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta

with warnings.catch_warnings():  # the package's own sources warn while they are compiled
    warnings.simplefilter("ignore", SyntaxWarning)
    from recognizers_date_time import Culture, recognize_datetime

from actions.spoken import SHANGHAI

_WISHING = re.compile(r"来|上门|过来|在家|方便|有空|有时间|没空|约|派人|再修")


def is_wished(text: str) -> bool:
    """Whether a time in this sentence is one to come at, not one since when something is broken."""
    return _WISHING.search(text) is not None


def read_time(phrase: str, *, at: datetime) -> datetime | None:
    """The first moment after `at` that the phrase may mean, aware; None where it names none that can be computed."""
    now = at.astimezone(SHANGHAI)
    moments = [
        moment
        for found in recognize_datetime(phrase, Culture.Chinese, reference=now.replace(tzinfo=None))
        for value in (found.resolution or {}).get("values", ())
        if (moment := _moment(value, now=now)) is not None
    ]
    return min((moment for moment in moments if moment > now), default=None)


def _moment(value: dict[str, str], *, now: datetime) -> datetime | None:
    text = value.get("start") or value.get("value") or ""
    match value["type"]:
        case "datetime" | "datetimerange":
            return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        case "date" | "daterange":
            # A bare day is wished from its morning on; today's is already under way.
            return datetime.combine(date.fromisoformat(text), time(8), tzinfo=SHANGHAI)
        case "time" | "timerange":
            clock = time.fromisoformat(text)
            today = datetime.combine(now.date(), clock, tzinfo=SHANGHAI)
            return today if today > now else today + timedelta(days=1)
        case _:
            return None
