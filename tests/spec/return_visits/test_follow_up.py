"""追踪落实结果 (R5.4): a matter that is not closed is followed up within the charter's span, once a round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.clause import ClockStart
from backend.domain.follow_up import follow_up_at
from backend.domain.handling import Watch
from backend.domain.vocabulary import Mark, PromiseKind, TicketStatus
from tests.factories import a_charter, a_clause, a_promise, a_resolved_ticket, a_ticket, at

called = at("2026-11-21 10:00")
ticket = a_ticket(accepted_at=called)


def a_charter_that_follows_up(starts, *, within="72 小时", watch=None):
    clause = a_clause(within, key="follow_up", kind=PromiseKind.FOLLOW_UP, starts=starts, ticket_type=None)
    return a_charter(commitments=(a_clause(), clause), watch=watch)


from_the_call = a_charter_that_follows_up(ClockStart.CALL)
from_dispatch = a_charter_that_follows_up(ClockStart.DISPATCH)


def test_r5_4_jiangxi_within_72_hours_of_the_customers_call(jiangxi):
    followed_up = follow_up_at(jiangxi, ticket)
    assert called < followed_up < called + timedelta(hours=72)


def test_r5_4_langzhong_within_72_hours_of_dispatch(langzhong):
    assert follow_up_at(langzhong, ticket) is None
    dispatched = replace(ticket, dispatched_at=called + timedelta(hours=1))
    assert dispatched.dispatched_at < follow_up_at(langzhong, dispatched) < called + timedelta(hours=73)


def test_r5_4_who_promises_no_follow_up_makes_none(zhangjiagang, zhumadian):
    assert follow_up_at(zhangjiagang, replace(ticket, dispatched_at=called)) is None
    assert follow_up_at(zhumadian, replace(ticket, dispatched_at=called)) is None


def test_r5_4_it_comes_when_the_limit_is_near_and_without_a_word_on_that_at_its_end():
    near = Watch(warn_at_percent=75, leader_after=timedelta(hours=1), rule="R1.19", source="自定", mark=Mark.CONFIGURED)
    assert follow_up_at(a_charter_that_follows_up(ClockStart.CALL, watch=near), ticket) == at("2026-11-23 16:00")
    assert follow_up_at(from_the_call, ticket) == at("2026-11-24 10:00")
    assert follow_up_at(from_dispatch, replace(ticket, dispatched_at=called)) == at("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("accepted", "followed_up"),
    [
        ("2026-11-21 09:00", "2026-11-24 09:00"),
        ("2026-11-21 20:00", "2026-11-24 20:00"),
        ("2026-11-21 23:30", "2026-11-24 20:00"),
        ("2026-11-21 03:00", "2026-11-23 20:00"),
    ],
)
def test_r5_4_nobody_is_woken_by_it_nor_does_it_come_late_for_that(accepted, followed_up):
    assert follow_up_at(from_the_call, a_ticket(accepted_at=at(accepted))) == at(followed_up)


def test_a_span_that_is_over_before_the_morning_is_kept_at_night():
    soon = a_charter_that_follows_up(ClockStart.CALL, within="4 小时")
    assert follow_up_at(soon, a_ticket(accepted_at=at("2026-11-21 23:30"))) == at("2026-11-22 03:30")


@pytest.mark.parametrize("status", list(TicketStatus))
def test_r5_4_until_it_is_closed(status):
    finished = status in {TicketStatus.CLOSED, TicketStatus.CANCELLED, TicketStatus.REJECTED}
    assert (follow_up_at(from_the_call, replace(ticket, status=status)) is None) is finished


def test_r5_4_r5_6_a_reopened_matter_is_followed_up_from_when_it_was_said_to_be_unsettled():
    said = at("2026-11-25 09:00")
    anew = (a_promise(said + timedelta(days=1)),)
    reopened = a_resolved_ticket(accepted_at=called).reopen(by="1031", at=said, reason="又坏了", promises=anew)
    assert follow_up_at(from_the_call, reopened) == at("2026-11-28 09:00")


def test_a_span_in_working_days_is_not_counted_in_hours():
    """`charter check` refuses it."""
    assert follow_up_at(a_charter_that_follows_up(ClockStart.CALL, within="3 工作日"), ticket) is None
