"""What a customer's words for a time mean on a Saturday evening, 2026-11-21 20:31."""

from datetime import UTC

import pytest

from actions.wished_time import happens, is_unclear, is_wished, nobody_home, read_time
from tests.factories import at, rows

SATURDAY_EVENING = at("2026-11-21 20:31")


@pytest.mark.parametrize(
    "row",
    rows("""
        phrase             | moment
        今天晚上九点       | 2026-11-21 21:00
        两小时后           | 2026-11-21 22:31
        明天               | 2026-11-22 08:00
        明天上午           | 2026-11-22 08:00
        明天早上           | 2026-11-22 08:00
        明天下午三点以后   | 2026-11-22 15:00
        明天三点           | 2026-11-22 15:00
        明天9点到11点      | 2026-11-22 09:00
        下午三点           | 2026-11-22 15:00
        三点               | 2026-11-22 15:00
        12点               | 2026-11-22 12:00
        六点以后           | 2026-11-22 18:00
        礼拜天             | 2026-11-22 08:00
        后天上午九点半     | 2026-11-23 09:30
        周一下午           | 2026-11-23 12:00
        三天后             | 2026-11-24 08:00
        下周三上午10点     | 2026-11-25 10:00
        11月25日下午2点    | 2026-11-25 14:00
        1月3日             | 2027-01-03 08:00
    """),
    ids=lambda row: row["phrase"],
)
def test_a_wish_is_the_next_moment_that_the_words_may_mean(row):
    assert read_time(row["phrase"], at=SATURDAY_EVENING) == at(row["moment"])


@pytest.mark.parametrize("phrase", ["昨天下午", "今天上午", "11月20号", "随时", "下班以后", "马上", "你好"])
def test_a_time_that_is_past_or_no_time_is_none(phrase):
    assert read_time(phrase, at=SATURDAY_EVENING) is None


def test_the_same_words_mean_the_same_whatever_the_zone_of_the_clock():
    assert read_time("明天下午三点", at=SATURDAY_EVENING.astimezone(UTC)) == at("2026-11-22 15:00")


@pytest.mark.parametrize(
    "row",
    rows("""
        sentence                   | wished
        明天下午三点以后我才在家   | 是
        后天上午过来修吧           | 是
        周末有空                   | 是
        明天9点上门可以的          | 是
        昨天晚上开始没信号         | 否
        今天早上就没了             | 否
        你们昨天来过               | 否
        说好上周三来，没人来       | 否
        昨天来电以后就看不了       | 否
    """),
    ids=lambda row: row["sentence"],
)
def test_a_time_to_come_at_is_told_from_the_time_of_the_trouble(row):
    assert is_wished(row["sentence"]) == (row["wished"] == "是")


@pytest.mark.parametrize(
    "row",
    rows("""
        sentence                     | happens
        白天还行的 就是晚上八点到十点 | 是
        一到晚上八点就卡             | 是
        从昨天晚上开始的             | 是
        每天晚上七点多               | 是
        明天下午三点                 | 否
        就是明天下午三点             | 否
        晚上八点以后都是有人在家的   | 否
        三点以后                     | 否
        昨天说好上午来 等到晚上       | 是
        上周三下午来过               | 是
        从明天开始都有空             | 否
    """),
    ids=lambda row: row["sentence"],
)
def test_a_time_at_which_something_is_broken_is_no_time_to_come(row):
    assert happens(row["sentence"]) is (row["happens"] == "是")


def test_a_time_to_come_may_have_no_clock():
    assert [phrase for phrase in ("周末", "下班以后", "吃完晚饭", "昨天下午", "今天上午") if is_unclear(phrase)] == [
        "周末",
        "下班以后",
        "吃完晚饭",
    ]


def test_who_hurries_or_threatens_says_nothing_of_who_is_at_home():
    said = ("麻烦快点去看看", "今天不来我就要去投诉", "今天加班把它修好", "我上午要去买菜")

    assert [text for text in said if nobody_home(text)] == ["我上午要去买菜"]
