"""How facts are written to a customer."""

from datetime import UTC, date

import pytest

from actions import spoken
from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import Mark
from tests.factories import a_clause, at, rows


@pytest.mark.parametrize(
    "row",
    rows("""
        at               | said
        2026-11-22 20:31 | 11月22日（周日）20:31
        2026-11-23 08:05 | 11月23日（周一）08:05
        2027-01-01 00:00 | 1月1日（周五）00:00
    """),
    ids=lambda row: row["at"],
)
def test_a_moment_is_told_in_shanghai_with_its_weekday(row):
    assert spoken.moment(at(row["at"]).astimezone(UTC)) == row["said"]


@pytest.mark.parametrize(
    ("e164", "written"),
    [("+8613807911234", "138 0791 1234"), ("+8679186223344", "0791 8622 3344"), ("+861086223344", "010 8622 3344")],
)
def test_a_phone_is_written_in_groups(e164, written):
    assert spoken.phone(e164) == written


def test_a_ticket_number_is_written_in_three_groups():
    number = TicketNumber.make(day=date(2026, 11, 21), running=42).text

    assert spoken.ticket_number(number) == f"261121 0042 {number[-1]}"


def test_a_wrong_ticket_number_is_not_written_at_all():
    with pytest.raises(InvalidTicketNumber):
        spoken.ticket_number("26112100420")


def test_a_placeholder_is_marked():
    assert (spoken.sample_mark(sample=True), spoken.sample_mark(sample=False)) == ("（示例）", "")


@pytest.mark.parametrize("mark", Mark)
def test_every_limit_says_on_what_it_rests(mark):
    told = {spoken.authority(a_clause(mark=each)) for each in Mark}

    assert spoken.authority(a_clause(mark=mark))
    assert len(told) == len(Mark)
