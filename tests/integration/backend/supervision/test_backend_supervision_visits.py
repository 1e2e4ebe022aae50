"""监督 (R7.3): what customers said afterwards: return visits, marks, complaints, on SQLite and on PostgreSQL."""

from sqlalchemy import update

from backend.charters import load_charter
from backend.domain.accountability import Gravity
from backend.domain.complaint import Finding
from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.accountability import CaseAct, CaseDecision
from backend.messages.complaints import Conclude
from backend.store.tables import ticket as ticket_table
from backend.usecases import accountability, complaints
from tests.integration.backend.supervision.support import A_WEEK_ON, HOUR, numbers
from tests.integration.backend.support import FRIDAY_EVENING, ROOT


def test_r5_1_the_visits_made_stand_beside_the_charters_rate(bring, settle, visit, figures, behind):
    solved, unsolved, waits = bring("solved"), bring("unsolved"), bring("waits")
    for ticket in (solved, unsolved, waits):
        settle(ticket, after=HOUR)
    visit(solved, mark=5, after=2 * HOUR)
    visit(unsolved, outcome="unsolved", after=2 * HOUR)
    faults, complaints_, _ = figures().return_visits

    assert (faults.name, faults.published, faults.rule) == ("报障", 100, "R5.1")
    assert (faults.settled, faults.drawn, faults.visited, faults.waits) == (3, 3, 2, 1)
    assert faults.covered.percent == 66.67
    assert (complaints_.settled, complaints_.covered.percent) == (0, None)
    assert sorted(behind(Behind.VISITED, visit_rule="fault")[0]) == numbers(solved, unsolved)
    assert behind(Behind.VISIT_WAITS)[0] == numbers(waits)
    assert behind(Behind.SETTLED, visit_rule="complaint") == ([], 0)


def test_r5_1_who_could_not_be_reached_is_not_covered(bring, settle, engine, figures, behind):
    ticket = bring("away")
    settle(ticket, after=HOUR)
    with engine.begin() as connection:  # as after the last try in vain
        connection.execute(update(ticket_table).values(status=TicketStatus.CLOSED))

    assert figures().return_visits[0].not_reached == 1
    assert behind(Behind.NOT_REACHED)[0] == numbers(ticket)


def test_where_no_visits_are_published_that_is_said(figures):
    zhumadian = load_charter(operator="zhumadian", root=ROOT / "charters")
    found = figures(charter=zhumadian)

    assert found.return_visits == ()
    assert "公司没有公布回访比例，不统计回访覆盖" in found.unpublished
    assert found.whole.replied is None


def test_what_else_an_operator_has_not_published_is_said_beside_its_figures(figures):
    zhangjiagang = load_charter(operator="zhangjiagang", root=ROOT / "charters")
    found = figures(charter=zhangjiagang)

    assert (found.return_visits[0].published, found.reply_minutes) == (20, None)
    assert "公司没有公布投诉的回访比例" in found.unpublished
    assert "公司没有公布故障修复时限，按期率不含故障修复" in found.unpublished


def test_satisfaction_is_told_mark_by_mark(bring, settle, visit, figures, behind):
    marked = bring("one")
    settle(marked, after=HOUR)
    visit(marked, mark=4, after=2 * HOUR)
    found = figures()

    assert (found.marks, found.whole.satisfied.percent) == ((0, 0, 0, 1, 0), 80.0)
    assert behind(Behind.MARKED)[0] == numbers(marked)


def test_complaints_are_told_to_the_households_and_upheld_ones_to_the_department_at_fault(
    bring, store, terms, figures, behind
):
    bring("fault")
    complaint = bring("complaint", ticket_type=TicketType.COMPLAINT, subject="attitude")
    facts = {"ticket_number": str(complaint.number), "by": "1001"}
    act = Conclude(request_id="c", finding=Finding.UPHELD, answer="属实", remedy="当面道歉", staff="1024", **facts)
    complaints.conclude(act=act, terms=terms, store=store, now=FRIDAY_EVENING + HOUR)
    accountability.hear(act=CaseAct(case=1, by="1003", text="太急"), terms=terms, store=store, now=A_WEEK_ON)
    decision = CaseDecision(case=1, by="1003", text="属实", gravity=Gravity.LIGHT)
    accountability.decide(act=decision, terms=terms, store=store, now=A_WEEK_ON)
    found, at_fault = figures(), terms.charter.department_of("1024").key

    households = sum(area.households for area in terms.charter.areas)
    assert (found.whole.complaint_rate.part, found.whole.complaint_rate.of, found.upheld) == (1, households, 1)
    assert {group.key: group.complaint_rate.part for group in found.by_department if group.complaint_rate.part} == {
        at_fault: 1
    }
    assert behind(Behind.UPHELD, department=at_fault)[0] == numbers(complaint)
    assert behind(Behind.UPHELD, department="") == ([], 0)
