"""监督 (R7.3): figures of a span, with the tickets behind each, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from backend.charters import load_charter
from backend.client import BehindAsked, Refused, SpanAsked
from backend.domain.accountability import Gravity
from backend.domain.complaint import Finding
from backend.domain.labels import matter_label
from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.accountability import CaseAct, CaseDecision
from backend.messages.acts import Resolved, StaffAct, VisitMade
from backend.messages.complaints import Conclude
from backend.messages.reports import ShapeInvalid, Wish
from backend.refusals import AssessmentNotPublished
from backend.store.tables import promise
from backend.store.tables import ticket as ticket_table
from backend.usecases import accountability, acts, assessment, complaints, dispatching, visiting, wishes
from backend.usecases import supervision as use_cases
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report, bind, stored

DAY = FRIDAY_EVENING.date()
SPAN = {"since": DAY, "until": DAY + timedelta(days=1)}
A_WEEK_ON = FRIDAY_EVENING + timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def bring(file, store):
    """A customer of their own brings a matter; the ticket as it is stored."""

    def bring(which, **said):
        own = {"matter_id": which, "conversation": which, "contact_phone": f"+861380791{1000 + len(seen)}"}
        seen.append(which)
        return stored(store, file(a_report(**(own | said)))).ticket

    seen = []
    return bring


@pytest.fixture
def settle(store, terms):
    def settle(ticket, *, after):
        act = Resolved(
            request_id=f"done:{ticket.number}", ticket_number=str(ticket.number), by=ticket.handler, reason="好"
        )
        dispatching.resolve(act=act, terms=terms, store=store, now=ticket.accepted_at + after)

    return settle


@pytest.fixture
def visit(store, terms):
    def visit(ticket, *, outcome="solved", mark=None, after):
        act = VisitMade(
            request_id=f"visit:{ticket.number}:{after}",
            ticket_number=str(ticket.number),
            by=ticket.handler,
            outcome=outcome,
            satisfaction=mark,
            reason="客户的话",
        )
        visiting.visit(act=act, terms=terms, store=store, now=ticket.accepted_at + after)

    return visit


@pytest.fixture
def figures(store, terms):
    def figures(*, now=A_WEEK_ON, charter=terms.charter, **span):
        asked = SpanAsked(**(SPAN | span))
        return use_cases.supervise(asked=asked, charter=charter, store=store, now=now)

    return figures


@pytest.fixture
def behind(store, terms):
    """The numbers of the tickets behind a figure, and how many there are."""

    def behind(which, *, now=A_WEEK_ON, **narrowed):
        asked = BehindAsked(behind=which, **(SPAN | narrowed))
        found = use_cases.behind(asked=asked, charter=terms.charter, store=store, now=now)
        return [row.number for row in found.rows], found.total

    return behind


def numbers(*tickets):
    return sorted(str(ticket.number) for ticket in tickets)


def test_r7_3_on_time_is_counted_by_matter_area_and_department_and_each_part_names_its_tickets(
    bring, settle, figures, behind, terms
):
    quick, slow, never = bring("quick"), bring("slow", subject="picture"), bring("never")
    settle(quick, after=HOUR)
    settle(slow, after=30 * HOUR)
    found = figures(now=FRIDAY_EVENING + 40 * HOUR)

    department = terms.charter.department_of(quick.handler)
    of_matter = {group.name: group.on_time for group in found.by_matter}
    of_area = {group.key: group.on_time for group in found.by_area}
    of_department = {group.key: group.on_time for group in found.by_department}
    assert (found.whole.tickets, found.whole.on_time.part, found.whole.on_time.of) == (3, 1, 3)
    assert (of_matter["报障·有线电视无信号"].percent, of_matter["报障·电视画面或声音不正常"].percent) == (50.0, 0.0)
    assert (of_area[quick.area].percent, of_department[department.key].percent) == (33.33, 33.33)
    now = FRIDAY_EVENING + 40 * HOUR
    assert behind(Behind.KEPT, now=now)[0] == numbers(quick)
    assert sorted(behind(Behind.LATE, now=now)[0]) == numbers(slow, never)
    assert behind(Behind.LATE, now=now, subject="picture", area=slow.area, department=department.key)[0] == numbers(
        slow
    )
    assert behind(Behind.LATE, now=now, handler="1003") == ([], 0)


def test_the_same_is_counted_of_a_ticket_as_its_own_promises_say(bring, settle, visit, store, figures):
    """The SQL and the domain say the same of every ticket of a varied lot."""
    for which in range(12):
        ticket = bring(f"m{which}", subject=["no_signal", "picture", "stb"][which % 3])
        if which % 4:
            settle(ticket, after=(which * 6) * HOUR)
        if which % 4 == 3:
            visit(ticket, outcome="unsolved", after=(which * 6 + 80) * HOUR)
    later = FRIDAY_EVENING + timedelta(days=9)
    with store.reading() as tickets:
        filed = tickets.search(criteria=[], order=[], offset=0, limit=100).filed
    late = sum(len(each.ticket.late_promises(now=later)) + len(each.ticket.breached) for each in filed)
    outstanding = sum(told.due < later for each in filed for told in each.ticket.outstanding)
    found = figures(now=later)

    assert late > 5
    assert found.whole.on_time.of - found.whole.on_time.part == late
    assert found.whole.overdue == outstanding


@pytest.mark.parametrize(("excused", "counted"), [("deemed_on_time", (1, 1)), ("not_reached", (0, 0))])
def test_r1_15_what_is_deemed_on_time_counts_as_kept_and_a_visit_nobody_answered_not_at_all(
    bring, engine, figures, excused, counted
):
    bring("late")
    with engine.begin() as connection:
        connection.execute(update(promise).values(excused=excused))
    rate = figures().whole.on_time

    assert (rate.part, rate.of) == counted


def test_what_the_customer_withdrew_in_time_is_never_late(bring, store, terms, figures):
    ticket = bring("withdrawn")
    bind(store, conversation="withdrawn", phone=ticket.contact_phone)
    wish = Wish(
        request_id="w",
        ticket_number=str(ticket.number),
        conversation="withdrawn",
        said_at=FRIDAY_EVENING + HOUR,
        text="好了，不用来了",
    )
    wishes.withdraw(wish=wish, terms=terms, store=store, now=FRIDAY_EVENING + HOUR)

    assert figures().whole.on_time.of == 0


def test_a_matter_without_a_limit_counts_neither_way(bring, figures):
    bring("relocate", ticket_type=TicketType.ORDER, subject="relocate")
    rate = figures().whole.on_time

    assert (rate.of, rate.percent) == (0, None)


def test_r5_6_the_old_breach_of_a_reopened_matter_counts_beside_its_new_promise(bring, settle, visit, figures):
    ticket = bring("again")
    settle(ticket, after=30 * HOUR)
    visit(ticket, outcome="unsolved", after=31 * HOUR)
    rate = figures(now=FRIDAY_EVENING + 32 * HOUR).whole.on_time

    assert (rate.part, rate.of) == (0, 1)


def test_r4_3_a_reply_counts_within_24_hours_and_what_may_still_come_is_not_counted(
    bring, store, terms, figures, behind
):
    in_time, too_late, never = bring("in-time"), bring("late"), bring("never")
    for ticket, after in ((in_time, 24 * HOUR), (too_late, 25 * HOUR)):
        act = StaffAct(request_id=f"r:{ticket.number}", ticket_number=str(ticket.number), by=ticket.handler, reason="")
        acts.respond(act=act, terms=terms, store=store, now=FRIDAY_EVENING + after)
    then, at_once = figures(now=FRIDAY_EVENING + 26 * HOUR), figures(now=FRIDAY_EVENING + 24 * HOUR)

    assert (then.whole.replied.part, then.whole.replied.of, then.reply_minutes) == (1, 3, 24 * 60)
    assert at_once.whole.replied.of == 2
    assert behind(Behind.ANSWERED_IN_TIME)[0] == numbers(in_time)
    assert sorted(behind(Behind.ANSWERED_LATE)[0]) == numbers(too_late, never)
    assert behind(Behind.UNANSWERED)[0] == numbers(never)


def test_the_first_answer_is_told_as_median_and_of_nine_in_ten_by_type(bring, settle, figures):
    for hours in (1, 2, 4):
        settle(bring(f"m{hours}"), after=hours * HOUR)
    bring("waits")
    bring("complaint", ticket_type=TicketType.COMPLAINT, subject="fee")
    times = {each.ticket_type: each for each in figures().answer_times}

    assert (times[None].answered, times[None].unanswered) == (3, 2)
    assert (times[TicketType.FAULT].median, times[TicketType.FAULT].ninth) == (120, 240)
    assert (times[TicketType.COMPLAINT].answered, times[TicketType.COMPLAINT].median) == (0, None)


def test_promises_at_risk_are_those_past_the_charters_share_of_their_time_whatever_the_span(bring, figures, behind):
    ticket = bring("waits")
    for hours, counted in ((18, (0, 0)), (20, (1, 0)), (25, (0, 1))):
        now = FRIDAY_EVENING + hours * HOUR
        found = figures(now=now, since=date(2026, 1, 1), until=date(2026, 1, 2))
        assert (found.whole.at_risk, found.whole.overdue) == counted
        by_area = {group.key: (group.at_risk, group.overdue) for group in found.by_area}
        assert by_area[ticket.area] == counted
        assert behind(Behind.AT_RISK, now=now)[1] == counted[0]
        assert behind(Behind.OVERDUE, now=now)[0] == (numbers(ticket) if counted[1] else [])


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


def test_an_address_in_no_listed_area_and_a_handler_of_no_department_have_a_line_of_their_own(bring, figures, behind):
    ticket = bring("far", address="上饶市广丰区某村3号", area=None)
    found = figures()

    assert {group.key: group.tickets for group in found.by_area}[""] == 1
    assert behind(Behind.TICKETS, area="")[0] == numbers(ticket)
    assert behind(Behind.TICKETS, department="")[1] == sum(
        group.tickets for group in found.by_department if group.key == ""
    )


def test_the_tickets_behind_a_figure_come_in_pages_the_newest_first(bring, behind):
    brought = [bring(f"m{hour}", accepted_at=FRIDAY_EVENING + hour * HOUR) for hour in range(3)]

    assert behind(Behind.TICKETS, offset=0, limit=2) == ([str(brought[2].number), str(brought[1].number)], 3)
    assert behind(Behind.TICKETS, offset=2, limit=2) == ([str(brought[0].number)], 3)


def test_a_day_is_one_in_shanghai(bring, figures):
    bring("before-midnight", accepted_at=datetime.fromisoformat("2026-11-20T15:59:00+00:00"))
    bring("after-midnight", accepted_at=datetime.fromisoformat("2026-11-20T16:00:00+00:00"))

    assert figures().whole.tickets == 1


def test_a_span_that_ends_before_it_begins_is_refused(figures):
    with pytest.raises(ShapeInvalid):
        figures(until=DAY)


def test_the_first_answer_is_kept_through_a_reopening(bring, settle, visit, figures):
    ticket = bring("again")
    settle(ticket, after=HOUR)
    visit(ticket, outcome="unsolved", after=2 * HOUR)
    settle(ticket, after=5 * HOUR)

    assert figures().answer_times[0].median == 60


def test_where_no_assessment_is_published_there_is_no_sheet(store, terms):
    silent = replace(terms.charter, assessment=None)
    with pytest.raises(AssessmentNotPublished):
        assessment.sheet(since=DAY, until=A_WEEK_ON.date(), charter=silent, store=store, now=A_WEEK_ON)


async def test_the_desk_asks_over_http(backend, filed):
    await filed()
    client = backend.client()
    asked = {"since": DAY, "until": DAY + timedelta(days=1)}
    found = await client.supervision(SpanAsked(**asked), correlation_id="t")
    rows = await client.tickets_behind(
        BehindAsked(behind=Behind.TICKETS, area="honggutan", limit=1, **asked), correlation_id="t"
    )
    sheet = await client.assessment_sheet(SpanAsked(**asked), correlation_id="t")
    with pytest.raises(Refused):
        await client.supervision(SpanAsked(since=DAY, until=DAY), correlation_id="t")
    await client.aclose()

    assert found.whole.tickets >= 1
    assert (len(rows.rows), rows.total) == (1, found.whole.tickets)
    assert rows.rows[0].name == matter_label(ticket_type=TicketType.FAULT, subject="no_signal")
    assert {line.whose for line in sheet.lines} == {"area", "person", "department"}
