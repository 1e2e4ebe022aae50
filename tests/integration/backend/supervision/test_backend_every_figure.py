"""Every figure of supervision and of the sheet opens exactly what it counts, on SQLite and on PostgreSQL (R7.3)."""

from datetime import timedelta

import pytest

from backend.client import BehindAsked
from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketType
from backend.messages.accountability import CaseAct, CaseDecision
from backend.messages.complaints import Conclude
from backend.usecases import accountability, assessment, complaints
from backend.usecases import supervision as use_cases
from tests.integration.backend.supervision.support import HOUR, SPAN
from tests.integration.backend.support import FRIDAY_EVENING

NOW = FRIDAY_EVENING + timedelta(days=9)
WORK = {Behind.SETTLED: "settled", Behind.VISITED: "visited", Behind.VISIT_WAITS: "waits"}


@pytest.fixture
def counted(store, terms):
    def counted(which, **narrowed):
        asked = BehindAsked(behind=which, **(SPAN | narrowed))
        found = use_cases.behind(asked=asked, charter=terms.charter, store=store, now=NOW)
        assert found.total <= found.counted
        return found.counted

    return counted


@pytest.fixture
def a_lot(bring, settle, visit, store, terms):
    """Faults kept, late, reopened and open; marks; complaints, one of them upheld and decided, one of each waiting."""
    for which in range(12):
        ticket = bring(f"m{which}", subject=["no_signal", "picture", "stb"][which % 3])
        if which % 4:
            settle(ticket, after=(which * 6) * HOUR)
        if which % 4 == 3:
            visit(ticket, outcome="unsolved", mark=1, after=(which * 6 + 80) * HOUR)
        if which % 4 == 2:
            visit(ticket, outcome="solved", mark=5, after=(which * 6 + 2) * HOUR)
    twice = bring("twice")
    settle(twice, after=HOUR)
    visit(twice, outcome="unsolved", mark=2, after=2 * HOUR)
    settle(twice, after=3 * HOUR)
    visit(twice, outcome="solved", mark=4, after=4 * HOUR)
    said = {"ticket_type": TicketType.COMPLAINT, "subject": "attitude", "service": None}
    upheld, _open = bring("rude", **said, description="师傅骂人"), bring("rude too", **said, description="坐席骂人")
    act = Conclude(
        request_id="c",
        ticket_number=str(upheld.number),
        by="1003",
        reason="",
        finding="upheld",
        answer="属实",
        remedy="道歉",
        staff="1022",
    )
    complaints.conclude(act=act, terms=terms, store=store, now=FRIDAY_EVENING + HOUR)
    _decide_all(store, terms)


def _decide_all(store, terms):
    for each in accountability.every(store=store):
        by = "1003" if each.case.answerable != "1003" else "1009"
        told = {"case": each.case.number, "by": by, "text": "事实清楚"}
        when = {"terms": terms, "store": store, "now": FRIDAY_EVENING + 2 * HOUR}
        accountability.hear(act=CaseAct(**told), **when)
        accountability.decide(act=CaseDecision(**told, gravity="light"), **when)


def test_r7_3_every_figure_of_supervision_opens_exactly_what_it_counts(a_lot, figures, counted):
    found = figures(now=NOW)
    groups = [(found.whole, {})]
    groups += [(each, {"ticket_type": each.ticket_type, "subject": each.subject}) for each in found.by_matter]
    groups += [(each, {"area": each.key}) for each in found.by_area]
    groups += [(each, {"department": each.key}) for each in found.by_department]
    for group, narrowed in groups:
        shown = group.name
        assert counted(Behind.TICKETS, **narrowed) == group.tickets, shown
        assert counted(Behind.KEPT, **narrowed) == group.on_time.part, shown
        assert counted(Behind.LATE, **narrowed) == group.on_time.of - group.on_time.part, shown
        assert counted(Behind.ANSWERED_IN_TIME, **narrowed) == group.replied.part, shown
        assert counted(Behind.ANSWERED_LATE, **narrowed) == group.replied.of - group.replied.part, shown
        assert counted(Behind.MARKED, **narrowed) * 5 == group.satisfied.of, shown
        if group.at_risk is not None:
            assert counted(Behind.AT_RISK, **narrowed) == group.at_risk, shown
            assert counted(Behind.OVERDUE, **narrowed) == group.overdue, shown
    for area in found.by_area:
        if area.complaint_rate:
            complained = counted(Behind.TICKETS, area=area.key, ticket_type=TicketType.COMPLAINT)
            assert complained == area.complaint_rate.part, area.name
    for department in found.by_department:
        assert counted(Behind.UPHELD, department=department.key) == department.complaint_rate.part, department.name
    assert (counted(Behind.UPHELD), found.upheld) == (1, 1)
    for times in found.answer_times:
        assert counted(Behind.ANSWERED, ticket_type=times.ticket_type) == times.answered, times.name
        assert counted(Behind.UNANSWERED, ticket_type=times.ticket_type) == times.unanswered, times.name
    assert [counted(Behind.MARKED, mark=mark) for mark in range(1, 6)] == list(found.marks) == [3, 1, 0, 1, 3]
    for coverage in found.return_visits:
        rule = {"visit_rule": coverage.visit_rule}
        for which, name in (WORK | {Behind.NOT_REACHED: "not_reached"}).items():
            assert counted(which, **rule) == getattr(coverage, name), (coverage.name, name)
    assert found.whole.overdue > counted(Behind.TICKETS, ticket_type=TicketType.COMPLAINT)


def test_r4_3_every_figure_of_the_sheet_opens_exactly_what_it_counts(a_lot, store, terms, counted):
    sheet = assessment.sheet(**SPAN, charter=terms.charter, store=store, now=NOW)
    by = {"area": "area", "person": "handler", "department": "department"}
    for line in sheet.lines:
        narrowed = {by[line.whose]: line.key}
        assert counted(Behind.TICKETS, **narrowed) == line.tickets, line.name
        assert counted(Behind.LATE, **narrowed) == line.on_time.of - line.on_time.part, line.name
        assert counted(Behind.ANSWERED_LATE, **narrowed) == line.replied.of - line.replied.part, line.name
        assert counted(Behind.MARKED, **narrowed) * 5 == line.satisfied.of, line.name
        complained = (
            counted(Behind.TICKETS, **narrowed, ticket_type=TicketType.COMPLAINT)
            if line.whose == "area"
            else counted(Behind.HELD_TO_ACCOUNT, **narrowed)
        )
        assert complained == line.complaints.part, line.name
    assert sum(line.complaints.part for line in sheet.lines if line.whose == "person") == 1
