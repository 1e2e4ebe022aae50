"""便民 (R9) and what the window owes (R2.7, R2.8): each operator says what its source says, and no more."""

import pytest

from backend.domain.ownership import leader_to_report_to
from backend.domain.vocabulary import Mark, Need
from tests.factories import a_ticket, at, rows

night = at("2026-11-22 03:00")


@pytest.fixture
def charters(jiangxi, langzhong, zhangjiagang, zhumadian):
    return {"jiangxi": jiangxi, "langzhong": langzhong, "zhangjiagang": zhangjiagang, "zhumadian": zhumadian}


@pytest.mark.parametrize(
    "row",
    rows("""
        规则 | 承诺                                  | 运营商
        R9.1 | home_service, appointment             | zhangjiagang
        R9.2 | home_service                          | jiangxi
        R9.3 | remote_control, own_wiring, new_home  | zhangjiagang
        R9.4 | recommendation                        | zhangjiagang
        R9.6 | key_customers                         | zhumadian
        R2.12 | remedy                               | langzhong
        R2.7 | first_inquiry, lobby_manager          | zhangjiagang
    """),
    ids=lambda row: row["规则"],
)
def test_it_is_pledged_by_whose_source_says_it_and_by_nobody_else(charters, row):
    pledged = {
        operator: [pledge.key for pledge in charter.pledges if pledge.rule == row["规则"]]
        for operator, charter in charters.items()
    }
    assert {operator: keys for operator, keys in pledged.items() if keys} == {row["运营商"]: row["承诺"].split(", ")}


def test_r9_2_jiangxi_tells_which_id_is_shown_at_the_door(jiangxi):
    assert "带照片和工号的工作证" in jiangxi.wording.work_id
    assert "主动出示工作证" in jiangxi.wording.visit


def test_r9_3_outside_the_service_month_nothing_is_promised_as_free(zhangjiagang):
    offered = [pledge.text for pledge in zhangjiagang.pledges if pledge.rule == "R9.3"]
    assert len([text for text in offered if "优质服务月" in text and "平时是否免费，没有公布" in text]) == 3


def test_r9_4_jiangxi_has_something_on_file_for_each_need(jiangxi):
    assert {need for fee in jiangxi.fees for need in fee.suits} == set(Need)


def test_r2_5_what_is_not_known_is_answered_later_within_a_limit_of_jiangxis_own(jiangxi):
    owed = jiangxi.commitment(key="owed_answer")
    assert (owed.rule, owed.mark) == ("R2.5", Mark.CONFIGURED)


def test_r2_7_the_owner_stays_with_what_was_handed_on_until_it_is_closed():
    handed_on = a_ticket(needs_return_visit=False).transfer(to="1015", by="1024", at=night, reason="片区不同")
    closed = (
        handed_on.start(by="1015", at=night).resolve(by="1015", at=night, outcome="好了").close(by="1015", at=night)
    )
    assert (handed_on.handler, closed.owner) == ("1015", "1024")


def test_r2_8_jiangxi_has_a_head_of_the_window_to_report_to_at_any_hour_what_is_overdue(jiangxi):
    assert jiangxi.watch.warn_at_percent < 100  # the handler is pressed before that
    assert leader_to_report_to(charter=jiangxi, at=night, open_matters=dict).is_head
