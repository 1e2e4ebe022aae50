"""The specification: each folder a chapter, each file a section, each test a paragraph. Tables in, answers out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.domain.charter import Charter
from backend.domain.promise import promise, promises_for
from backend.domain.vocabulary import District, Grade, TicketType
from backend.domain.working_time import Calendar, local
from tests.factories import CLOSING, a_clause, at, rows

CHARTERS = Path(__file__).parents[2] / "charters"


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return state_council_calendar()


@pytest.fixture(scope="session")
def jiangxi() -> Charter:
    return load_charter(operator="jiangxi", root=CHARTERS)


@pytest.fixture(scope="session")
def langzhong() -> Charter:
    return load_charter(operator="langzhong", root=CHARTERS)


@pytest.fixture(scope="session")
def zhangjiagang() -> Charter:
    return load_charter(operator="zhangjiagang", root=CHARTERS)


@pytest.fixture(scope="session")
def zhumadian() -> Charter:
    return load_charter(operator="zhumadian", root=CHARTERS)


@pytest.fixture
def told(calendar: Calendar) -> Callable[[Charter, str], None]:
    """Checks a table of 事项 | 事由 | 等级 | 地址 | 受理 | 承诺 | 最迟: what a ticket is promised, its papers in.

    承诺 is a clause, or "无" where there is none; several promises of one ticket have "；" between.
    """

    def check(charter: Charter, table: str) -> None:
        for row in rows(table):
            made = promises_for(
                charter=charter,
                ticket_type=TicketType(row["事项"]),
                subject=row["事由"],
                grade=Grade(row["等级"]) if row["等级"] else None,
                district=District(row["地址"]) if row["地址"] else None,
                accepted_at=at(row["受理"]),
                calendar=calendar,
                papers_in=True,
            )
            assert "；".join(each.clause if each.due else "无" for each in made) == row["承诺"]
            dues = (f"{local(each.due):%m-%d %H:%M}" for each in made if each.due)
            assert "；".join(dues) == row["最迟"], row

    return check


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
