"""到期事项: the table of due work – who may take what, when, and what comes of it."""

from datetime import timedelta

import pytest

from backend.domain.agenda import Due, Task
from backend.ports import Backlog, Medium, Message
from backend.store.agenda import due_now
from tests.factories import at

NOON = at("2026-11-29 12:00")
LEASE = timedelta(seconds=30)


def work(key, *, due="12:00"):
    return Due(task=Task.DELIVER, at=at(f"2026-11-29 {due}"), key=key)


@pytest.fixture
def plan(store):
    def plan(*wanted, subject="ticket"):
        with store.writing() as tickets:
            tickets.agenda.plan(subject=subject, wanted=wanted)

    return plan


@pytest.fixture
def claim(store):
    def claim(*, now=NOON, by="worker", limit=10, lanes=False):
        with store.writing() as tickets:
            return tickets.agenda.claim(now=now, until=now + LEASE, by=by, limit=limit, lanes=lanes)

    return claim


def test_only_what_is_due_is_handed_out_the_earliest_first(plan, claim):
    plan(work("late", due="12:01"), subject="one")
    plan(work("second"), subject="two")
    plan(work("first", due="11:00"), subject="three")

    assert [claimed.due.key for claimed in claim()] == ["first", "second"]


def test_of_one_ticket_the_later_work_waits_until_the_earlier_is_done_or_has_failed(plan, claim, store):
    plan(work("first", due="11:00"), work("second", due="11:05"), work("third", due="11:10"))
    (first,) = claim(by="one")
    assert claim(by="two") == ()

    with store.writing() as tickets:
        tickets.agenda.postpone(first, to=NOON + LEASE, error="TimeoutError")
    (second,) = claim(by="two")
    with store.writing() as tickets:
        tickets.agenda.finish(second, at=NOON)

    assert [claimed.due.key for claimed in claim()] == ["third"]


def test_what_one_worker_holds_nobody_else_gets_until_the_lease_runs_out(plan, claim):
    plan(work("a"))
    (first,) = claim(by="one")

    assert claim(by="two") == ()
    (again,) = claim(by="two", now=NOON + LEASE)
    assert (first.attempt, again.attempt, again.by) == (1, 2, "two")


def test_what_a_killed_worker_held_it_lets_go_when_it_starts_again_and_nobody_else_s(plan, claim, store):
    plan(work("a"), subject="one")
    claim(by="killed")
    plan(work("b"), subject="two")
    claim(by="alive")

    with store.writing() as tickets:
        assert tickets.agenda.let_go(by="killed") == 1
    assert [(again.due.key, again.attempt) for again in claim(by="killed")] == [("a", 2)]


def test_a_worker_whose_lease_ran_out_no_longer_holds_the_work(plan, claim, store):
    plan(work("a"))
    (mine,) = claim(by="one")
    claim(by="two", now=NOON + LEASE)

    with store.writing() as tickets:
        assert not tickets.agenda.holds(mine, now=NOON + LEASE)
        tickets.agenda.finish(mine, at=NOON)  # too late: it is another's now

    assert [held.by for held in claim(by="three", now=NOON + 2 * LEASE)] == ["three"]


def test_finished_work_never_comes_again_even_where_it_is_planned_again(plan, claim, store):
    plan(work("a"))
    (mine,) = claim()
    with store.writing() as tickets:
        assert tickets.agenda.holds(mine, now=NOON)
        tickets.agenda.finish(mine, at=NOON)

    plan(work("a", due="11:00"))

    assert claim(now=NOON + LEASE) == ()


def test_a_new_plan_takes_out_what_is_no_longer_wanted_and_moves_what_is_due_at_another_time(plan, store):
    plan(work("gone"), work("moved", due="11:00"), subject="one")
    plan(work("another's"), subject="two")
    plan(work("moved", due="11:59"), work("new", due="12:01"), subject="one")

    with store.reading() as tickets:
        standing = [(work.due.key, work.try_at) for work in tickets.agenda.unfinished(limit=10)]
    assert standing == [("moved", at("2026-11-29 11:59")), ("another's", NOON), ("new", at("2026-11-29 12:01"))]


def test_planned_again_as_it_was_failed_work_still_waits_and_planned_for_another_time_it_starts_afresh(
    plan, claim, store
):
    plan(work("a"))
    (mine,) = claim()
    later = NOON + timedelta(minutes=5)
    with store.writing() as tickets:
        tickets.agenda.postpone(mine, to=later, error="TimeoutError")

    plan(work("a"))
    assert claim() == ()
    (again,) = claim(now=later)
    assert (again.due, again.attempt) == (work("a"), 2)

    plan(work("a", due="11:30"))
    assert [claimed.attempt for claimed in claim()] == [1]


