"""How many messages a customer may be sent, counted over processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.wechat.allowance import Allowance, Opening

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LI, WANG = "o-li", "o-wang"


@pytest.fixture
def allowance(bot_database):
    return Allowance(bot_database)


def taken(allowance, openid, *, at=AT):
    kinds = []
    while found := allowance.take(openid=openid, at=at):
        kinds.append(found.kind)
    return kinds


def test_a_stranger_may_be_sent_nothing(allowance):
    assert allowance.take(openid=LI, at=AT) is None
    assert allowance.left(openid=LI, at=AT) == 0


def test_a_message_allows_five_for_two_days(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)

    assert allowance.left(openid=LI, at=AT + timedelta(hours=47, minutes=59)) == 5
    assert allowance.left(openid=LI, at=AT + timedelta(hours=48)) == 0
    assert taken(allowance, LI) == [Opening.MESSAGE] * 5


@pytest.mark.parametrize("kind", [Opening.CLICK, Opening.FOLLOW, Opening.SCAN])
def test_a_click_a_follow_and_a_scan_allow_three_for_a_minute(allowance, kind):
    allowance.opened(openid=LI, kind=kind, at=AT)

    assert allowance.left(openid=LI, at=AT + timedelta(seconds=59)) == 3
    assert allowance.left(openid=LI, at=AT + timedelta(seconds=60)) == 0
    assert taken(allowance, LI) == [kind] * 3


def test_another_message_begins_anew_and_adds_nothing(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    allowance.take(openid=LI, at=AT)
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT + timedelta(seconds=5))

    assert allowance.left(openid=LI, at=AT + timedelta(seconds=6)) == 5


def test_a_message_that_is_told_again_changes_nothing(allowance):
    for _ in range(3):
        allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
        allowance.take(openid=LI, at=AT)

    assert allowance.left(openid=LI, at=AT) == 2


def test_what_ends_first_is_used_first(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    allowance.opened(openid=LI, kind=Opening.CLICK, at=AT)

    assert taken(allowance, LI) == [Opening.CLICK] * 3 + [Opening.MESSAGE] * 5


def test_what_was_not_sent_is_put_back_and_never_more(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    first = allowance.take(openid=LI, at=AT)
    allowance.put_back(first)
    allowance.put_back(first)
    assert allowance.left(openid=LI, at=AT) == 5

    old = allowance.take(openid=LI, at=AT)
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT + timedelta(seconds=1))
    allowance.take(openid=LI, at=AT + timedelta(seconds=1))
    allowance.put_back(old)
    assert allowance.left(openid=LI, at=AT + timedelta(seconds=1)) == 4


def test_each_has_their_own(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)

    assert allowance.left(openid=WANG, at=AT) == 0


def test_what_wechat_has_ended_a_new_message_opens_again(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    allowance.used_up(openid=LI, at=AT)
    assert allowance.left(openid=LI, at=AT) == 0

    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT + timedelta(seconds=9))
    allowance.used_up(openid=LI, at=AT + timedelta(seconds=8))  # said of a message sent before
    assert allowance.left(openid=LI, at=AT + timedelta(seconds=9)) == 5


def test_who_has_left_is_sent_nothing_until_they_come_back(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    allowance.left_us(openid=LI, at=AT + timedelta(seconds=5))
    assert not allowance.follows(openid=LI)
    assert allowance.take(openid=LI, at=AT + timedelta(seconds=6)) is None

    allowance.opened(openid=LI, kind=Opening.FOLLOW, at=AT + timedelta(seconds=9))
    assert allowance.follows(openid=LI)
    assert allowance.left(openid=LI, at=AT + timedelta(seconds=9)) == 8


def test_a_message_told_late_does_not_bring_back_who_has_left(allowance):
    allowance.left_us(openid=LI, at=AT)
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT - timedelta(seconds=1))

    assert not allowance.follows(openid=LI)


def test_at_once_no_more_is_taken_than_there_is(allowance):
    allowance.opened(openid=LI, kind=Opening.MESSAGE, at=AT)
    with ThreadPoolExecutor(8) as processes:
        found = list(processes.map(lambda _: allowance.take(openid=LI, at=AT), range(40)))

    assert sum(each is not None for each in found) == 5
