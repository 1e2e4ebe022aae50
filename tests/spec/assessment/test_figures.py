"""考核 R4.3, R7.3: figures from what happened; where nothing happened, there is none."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.domain.performance import Rate, Work, complaint_rate, figures, load, on_time, replied, satisfied
from backend.domain.vocabulary import AreaLevel, Excuse, PromiseKind, TicketType
from tests.factories import a_promise, a_resolved_ticket, a_ticket, an_area, at

ACCEPTED = at("2026-11-21 10:00")
DUE = at("2026-11-22 10:00")
NOW = at("2026-11-30 10:00")
A_DAY = timedelta(hours=24)


def settled(hours, **promise):
    return Work(
        ticket=a_resolved_ticket(resolved_at=ACCEPTED + timedelta(hours=hours), promises=(a_promise(DUE, **promise),))
    )


def test_a_rate_of_nothing_is_no_figure():
    assert Rate(part=0, of=0).percent is None
    assert Rate(part=2, of=3).percent == Decimal("66.67")


def test_on_time_is_what_was_kept_of_what_was_kept_or_ran_out():
    overdue, not_due = Work(ticket=a_ticket()), Work(ticket=a_ticket(promises=(a_promise(at("2026-12-24 10:00")),)))

    assert on_time([settled(20), settled(30), overdue, not_due], now=NOW) == Rate(part=1, of=3)


def test_what_is_deemed_on_time_counts_as_kept_and_a_visit_nobody_answered_not_at_all():
    deemed = settled(30, excused=Excuse.DEEMED_ON_TIME)
    unanswered = settled(20, excused=Excuse.NOT_REACHED, kind=PromiseKind.FOLLOW_UP)

    assert on_time([deemed, unanswered], now=NOW) == Rate(part=1, of=1)


def test_a_matter_without_a_limit_counts_neither_way():
    assert on_time([Work(ticket=a_ticket(promises=(a_promise(None),)))], now=NOW) == Rate(part=0, of=0)


def test_the_old_breach_of_a_reopened_matter_counts_beside_its_new_promise():
    late = a_resolved_ticket(resolved_at=DUE + timedelta(hours=1))
    again = late.reopen(by="1001", at=DUE + A_DAY, reason="没好", promises=(a_promise(DUE + 2 * A_DAY),))

    assert on_time([Work(ticket=again)], now=DUE + A_DAY) == Rate(part=0, of=1)


def test_a_reply_counts_within_24_hours_and_what_may_still_come_is_not_counted():
    ticket = a_ticket()
    work = [
        Work(ticket=ticket, answered_at=ACCEPTED + A_DAY),
        Work(ticket=ticket, answered_at=ACCEPTED + timedelta(hours=25)),
        Work(ticket=ticket),
    ]

    assert replied(work, within=A_DAY, now=NOW) == Rate(part=1, of=3)
    assert replied(work, within=A_DAY, now=ACCEPTED + A_DAY) == Rate(part=1, of=2)


def test_satisfaction_is_the_marks_of_the_visits_of_the_best_ones():
    assert satisfied([Work(ticket=a_ticket(), marks=(5, 4)), Work(ticket=a_ticket())]) == Rate(part=9, of=10)


def test_complaints_are_counted_against_the_households():
    complaint = Work(ticket=a_ticket(ticket_type=TicketType.COMPLAINT, subject="attitude"))

    assert complaint_rate([complaint, Work(ticket=a_ticket())], households=2000).percent == Decimal("0.05")


def test_the_reply_is_measured_where_the_charter_has_that_indicator(jiangxi, zhumadian):
    assert figures([], assessment=jiangxi.assessment, now=NOW).replied == Rate(part=0, of=0)
    assert figures([], assessment=zhumadian.assessment, now=NOW).replied is None


@pytest.mark.parametrize(("level", "norm"), [(AreaLevel.CITY, 4500), (AreaLevel.COUNTY, 2000), (None, None)])
def test_r4_1_households_to_one_of_the_team_stand_beside_the_charters_norm(jiangxi, level, norm):
    area = an_area("here", households=9100, team=("1", "2"), level=level)
    found = load(area, assessment=jiangxi.assessment)

    assert (found.each, found.norm) == (4550, norm)


def test_r4_1_without_a_team_or_a_norm_there_is_no_figure(langzhong):
    found = load(replace(an_area("here"), team=()), assessment=langzhong.assessment)

    assert (found.households, found.each, found.norm) == (4500, None, None)