def test_work_that_failed_comes_again_later_and_when_given_up_only_by_hand(plan, claim, store):
    plan(work("a"))
    (mine,) = claim()
    with store.writing() as tickets:
        tickets.agenda.postpone(mine, to=NOON + timedelta(minutes=1), error="TimeoutError")
    assert claim(now=NOON + LEASE) == ()
    (again,) = claim(now=NOON + timedelta(minutes=1))

    with store.writing() as tickets:
        tickets.agenda.bury(again, at=NOON, error="TimeoutError")
        (dead,) = tickets.agenda.dead()
        assert (dead.due.key, dead.attempts, dead.error, dead.dead_at) == ("a", 2, "TimeoutError", NOON)
        assert claim_nothing(tickets)
        assert tickets.agenda.revive(id=dead.id, at=NOON)
        assert not tickets.agenda.revive(id=dead.id, at=NOON)

    assert [claimed.attempt for claimed in claim()] == [1]


def claim_nothing(tickets):
    return tickets.agenda.claim(now=NOON + timedelta(days=1), until=NOON + timedelta(days=2), by="x", limit=1) == ()


def test_messages_of_one_ticket_reach_one_recipient_in_their_order(claim, store):
    def message(key, recipient="conversation-1", subject="ticket"):
        return Message(
            key=key, medium=Medium.CONVERSATION, recipient=recipient, subject=subject, body={}, not_before=NOON
        )

    with store.writing() as tickets:
        for each in (message("first"), message("second"), message("first"), message("other", "conversation-2")):
            tickets.outbox.add(each)

    first, other = claim(lanes=True)
    assert (first.due.key, other.due.key) == ("first", "other")
    with store.writing() as tickets:
        assert tickets.outbox.get(key="first") == message("first")
        tickets.agenda.finish(first, at=NOON)
    assert [claimed.due.key for claimed in claim(lanes=True)] == ["second"]


def test_the_backlog_tells_since_when_work_waits_and_what_was_given_up(plan, claim, store):
    def backlog():
        with store.reading() as tickets:
            return tickets.agenda.backlog(now=NOON)

    assert backlog() == Backlog(waits_since=None, dead=0, dead_since=None)
    plan(work("early", due="11:00"), work("later", due="11:30"), work("not yet", due="13:00"))
    (early,) = claim()
    with store.writing() as tickets:
        tickets.agenda.bury(early, at=NOON, error="KeyError")

    assert backlog() == Backlog(waits_since=at("2026-11-29 11:30"), dead=1, dead_since=NOON)


def test_a_task_that_only_a_newer_version_knows_waits_for_it(plan, claim, engine):
    plan(work("newer"), subject="a")
    plan(work("known"), subject="b")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE due_work SET task = 'teleport' WHERE key = 'newer'")

    assert [claimed.due.key for claimed in claim()] == ["known"]


@pytest.fixture
def a_busy_day(engine, plan, store):
    """Two thousand tickets with work for later, a message each, half of the messages delivered."""
    with store.writing() as tickets:
        for number in range(2000):
            subject, later = f"ticket-{number}", NOON + timedelta(minutes=number)
            tickets.agenda.plan(subject=subject, wanted=[Due(task=Task.DELIVER, at=later, key=subject)], is_new=True)
            due = Due(task=Task.DELIVER, at=later, key=f"message-{number}")
            tickets.agenda.add(subject=subject, due=due, lane=f"conversation:{number}", detail={})
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE due_work SET finished_at = at WHERE lane IS NOT NULL AND id < 2000")
        connection.exec_driver_sql("ANALYZE due_work")


@pytest.mark.usefixtures("a_busy_day")
@pytest.mark.parametrize(("lanes", "index"), [(False, "ix_due_work_work"), (True, "ix_due_work_messages")])
def test_the_scan_reads_only_what_is_due_by_its_index(engine, lanes, index):
    query = due_now(now=NOON, limit=1, lanes=lanes).compile(engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        plan = [str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {query}")]

    assert index in "".join(plan)
    assert "try_at" in "".join(plan)
    assert not [line for line in plan if "TEMP B-TREE" in line or "Sort" in line]
