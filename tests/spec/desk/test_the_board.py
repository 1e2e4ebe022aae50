"""What a ticket has to keep next, what is at risk, what matters are called, and what was said twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.board import is_at_risk, next_due
from backend.domain.force_majeure import Declaration
from backend.domain.handling import Watch
from backend.domain.handover import offer
from backend.domain.labels import subject_label
from backend.domain.vocabulary import (
    ComplaintKind,
    FaultKind,
    Mark,
    OrderKind,
    PromiseKind,
    QuestionKind,
    TicketType,
)
from tests.factories import a_promise, a_resolved_ticket, a_ticket, an_outage, at, rows

title = "工单看板"
DISPATCH = a_promise(at("2026-11-21 10:03"), kind=PromiseKind.DISPATCH)
SETTLE = a_promise(at("2026-11-22 10:00"))
VISIT = a_promise(at("2026-11-24 06:00"), kind=PromiseKind.FOLLOW_UP)
WATCH = Watch(warn_at_percent=80, leader_after=timedelta(hours=4), rule="R1.19", source="001", mark=Mark.CONFIGURED)


def test_what_falls_due_first_is_next_and_the_visit_once_it_is_settled():
    assert next_due(a_ticket(promises=(SETTLE, DISPATCH))) is DISPATCH
    assert next_due(a_resolved_ticket(promises=(SETTLE, VISIT))) is VISIT
    assert next_due(a_ticket(promises=(a_promise(None),))) is None


def test_a_promise_is_at_risk_from_the_charters_warning_until_it_is_late():
    """R1.19: 80 % of 24 hours are 19 hours and 12 minutes."""
    ticket = a_ticket(promises=(SETTLE,))
    table = """
        现在             | 临期
        2026-11-22 05:11 | 否
        2026-11-22 05:12 | 是
        2026-11-22 10:00 | 是
        2026-11-22 10:01 | 否
    """
    for row in rows(table):
        assert is_at_risk(ticket, watch=WATCH, now=at(row["现在"])) is (row["临期"] == "是"), row
    assert not is_at_risk(ticket, watch=None, now=at("2026-11-22 09:00"))


@pytest.mark.parametrize(
    ("ticket_type", "kinds"),
    [
        (TicketType.FAULT, FaultKind),
        (TicketType.COMPLAINT, ComplaintKind),
        (TicketType.ORDER, OrderKind),
        (TicketType.QUESTION, QuestionKind),
    ],
)
def test_every_matter_has_a_name_of_its_own(ticket_type, kinds):
    names = {subject_label(ticket_type=ticket_type, subject=kind) for kind in kinds}
    assert len(names) == len(kinds)
    assert subject_label(ticket_type=ticket_type, subject="of_a_partner") not in names


def test_what_is_announced_declared_or_offered_twice_is_the_same():
    later = at("2026-11-20 17:06")
    outage = an_outage()
    assert replace(outage, number=3).says_the_same(replace(outage, announced_at=later))
    assert not outage.says_the_same(replace(outage, cause="停电"))

    declared = Declaration(
        area="wanli", cause="暴雨", starts_at=later, until=at("2026-11-21 10:00"), declared_by="1003", declared_at=later
    )
    assert replace(declared, number=1).says_the_same(declared)
    assert not declared.says_the_same(replace(declared, area="donghu"))

    offered = offer(leaving="1024", taking="1025", at=later, note="", matters=())
    assert replace(offered, number=1).says_the_same(offered)
    assert not replace(offered, taken_at=later).says_the_same(offered)
