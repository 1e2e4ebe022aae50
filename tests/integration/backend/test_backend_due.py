"""到期事项的办理: what is due is done once and in order; what fails is tried again, and in the end shown to people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.agenda import Due, Task
from backend.domain.ticket import TicketNumber
from backend.ports import Entry, Event, Medium, Message, NotYet, Undeliverable
from backend.refusals import DeadLetterNotFound
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.work import due
from backend.work.delivery import Delivery, NoDeliverer
from backend.work.due import Doing, Means
from backend.work.handlers import HANDLERS
from backend.work.worker import LEASE, Patience, Worker
from tests.factories import at
from tests.integration.backend.support import a_report

NOON = at("2026-11-29 12:00")
SECOND = timedelta(seconds=1)
PATIENCE = Patience(first=4 * SECOND, longest=10 * SECOND, attempts=4)


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def store(engine):
    """Of a ticket filed here nothing falls due: the work is the tests' own."""
    return SqlStore(engine)


@pytest.fixture
def number(file):
    return TicketNumber(file(a_report()).ticket_number)


@pytest.fixture
def plan(store):
    def plan(*keys, subject="a"):
        wanted = [Due(task=Task.DELIVER, at=NOON + place * SECOND, key=key) for place, key in enumerate(keys)]
        with store.writing() as tickets:
            tickets.agenda.plan(subject=subject, wanted=wanted)

    return plan


@pytest.fixture
def worker(store, clock, terms):
    def worker(handler):
        means = Means(terms_at=lambda _at: terms, accounts=TableAccounts(store))
        doing = Doing(store=store, clock=clock, means=means, handlers=dict.fromkeys(Task, handler))
        return Worker(store=store, clock=clock, by="worker", lanes=False, carry_out=doing, patience=PATIENCE)

    return worker


@pytest.fixture
def messenger(store, clock, terms):
    def messenger(**deliverers):
        delivery = Delivery(
            store=store,
            clock=clock,
            deliverers={Medium(name): deliver for name, deliver in deliverers.items()},
            quiet_hours_at=lambda _at: terms.charter.operator.quiet_hours,
        )
        return Worker(store=store, clock=clock, by="worker", lanes=True, carry_out=delivery, patience=PATIENCE)

    return messenger


@pytest.fixture
def send(store):
    def send(key, *, medium=Medium.SMS):
        message = Message(
            key=key, medium=medium, recipient="+8613807911234", subject="ticket", body={"text": key}, not_before=NOON
        )
        with store.writing() as tickets:
            tickets.outbox.add(message)
        return message

    return send


@pytest.fixture
def standing(store):
    """Key, seconds from noon to the next try, and the kind of the last failure, of all that is not done."""

    def standing():
        with store.reading() as tickets:
            found = tickets.agenda.unfinished(limit=10)
        return [(work.due.key, (work.try_at - NOON) // SECOND, work.error) for work in found]

    return standing


@pytest.fixture
def dead(store):
    def dead():
        with store.reading() as tickets:
            return [(work.due.key, work.attempts, work.error) for work in tickets.agenda.dead()]

    return dead


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


def test_a_message_goes_out_while_no_transaction_is_open(messenger, send, store, standing):
    went_out = []

    def deliver(message, *, time_out):
        with store.writing():  # who held the database would wait for himself here
            went_out.append((message, time_out))

    messages = [send("first"), send("second")]
    messenger(sms=deliver).work_off()

    assert [message for message, _ in went_out] == messages
    assert max(time_out for _, time_out in went_out) < LEASE / SECOND
    assert standing() == []


def test_a_message_that_does_not_go_out_keeps_those_behind_it_waiting(messenger, send, clock, standing):
    went_out, down = [], [True]

    def deliver(message, *, time_out):
        if down:
            raise TimeoutError
        went_out.append(message.key)

    send("first")
    send("second")
    messenger(sms=deliver).work_off()
    assert standing() == [("second", 0, None), ("first", 4, "TimeoutError")]

    down.clear()
    clock.now += 4 * SECOND
    messenger(sms=deliver).work_off()
    assert went_out == ["first", "second"]


def test_a_message_that_can_never_go_out_is_given_up_at_once_and_the_next_goes_on(messenger, send, dead):
    went_out = []

    def deliver(message, *, time_out):
        if message.key == "to nobody":
            raise Undeliverable
        went_out.append(message.key)

    send("to nobody")
    send("to somebody")
    messenger(sms=deliver).work_off()

    assert (went_out, dead()) == (["to somebody"], [("to nobody", 1, "Undeliverable")])


def test_what_reached_nobody_goes_out_by_another_way_in_its_turn_and_once(messenger, send, clock, standing):
    went_out = []

    def to_nobody(message, *, time_out):
        return replace(message, key=f"{message.key}:phone", medium=Medium.SMS)

    for key in ("first", "second"):
        send(key, medium=Medium.CONVERSATION)
    messenger(conversation=to_nobody, sms=lambda message, **_: went_out.append(message.key)).work_off()

    assert (went_out, standing()) == (["first:phone", "second:phone"], [])


def test_what_is_for_the_day_and_late_waits_for_the_morning_and_holds_up_no_answer(messenger, store, clock, standing):
    """The bot was away from 20:50 to 21:30."""
    went_out, evening, morning = [], at("2026-11-29 20:50"), at("2026-11-30 08:00")

    def message(key, **said):
        return Message(
            key=key,
            medium=Medium.SMS,
            recipient="+8613807911234",
            subject="ticket",
            body={"text": key, **said},
            not_before=evening,
        )

    def down(message, *, time_out):
        raise TimeoutError

    clock.now = evening
    with store.writing() as tickets:
        tickets.outbox.add(message("of our own accord", by_day=True))
    messenger(sms=down).work_off()
    clock.now = at("2026-11-29 21:30")
    messenger(sms=lambda message, **_: went_out.append(message.key)).work_off()
    assert (went_out, standing()) == ([], [("of our own accord", (morning - NOON) // SECOND, None)])

    with store.writing() as tickets:
        tickets.outbox.add(message("answer"))
    messenger(sms=lambda message, **_: went_out.append(message.key)).work_off()
    assert went_out == ["answer"]

    clock.now = morning
    messenger(sms=lambda message, **_: went_out.append(message.key)).work_off()
    assert (went_out, standing()) == (["answer", "of our own accord"], [])


def test_the_other_side_says_when_to_ask_again_and_that_is_no_failure(messenger, send, clock, standing, dead):
    asked = []

    def at_it(message, *, time_out):
        asked.append(clock.now)
        if len(asked) < 3 * PATIENCE.attempts:
            raise NotYet(at=clock.now + 5 * SECOND)

    send("call")
    while standing():
        messenger(sms=at_it).work_off()
        clock.now += 5 * SECOND

    assert (len(asked), dead()) == (3 * PATIENCE.attempts, [])


def test_a_message_of_a_medium_that_nothing_is_set_up_for_is_kept_and_tried_again(messenger, send, standing):
    send("by phone", medium=Medium.PHONE)

    messenger().work_off()

    assert standing() == [("by phone", 4, NoDeliverer.__name__)]


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
