"""Urgent matters 急事急办 (R2.6, R1.16): reported to the leader at once, who handles them; the owner stays."""

import pytest

from backend.domain.errors import NobodyOnDuty
from backend.domain.ownership import leader_to_report_to
from backend.domain.ticket import Act
from tests.factories import a_charter, a_member, a_promise, a_ticket, at

now = at("2026-11-21 20:31")
DAY, NIGHT = "一二三四五六日 08:00-20:00", "一二三四五六日 20:00-08:00"


def leader(*staff, at=now, open_matters=None):
    charter = a_charter(staff=staff)
    return leader_to_report_to(charter=charter, at=at, open_matters=lambda: open_matters or {}).job_number


def test_r2_6_the_head_on_duty_is_the_leader_whoever_owns_the_matter():
    heads = (a_member("1001", DAY, rank=5, is_head=True), a_member("1002", NIGHT, rank=4, is_head=True))
    repairer = a_member("1024", NIGHT, rank=9, areas=("honggutan",))
    assert leader(*heads, repairer, at=at("2026-11-21 10:00")) == "1001"
    assert leader(*heads, repairer, at=now) == "1002"


def test_r2_6_of_two_heads_on_duty_the_senior_then_the_one_with_fewer_open_matters():
    heads = (a_member("1001", NIGHT, rank=5, is_head=True), a_member("1002", NIGHT, rank=5, is_head=True))
    assert leader(*heads, a_member("1003", NIGHT, rank=6, is_head=True)) == "1003"
    assert leader(*heads, open_matters={"1001": 3, "1002": 2}) == "1002"


def test_r2_6_in_a_gap_of_the_duty_times_the_most_senior_head_is_told():
    assert leader(a_member("1001", DAY, rank=4, is_head=True), a_member("1002", DAY, rank=5, is_head=True)) == "1002"


def test_r2_6_without_any_head_nothing_is_reported_silently_to_nobody():
    with pytest.raises(NobodyOnDuty):
        leader(a_member("1024", NIGHT))


def test_r2_6_jiangxi_has_a_leader_at_any_hour(jiangxi):
    by_hour = {
        hour: leader_to_report_to(charter=jiangxi, at=at(f"2026-11-21 {hour}"), open_matters=dict).job_number
        for hour in ("03:00", "07:59", "08:00", "19:59", "20:00")
    }
    assert by_hour == {"03:00": "1002", "07:59": "1002", "08:00": "1001", "19:59": "1001", "20:00": "1002"}


def test_r2_6_the_leader_handles_it_and_the_owner_stays_answerable():
    """R2.10."""
    ticket = a_ticket(owner="1024").report_to_leader(leader="1002", by="webchat", at=now, reason="急事急办")
    assert (ticket.owner, ticket.handler, ticket.reported_to) == ("1024", "1002", "1002")
    assert ticket.last_act == Act(by="webchat", at=now, reason="急事急办")


def test_r2_6_a_reopened_matter_is_to_be_reported_again():
    reported = a_ticket().report_to_leader(leader="1002", by="webchat", at=now, reason="急事急办")
    resolved = reported.start(by="1002", at=now).resolve(by="1002", at=now, outcome="已拉警戒")
    assert resolved.reported_to == "1002"
    reopened = resolved.reopen(by="1031", at=now, reason="线又掉了", promises=(a_promise(now),))
    assert reopened.reported_to is None
