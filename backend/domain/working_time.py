"""Working time 工作时间: what a day is, and how a limit is counted (R1.14).

Hour limits run round the clock. Working-day limits leave out the day of the start and end with the close of
business on the last day. Days are days in Asia/Shanghai. A year whose holiday notice is not known is never
counted silently: its days are UNKNOWN, and a count that meets one is provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """`at` in Asia/Shanghai. A naive datetime is a mistake of the caller: ValueError."""
    if at.tzinfo is None:
        raise ValueError("naive datetime: give it a time zone")
    return at.astimezone(SHANGHAI)


class DayKind(StrEnum):
    WORKING = "working"  # 工作日
    REST = "rest"  # 休息日
    UNKNOWN = "unknown"  # the year's notice is not known


@dataclass(frozen=True, kw_only=True)
class Day:
    """What one date is, and why (Chinese, ready to show). `expected_working`: the best guess for an UNKNOWN day."""

    kind: DayKind
    why: str
    expected_working: bool


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The State Council's calendar as a value.

    `days_off` and `make_up_days` name the days that differ from Monday to Friday, with the reason. In a year outside
    `known_years` the days off are the statutory holidays, which are certain whatever the notice says.
    """

    name: str
    known_years: frozenset[int]
    days_off: Mapping[date, str] = field(repr=False)
    make_up_days: Mapping[date, str] = field(repr=False)

    def day(self, on: date) -> Day:
        if on in self.days_off:
            return Day(kind=DayKind.REST, why=self.days_off[on], expected_working=False)
        if on in self.make_up_days:
            return Day(kind=DayKind.WORKING, why=self.make_up_days[on], expected_working=True)
        weekday = on.isoweekday() <= 5
        if on.year not in self.known_years:
            why = f"{on.year} 年放假通知尚未收录，暂按{'工作日' if weekday else '周末'}算"
            return Day(kind=DayKind.UNKNOWN, why=why, expected_working=weekday)
        if weekday:
            return Day(kind=DayKind.WORKING, why="工作日", expected_working=True)
        return Day(kind=DayKind.REST, why="周末", expected_working=False)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One day of a count: counted or left out, and why."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Count:
    """The outcome of a count. `due` in UTC; `unknown_years`: those whose notice is not known yet."""

    due: datetime
    steps: tuple[Step, ...]
    unknown_years: tuple[int, ...] = ()


def count_elapsed(*, start: datetime, elapsed: timedelta) -> Count:
    """Round the clock from the start, holidays or not (R1.14; Civil Code article 201)."""
    due = start.astimezone(UTC) + elapsed
    first, last = local(start).date(), local(due).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Count(due=due, steps=tuple(Step(date=day, counted=True, why="按小时连续计时，不分节假日") for day in days))


def count_working_days(*, start: datetime, days: int, calendar: Calendar, closing_time: time) -> Count:
    """`days` working days after the day of the start, until the close of business on the last (R1.14)."""
    if days < 1:
        raise ValueError("a working-day limit is at least one day")
    on = local(start).date()
    steps = [Step(date=on, counted=False, why="受理当日不计")]
    unknown_years = set()
    while days:
        on += timedelta(days=1)
        day = calendar.day(on)
        steps.append(Step(date=on, counted=day.expected_working, why=day.why))
        if day.kind is DayKind.UNKNOWN:
            unknown_years.add(on.year)
        days -= day.expected_working
    due = datetime.combine(on, closing_time, tzinfo=SHANGHAI).astimezone(UTC)
    return Count(due=due, steps=tuple(steps), unknown_years=tuple(sorted(unknown_years)))
