"""重大投诉 R1.16: major is what a rule of the charter says, with the reason; all else is general (R1.20)."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from backend.domain.severity import MajorRule, why_major
from backend.domain.vocabulary import Mark
from tests.factories import rows

# As shipped for jiangxi.
MAJOR = rows("""
    投诉                                       | 因为
    师傅拉的线漏电，电到我孩子了               | 人身安全（险情）
    梯子倒下来把我爸砸伤了                     | 人身安全（提到“砸伤”）
    平白扣了我一千二百八十块                   | 涉及金额（1280 元）
    先扣600元，后来又扣了八百块                | 涉及金额（800 元）
    修了三次还是坏的                           | 多次发生（3 次）
    来了第4回还没修好                          | 多次发生（4 次）
    三番五次骗我                               | 多次发生（提到“三番五次”）
    再不处理我就找记者曝光                     | 媒体或监管（提到“记者”）
    我要找記者                                 | 媒体或监管（提到“记者”）
    我已经打了12345                            | 媒体或监管（提到“12345”）
    我们酒店一百多间房都没电视                 | 重要客户（提到“我们酒店”）
    扣了两千块，找了你们三次，我要去消协       | 涉及金额（2000 元） 多次发生（3 次） 媒体或监管（提到“消协”）
""")
GENERAL = rows("""
    投诉
    你们师傅态度太差
    多扣了我五百块
    说好昨天来，到现在没人
    来了两次都没修好
    幸好没有人受伤
    我没找记者，就想让你们修好
    工号13912345678的师傅骂人
    打人工电话没人接
    点播3回看不了
""")


@pytest.fixture
def why(jiangxi):
    """By the charter as shipped; said for the first time, by a customer like any other."""
    return partial(why_major, times=1, important=False, rules=jiangxi.major_complaints)


@pytest.mark.parametrize("row", MAJOR, ids=lambda row: row["投诉"])
def test_r1_16_a_rule_that_fits_makes_a_complaint_major_and_says_why(row, why):
    reasons = why(text=row["投诉"])
    assert " ".join(reasons) == row["因为"]


@pytest.mark.parametrize("row", GENERAL, ids=lambda row: row["投诉"])
def test_r1_20_where_no_rule_fits_a_complaint_is_general(row, why):
    assert why(text=row["投诉"]) == ()


def test_r1_16_the_third_time_on_record_needs_no_word_of_the_customer(why):
    assert why(text="师傅又骂人", times=2) == ()
    assert why(text="师傅又骂人", times=3) == ("多次发生（3 次）",)


def test_r1_16_an_important_customer_need_not_say_so(why):
    assert why(text="师傅又骂人", important=True) == ("重要客户（客户资料）",)


def test_r1_16_every_rule_as_shipped_is_marked_as_the_operators_own(jiangxi):
    assert {rule.key for rule in jiangxi.major_complaints} == {
        "safety",
        "money",
        "third_time",
        "media_or_regulator",
        "important_customer",
    }
    assert {rule.mark for rule in jiangxi.major_complaints} == {Mark.CONFIGURED}
    assert all("自定" in rule.source for rule in jiangxi.major_complaints)


A_RULE = MajorRule(
    key="money",
    label="涉及金额",
    rule="R1.16",
    source="运营商自定",
    mark=Mark.CONFIGURED,
    danger=False,
    words=(),
    money_above=Decimal(100),
    times=None,
    important=False,
)


def test_r1_16_the_limits_are_the_charters():
    said = {"text": "扣了我两百块，第二次了", "times": 1, "important": True}
    assert why_major(**said, rules=[A_RULE]) == ("涉及金额（200 元）",)
    assert why_major(**said, rules=[replace(A_RULE, money_above=Decimal(200))]) == ()
    assert why_major(**said, rules=[replace(A_RULE, money_above=None, times=2)]) == ("涉及金额（2 次）",)
    assert why_major(**said, rules=[replace(A_RULE, money_above=None, important=True)]) == ("涉及金额（客户资料）",)


def test_without_rules_nothing_is_major():
    assert why_major(text="电到人了，扣了一万块，第三次，找记者", times=9, important=True, rules=()) == ()
