"""消息的送出: in their order, once, at an hour that is allowed, and by another way if need be."""

from dataclasses import replace

from backend.ports import Medium, Message, NotYet, Undeliverable
from backend.work.delivery import NoDeliverer
from backend.work.worker import LEASE
from tests.factories import at
from tests.integration.backend.due.support import NOON, PATIENCE, SECOND


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
