"""抽取回访 (R5.1): a share of the settled tickets, drawn so that everybody can check it and no month falls below."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.visit_draw import is_drawn, run_of
from backend.domain.vocabulary import TicketType
from tests.factories import rows

shares = st.integers(min_value=1, max_value=100)


def drawn(percent, tickets, seed="2026-12 公布"):
    return [position for position in range(1, tickets + 1) if is_drawn(position, percent=percent, seed=seed)]


@given(percent=shares, tickets=st.integers(min_value=1, max_value=400), seed=st.text(max_size=8))
def test_at_no_moment_fewer_are_drawn_than_promised_and_hardly_more(percent, tickets, seed):
    count = len(drawn(percent, tickets, seed))
    assert ceil(tickets * percent / 100) <= count <= ceil(tickets * percent / 100) + 1


def test_of_each_run_one_is_drawn():
    table = rows("""
        比例 | 第几张 | 从 | 到
        30   | 1      | 1  | 1
        30   | 2      | 2  | 4
        30   | 4      | 2  | 4
        30   | 5      | 5  | 7
        20   | 6      | 2  | 6
        20   | 7      | 7  | 11
        100  | 8      | 8  | 8
    """)
    for row in table:
        run = run_of(int(row["第几张"]), percent=int(row["比例"]))
        assert (run.first, run.last) == (int(row["从"]), int(row["到"])), row
        picks = drawn(int(row["比例"]), run.last)
        assert len([pick for pick in picks if run.first <= pick <= run.last]) == 1


def test_at_a_hundred_per_cent_each_is_visited():
    assert drawn(100, 50) == list(range(1, 51))


def test_the_same_seed_draws_the_same_and_another_seed_others():
    assert drawn(30, 200) == drawn(30, 200)
    assert drawn(30, 200) != drawn(30, 200, seed="2027-01 公布")


def test_the_share_is_the_charters(jiangxi, langzhong, zhangjiagang, zhumadian):
    def share(charter):
        rule = charter.return_visit(ticket_type=TicketType.FAULT, subject="no_signal")
        return rule and rule.percent

    assert [share(each) for each in (jiangxi, langzhong, zhangjiagang, zhumadian)] == [100, 30, 20, None]


def test_r5_3_each_rule_has_a_draw_of_its_own(jiangxi):
    assert [rule.name for rule in jiangxi.return_visits] == ["fault", "complaint", "order:install"]
