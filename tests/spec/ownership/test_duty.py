"""Duty times 值班, and the proof that an owner is on duty every minute of the week."""

from dataclasses import replace
from datetime import time

import pytest

from backend.domain.charter import OwnerRule
from backend.domain.ownership import Gap, gaps_in_duty
from tests.factories import a_charter, a_duty, a_member, an_area, at, rows


@pytest.mark.parametrize(
    "row",
    rows("""
        值班                     | 时刻             | 在岗
        一二三四五 08:30-17:30   | 2026-11-20 08:30 | 是
        一二三四五 08:30-17:30   | 2026-11-20 17:29 | 是
        一二三四五 08:30-17:30   | 2026-11-20 17:30 | 否
        一二三四五 08:30-17:30   | 2026-11-21 10:00 | 否
        五 22:00-08:00           | 2026-11-20 23:00 | 是
        五 22:00-08:00           | 2026-11-21 07:59 | 是
        五 22:00-08:00           | 2026-11-21 08:00 | 否
        五 22:00-08:00           | 2026-11-20 03:00 | 否
        日 22:00-08:00           | 2026-11-23 03:00 | 是
        六 00:00-00:00           | 2026-11-21 23:59 | 是
        六 00:00-00:00           | 2026-11-22 00:00 | 否
    """),
    ids=lambda row: f"{row['值班']} {row['时刻']}",
)
def test_a_duty_covers_its_hours_also_past_midnight(row):
    assert a_duty(row["值班"]).covers(at=at(row["时刻"])) is (row["在岗"] == "是")


def test_jiangxi_has_an_owner_on_duty_every_minute_of_the_week(jiangxi):
    assert gaps_in_duty(charter=jiangxi) == ()


def test_a_missing_hour_is_found_by_area_weekday_and_time():
    charter = a_charter(
        staff=(
            a_member("1001", "一二三四五六日 00:00-23:00", is_head=True),
            a_member("1024", "一二三四五六 23:00-00:00", areas=("honggutan",)),
        ),
        areas=(an_area("honggutan", "红谷滩区"),),
    )
    sunday_night = Gap(area="honggutan", weekday=7, start=time(23), end=time(0))
    elsewhere = [Gap(area=None, weekday=day, start=time(23), end=time(0)) for day in range(1, 8)]
    assert list(gaps_in_duty(charter=charter)) == [*elsewhere, sunday_night]


def test_a_head_is_no_proof_where_the_charters_order_never_asks_him():
    head = a_member("1001", "一二三四五六日 00:00-00:00", is_head=True)
    charter = a_charter(staff=(head,))
    without_heads = replace(charter, operator=replace(charter.operator, owner_order=(OwnerRule.ON_DUTY,)))
    assert gaps_in_duty(charter=charter) == ()
    assert len(gaps_in_duty(charter=without_heads)) == 7


def test_an_area_manager_off_duty_is_no_proof():
    charter = a_charter(staff=(a_member("1011"),), areas=(an_area("donghu", "东湖区", manager="1011"),))
    assert {gap.area for gap in gaps_in_duty(charter=charter)} == {None, "donghu"}
