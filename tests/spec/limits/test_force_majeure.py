"""不可抗力 (R1.18): declared for an area and a span, it excuses a late repair there; it never moves a due time."""

from datetime import timedelta

import pytest

from backend.domain.errors import EndsBeforeItBegins, ForceMajeureNotGiven
from backend.domain.force_majeure import Declaration, excuse, given
from backend.domain.vocabulary import Excuse
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

due = at("2026-11-22 10:00")
now = at("2026-11-22 08:00")


def a_declaration(start="2026-11-21 20:00", until="2026-11-23 08:00", area="wanli"):
    return Declaration(
        area=area, cause="暴雪", starts_at=at(start), until=at(until), declared_by="1003", declared_at=now
    )


def a_fault(**changes):
    return a_ticket(**{"area": "wanli", "promises": (a_promise(due),), **changes})


@pytest.fixture
def excused(jiangxi):
    def excused(ticket, declaration=None):
        rule, declaration = given(jiangxi.force_majeure), declaration or a_declaration()
        after = excuse(ticket, declaration=declaration, rule=rule, by="1003", at=now)
        return [made.excused for made in after.promises] == [Excuse.FORCE_MAJEURE], after

    return excused


def test_a_repair_promised_there_and_then_is_excused_and_its_due_time_stays(excused):
    is_excused, ticket = excused(a_fault())
    assert is_excused
    assert ticket.promises[0].due == due
    assert not ticket.is_overdue(now=due + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "until"),
    [("2026-11-22 10:00", "2026-11-23 08:00"), ("2026-11-20 08:00", "2026-11-21 10:00")],
)
def test_what_ran_before_or_after_the_span_is_not(excused, start, until):
    ticket = a_fault()
    assert excused(ticket, a_declaration(start, until))[1] is ticket


def test_elsewhere_nothing_is_excused(excused):
    for ticket in (a_fault(area="donghu"), a_fault(area=None)):
        assert excused(ticket)[1] is ticket


def test_only_the_clauses_that_the_charter_names_are_excepted(excused):
    for made in (a_promise(due, clause="complaint_handling"), a_promise(None)):
        ticket = a_fault(promises=(made,))
        assert excused(ticket)[1] is ticket


def test_what_was_kept_in_time_needs_no_excuse_and_what_was_late_gets_one(excused):
    accepted = at("2026-11-21 10:00")
    in_time = a_resolved_ticket(area="wanli", accepted_at=accepted, promises=(a_promise(due),))
    late = a_resolved_ticket(
        area="wanli", accepted_at=accepted, promises=(a_promise(due),), resolved_at=at("2026-11-22 12:00")
    )
    assert excused(in_time)[1] is in_time
    assert excused(late)[0]


def test_twice_declared_is_excused_once(excused):
    once = excused(a_fault())[1]
    assert excused(once)[1] is once


def test_a_charter_without_the_exception_knows_no_force_majeure():
    with pytest.raises(ForceMajeureNotGiven):
        given(None)


def test_a_span_ends_after_it_begins():
    with pytest.raises(EndsBeforeItBegins):
        a_declaration(until="2026-11-21 20:00")
