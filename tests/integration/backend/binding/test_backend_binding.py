"""绑定手机号: a code shows that a phone is the customer's, and guessing gets nowhere (R8.4)."""

from datetime import timedelta

import pytest

from backend.domain.errors import Refusal
from backend.domain.vocabulary import Channel
from backend.messages.binding import CodeSent
from backend.refusals import (
    CodeExpired,
    CodeUsedUp,
    CodeWrong,
    NoCodeSent,
)
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from backend.usecases import binding
from tests.integration.backend.binding.support import OTHER_PHONE, PHONE, Desk, after, refusal, wrong
from tests.integration.backend.support import FRIDAY_EVENING
from tests.integration.backend.test_backend_concurrency import at_once


def test_the_code_of_the_sms_binds_the_phone(desk):
    assert desk.ask() == CodeSent(tail="1234", minutes=5)
    bound = desk.say(desk.code())

    assert (bound.phone, bound.bound_at) == (PHONE, FRIDAY_EVENING)
    assert desk.bound() == [PHONE]


@pytest.mark.parametrize(
    ("channel", "span"),
    [
        (Channel.WECHAT, timedelta(days=180)),
        (Channel.WEBCHAT, timedelta(days=7)),
        (Channel.HOTLINE, timedelta(hours=4)),
    ],
)
def test_a_phone_stays_bound_as_long_as_its_channel_allows(desk, channel, span):
    desk.ask()
    bound = desk.say(desk.code(), channel=channel)

    assert bound.until == FRIDAY_EVENING + span
    assert desk.bound(now=bound.until - timedelta(seconds=1)) == [PHONE]
    assert desk.bound(now=bound.until) == []


def test_a_code_is_good_for_five_minutes(desk):
    desk.ask()

    assert isinstance(refusal(desk.say, desk.code(), now=after(minutes=5)), CodeExpired)
    assert desk.say(desk.code(), now=after(minutes=4, seconds=59)).phone == PHONE


def test_a_wrong_code_says_how_many_attempts_are_left(desk):
    desk.ask()
    refused = refusal(desk.say, wrong(desk.code()))

    assert isinstance(refused, CodeWrong)
    assert "还可以再试4次" in refused.message
    assert desk.bound() == []


def test_who_guesses_five_times_has_lost_the_code_even_with_the_right_one(desk):
    desk.ask()
    code = desk.code()
    refused = [refusal(desk.say, wrong(code), request_id=f"guess {which}") for which in range(5)]

    assert [type(each) for each in refused] == [CodeWrong] * 4 + [CodeUsedUp]
    assert isinstance(refusal(desk.say, code), CodeUsedUp)
    assert desk.bound() == []


def test_a_code_is_used_once(desk):
    desk.ask()
    code = desk.code()
    desk.say(code)
    binding.unbind(conversation="of-zhang", store=desk.store, now=FRIDAY_EVENING)

    assert isinstance(refusal(desk.say, code, request_id="again"), NoCodeSent)
    assert desk.bound() == []


def test_the_same_message_again_is_answered_the_same(desk):
    """The process died between the check and the answer: the turn runs again."""
    desk.ask()
    first = desk.say(desk.code(), request_id="the message")

    assert desk.say(desk.code(), request_id="the message", now=after(seconds=8)) == first


def test_a_code_of_another_conversation_is_worth_nothing(desk):
    desk.ask(conversation="of-zhang")

    assert isinstance(refusal(desk.say, desk.code(), conversation="of-a-stranger"), NoCodeSent)
    assert desk.bound(conversation="of-a-stranger") == []


def test_a_code_to_ones_own_phone_does_not_bind_somebody_elses(desk):
    desk.ask(PHONE)
    own = desk.code(PHONE)
    desk.ask(OTHER_PHONE, now=after(seconds=61))

    assert isinstance(refusal(desk.say, own, now=after(seconds=62)), CodeWrong)
    assert desk.bound() == []


def test_only_the_newest_code_counts(desk):
    desk.ask()
    old = desk.code()
    desk.ask(now=after(seconds=61))
    new = desk.code()

    if old != new:  # once in a million
        assert isinstance(refusal(desk.say, old, now=after(seconds=62)), CodeWrong)
    assert desk.say(new, now=after(seconds=63)).phone == PHONE


def test_who_unbinds_is_told_what_it_was_and_is_bound_to_nothing(desk):
    desk.ask()
    desk.say(desk.code(), request_id="the message")

    were = binding.unbind(conversation="of-zhang", store=desk.store, now=FRIDAY_EVENING)
    assert [each.phone for each in were] == [PHONE]
    assert desk.bound() == []
    assert isinstance(refusal(desk.say, desk.code(), request_id="the message"), NoCodeSent)


def test_one_code_said_in_two_processes_at_once_binds_once(desk, database_url, terms):
    desk.ask()
    code, second = desk.code(), open_engine(database_url)
    other = Desk(SqlStore(second), terms.charter)

    def say(one: Desk, request_id: str) -> str:
        try:
            return one.say(code, request_id=request_id).phone
        except Refusal as refused:
            return refused.code

    outcomes = at_once(lambda: say(desk, "one"), lambda: say(other, "two"))
    assert sorted(outcomes) == [PHONE, "no_code_sent"]
    second.dispose()


def test_many_guesses_at_once_get_no_attempt_more(desk):
    desk.ask()
    bad = wrong(desk.code())

    refused = at_once(*[lambda which=which: refusal(desk.say, bad, request_id=f"g{which}") for which in range(8)])
    kinds = [type(each) for each in refused]
    assert kinds.count(CodeWrong) + kinds.count(CodeUsedUp) == 8
    with desk.store.reading() as tickets:
        assert tickets.codes.newest(conversation="of-zhang").attempts == 5
