"""Amounts and numbers of times, as customers write and speakers say them."""

from decimal import Decimal

import pytest

from backend.domain.figures import times_in, yuan_in
from tests.factories import rows

AMOUNTS = rows("""
    句子                       | 元
    扣了我一千二百八十块       | 1280
    收了1,280.50元             | 1280.50
    交了1.2万元                | 12000
    花了一万二千块             | 12000
    一亿元                     | 100000000
    三千多块                   | 3001
    十几万元                   | 100001
    几百块钱                   | 100
    上千块                     | 1000
    五百八块                   | 580
    五百零八块                 | 508
    两三百块                   | 200
    一二八零元                 | 1280
    十块                       | 10
    二十块                     | 20
    3千块                      | 3000
    兩萬塊                     | 20000
    扣了¥600                   | 600
    先扣 50 元，又扣了80元     | 50 80
    3单元502                   |
    交了很多钱                 |
""")
TIMES = rows("""
    句子               | 次
    这是第三次了       | 3
    修了3回            | 3
    跑了两三趟         | 2
    催了十次           | 10
    来过十二次         | 12
    说了一百零三遍     | 103
    打了20多次         | 20
    先两次，后三次     | 2 3
    每次都这样         |
    点播3回看不了      |
""")


@pytest.mark.parametrize("row", AMOUNTS, ids=lambda row: row["句子"])
def test_an_amount_is_read_from_digits_and_from_numerals(row):
    assert yuan_in(row["句子"]) == tuple(Decimal(amount) for amount in row["元"].split())


@pytest.mark.parametrize("row", TIMES, ids=lambda row: row["句子"])
def test_how_many_times_is_read_from_digits_and_from_numerals(row):
    assert times_in(row["句子"]) == tuple(int(times) for times in row["次"].split())
