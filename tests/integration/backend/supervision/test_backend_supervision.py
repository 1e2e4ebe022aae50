"""监督 (R7.3): figures of a span, with the tickets behind each, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from backend.client import BehindAsked, Refused, SpanAsked
from backend.domain.labels import matter_label
from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketType
from backend.messages.acts import StaffAct
from backend.messages.reports import ShapeInvalid, Wish
from backend.refusals import AssessmentNotPublished
from backend.store.tables import promise
from backend.usecases import acts, assessment, wishes
from tests.integration.backend.supervision.support import A_WEEK_ON, DAY, HOUR, numbers
from tests.integration.backend.support import FRIDAY_EVENING, bind


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
