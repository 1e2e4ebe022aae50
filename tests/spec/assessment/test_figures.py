"""考核 R4.3, R7.3: figures from what happened; where nothing happened, there is none."""

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.domain.labels import matter_label
from backend.domain.performance import Cell, Rate, Tally, complaint_rate, figures, load
from backend.domain.vocabulary import AreaLevel, FaultKind, OrderKind, TicketType
from tests.factories import an_area


def cell(**counts):
    ticket_type = counts.pop("ticket_type", TicketType.FAULT)
    return Cell(area="here", handler="1011", ticket_type=ticket_type, subject="no_signal", tally=Tally(**counts))


def test_a_rate_of_nothing_is_no_figure():
    assert Rate(part=0, of=0).percent is None
    assert Rate(part=2, of=3).percent == Decimal("66.67")


def test_on_time_is_what_was_kept_of_what_was_kept_or_ran_out(jiangxi):
    found = figures([cell(tickets=2, kept=1, late=1), cell(tickets=1, late=1)], assessment=jiangxi.assessment)

    assert (found.tickets, found.on_time) == (3, Rate(part=1, of=3))


def test_a_matter_without_a_limit_counts_neither_way(jiangxi):
    assert figures([cell(tickets=1)], assessment=jiangxi.assessment).on_time == Rate(part=0, of=0)


def test_satisfaction_is_the_marks_of_the_visits_of_the_best_ones(jiangxi):
    found = figures([cell(tickets=1, marks=9, marked=2), cell(tickets=1)], assessment=jiangxi.assessment)

    assert found.satisfied == Rate(part=9, of=10)


def test_complaints_are_counted_against_the_households():
    cells = [cell(tickets=1, ticket_type=TicketType.COMPLAINT), cell(tickets=5)]

    assert complaint_rate(cells, households=2000).percent == Decimal("0.05")


def test_the_reply_is_measured_where_the_charter_has_that_indicator(jiangxi, zhumadian):
    replies = [cell(tickets=3, answered_in_time=1, answerable=2)]

    assert figures(replies, assessment=jiangxi.assessment).replied == Rate(part=1, of=2)
    assert figures(replies, assessment=zhumadian.assessment).replied is None
    assert figures(replies, assessment=None).replied is None


def test_a_matter_is_called_by_its_type_and_subject():
    assert matter_label(ticket_type=TicketType.FAULT, subject=FaultKind.NO_SIGNAL) == "报障·有线电视无信号"
    assert matter_label(ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL) == "业务办理·安装开通"
    assert matter_label(ticket_type=TicketType.ORDER, subject="宽带提速") == "业务办理·宽带提速"


@pytest.mark.parametrize(("level", "norm"), [(AreaLevel.CITY, 4500), (AreaLevel.COUNTY, 2000), (None, None)])
def test_r4_1_households_to_one_of_the_team_stand_beside_the_charters_norm(jiangxi, level, norm):
    area = an_area("here", households=9100, team=("1", "2"), level=level)
    found = load(area, assessment=jiangxi.assessment)

    assert (found.each, found.norm) == (4550, norm)


def test_r4_1_without_a_team_or_a_norm_there_is_no_figure(langzhong):
    found = load(replace(an_area("here"), team=()), assessment=langzhong.assessment)

    assert (found.households, found.each, found.norm) == (4500, None, None)
