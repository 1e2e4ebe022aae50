"""The specification: each folder a chapter, each file a section, each test a paragraph. Tables in, answers out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.domain.charter import Charter
from backend.domain.promise import promise
from backend.domain.working_time import Calendar
from tests.factories import CLOSING, a_clause, at, rows

CHARTERS = Path(__file__).parents[2] / "charters"


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return state_council_calendar()


@pytest.fixture(scope="session")
def jiangxi() -> Charter:
    return load_charter(operator="jiangxi", root=CHARTERS)


@pytest.fixture
def promises(calendar: Calendar) -> Callable[[str], None]:
    """Checks a table of 受理 | 时限 | 最迟, and where it has the column 暂定, whether the promise is provisional."""

    def check(table: str) -> None:
        for row in rows(table):
            made = promise(
                clause=a_clause(row["时限"]), accepted_at=at(row["受理"]), calendar=calendar, closing_time=CLOSING
            )
            assert made.due == at(row["最迟"]), row
            assert made.provisional is (row.get("暂定") == "是"), row

    return check
