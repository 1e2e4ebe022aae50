"""A promise computed from scratch: from its clause, the charter version and the calendar that it was made under."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from backend.charter_book import CharterBook
from backend.domain.promise import Promise, promise
from backend.domain.working_time import Calendar, local


@dataclass(frozen=True, kw_only=True)
class Recount:
    """`counted`: what it comes to; None where nothing is to be counted. `problem`: why the stored one is not it."""

    stored: Promise
    counted: Promise | None
    problem: str | None


def recount(
    stored: Promise, *, extended_to: Collection[datetime], charters: CharterBook, calendar: Calendar
) -> Recount:
    """`extended_to`: the due times approved for its clause (R1.17). An earlier one may have been told (R1.20)."""
    if stored.limit is None or stored.due is None:
        return Recount(stored=stored, counted=None, problem=None)
    charter = charters.on(date.fromisoformat(stored.charter_version))
    clause = next((each for each in charter.commitments if each.key == stored.clause), None)
    if clause is None or charter.version != stored.charter_version:
        missing = f"承诺书 {stored.charter_version} 里没有条款 {stored.clause}"
        return Recount(stored=stored, counted=None, problem=missing)
    counted = promise(
        clause=clause,
        accepted_at=stored.started_at,
        calendar=calendar,
        closing_time=charter.operator.closing_time,
    )
    return Recount(stored=stored, counted=counted, problem=_problem(stored, counted, extended_to=extended_to))


def _problem(stored: Promise, counted: Promise, *, extended_to: Collection[datetime]) -> str | None:
    assert stored.due is not None and counted.due is not None and counted.limit is not None  # noqa: S101, PT018 - counted
    if stored.limit != counted.limit:
        return f"条款 {stored.clause} 的时限是 {counted.limit.text}"
    if stored.due > counted.due and stored.due not in extended_to:
        return f"应为 {local(counted.due):%Y-%m-%d %H:%M}，又没有批准过延期"
    if stored.calendar == counted.calendar and stored.steps != counted.steps:
        return "逐日的计算与日历不符"
    return None
