"""How the customer number 客户编号 is read, and the digits behind it. Written for these tests; no training phrases."""

from __future__ import annotations

import pytest

from engine.nlu.extraction import contact_spans
from engine.nlu.plain import plain


def found(text: str, *, asked: str = "") -> list[tuple[str, str]]:
    return [(span.entity, span.value) for span in contact_spans(plain(text), asked=asked)]


NUMBER, DIGITS = ("account_number", "9900000022"), ("last_four", "0002")


@pytest.mark.parametrize(
    "text",
    [
        "客户编号9900000022",
        "我户号是 9900000022",
        "用户证号：99 0000 0022",
        "客户编号九九零零零零零零二二",
    ],
)
def test_behind_its_name_it_is_read_anywhere(text):
    assert found(text) == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "客户编号9900000022，后四位0002",
        "客户编号是9900000022，登记电话后四位是0002",
        "户号 9900000022 0002",
        "户号九九零零零零零零二二尾号零零零二",
    ],
)
def test_the_digits_behind_it_are_the_proof(text):
    assert found(text) == [NUMBER, DIGITS]


@pytest.mark.parametrize("text", ["9900000022", "就是9900000022", "九九零零零零零零二二"])
def test_without_its_name_it_is_read_only_where_it_was_asked_for(text):
    assert found(text, asked="account_number") == [NUMBER]
    assert NUMBER not in found(text)


def test_a_mobile_number_is_no_customer_number_whatever_was_asked():
    assert found("13800000002", asked="account_number") == [("phone", "+8613800000002")]


def test_the_digits_asked_for_next_are_read_as_such():
    assert found("0002", asked="account_last_four") == [DIGITS]


@pytest.mark.parametrize("text", ["智能卡号8800123412341234", "住9900号", "户号忘了"])
def test_other_numbers_are_none(text):
    assert "account_number" not in {entity for entity, _ in found(text)}
