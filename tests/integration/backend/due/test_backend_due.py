"""到期事项的办理: what is due is done once and in order; what fails is tried again, and in the end shown to people."""

from datetime import timedelta

import pytest

from backend.domain.agenda import Task
from backend.ports import Entry, Event, Undeliverable
from backend.refusals import DeadLetterNotFound
from backend.work import due
from backend.work.handlers import HANDLERS
from backend.work.worker import LEASE
from tests.integration.backend.due.support import NOON, PATIENCE, SECOND


def test_what_was_missed_while_nobody_worked_is_caught_up_in_its_order(plan, worker, clock, standing):
    plan("a1", "a2", "a3", subject="a")
    plan("b1", "b2", subject="b")
    clock.now = NOON + timedelta(days=2)
    done = []

    tried = worker(lambda claim, **_: done.append(claim.due.key)).work_off()

    assert (tried, done, standing()) == (5, ["a1", "b1", "a2", "b2", "a3"], [])


def test_work_that_fails_leaves_nothing_written_waits_longer_each_time_and_is_given_up_in_the_end(
    plan, worker, clock, standing, dead, store, number
):
    def fails(claim, *, tickets, **_):
        entry = Entry(number=number, at=NOON, by="worker", event=Event.URGED, status=ticket.status)
        tickets.record(entry)
        raise ZeroDivisionError

    with store.reading() as tickets:
        ticket = tickets.get(number=number).ticket
        before = tickets.history(numbers=[number])
    plan("a", subject="b")
    waits = []
    while not dead():
        worker(fails).work_off()
        if left := standing():
            ((_key, try_at, error),) = left
            assert error == "ZeroDivisionError"
            waits.append(try_at - (clock.now - NOON) // SECOND)
            clock.now = NOON + try_at * SECOND

    assert waits == [4, 8, 10]
    assert dead() == [("a", 4, "ZeroDivisionError")]
    with store.reading() as tickets:
        assert tickets.history(numbers=[number]) == before


def test_what_fails_holds_up_nothing_else(plan, worker, standing):
    def fails_once(claim, **_):
        if claim.due.key == "broken":
            raise ZeroDivisionError

    plan("broken", subject="a")
    plan("whole", subject="b")

    worker(fails_once).work_off()

    assert [key for key, *_ in standing()] == ["broken"]


def test_work_whose_every_attempt_took_its_worker_along_is_given_up_untried(plan, worker, clock, store, dead):
    plan("a")
    for _ in range(PATIENCE.attempts):
        with store.writing() as tickets:
            assert tickets.agenda.claim(now=clock.now, until=clock.now + LEASE, by="dead", limit=1)
        clock.now += LEASE
    tried = []

    worker(lambda claim, **_: tried.append(claim)).work_off()

    assert (tried, dead()) == ([], [("a", 5, "WorkerDied")])


def test_who_is_told_to_stop_takes_no_further_work(plan, worker, standing):
    done = []
    plan("a1", "a2")

    worker(lambda claim, **_: done.append(claim.due.key)).work_off(stopping=lambda: bool(done))

    assert (done, [key for key, *_ in standing()]) == (["a1"], ["a2"])


def test_who_has_lost_the_work_to_another_does_nothing(plan, worker, clock, store):
    done = []
    plan("a")
    with store.writing() as tickets:
        (lost,) = tickets.agenda.claim(now=NOON, until=NOON + LEASE, by="slow", limit=1)
    clock.now = NOON + LEASE

    worker(lambda claim, **_: done.append(claim.by)).carry_out(lost)

    assert done == []


def test_a_dead_letter_is_tried_again_by_hand_and_only_that(plan, worker, store, dead):
    def fails(claim, **_):
        raise Undeliverable

    plan("a")
    worker(fails).work_off()
    with store.reading() as tickets:
        (letter,) = tickets.agenda.dead()

    due.retry(id=letter.id, store=store, now=NOON)
    with pytest.raises(DeadLetterNotFound):
        due.retry(id=letter.id, store=store, now=NOON)

    done = []
    worker(lambda claim, **_: done.append((claim.due.key, claim.attempt))).work_off()
    assert (done, dead()) == ([("a", 1)], [])


def test_every_task_has_who_does_it():
    assert set(HANDLERS) == set(Task) - {Task.DELIVER}
