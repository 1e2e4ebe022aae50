"""Fees, processes and outlets of jiangxi, found by the words that customers use (R3.1, R3.2)."""

import pytest

from actions.fee import named_fees
from actions.order import process_named
from actions.outlet import near
from backend.charters import load_charter
from tests.factories import rows

CHARTER = load_charter(operator="jiangxi")


@pytest.mark.parametrize(
    "row",
    rows("""
        asked                      | fees
        看电视一个月多少钱         | viewing
        收视维护费多少             | viewing
        副机收费吗                 | secondary_terminal_first
        第三台电视多少             | secondary_terminal_further
        搬家移机要多少钱           | relocation
        过户要多少                 | transfer
        收视费和过户费             | viewing transfer
        智能卡丢了补卡多少钱       | smart_card
        报停收费吗                 | suspension
        安装费多少                 | install_package
        宽带一年多少钱             | tv_broadband_package
        网络维护费多少             | network_maintenance
        你们修一次要不要钱         | repair_visit
        师傅上门修盒子要收费吗     | repair_visit
    """),
    ids=lambda row: row["asked"],
)
def test_a_fee_is_found_by_its_name(row):
    assert [fee.key for fee in named_fees(row["asked"], CHARTER.fees)] == row["fees"].split()


@pytest.mark.parametrize("asked", ["体育频道一个月多少", "高清盒子多少钱", "遥控器多少钱", "怎么收费"])
def test_the_price_of_one_thing_is_not_told_for_another(asked):
    assert named_fees(asked, CHARTER.fees) == []


@pytest.mark.parametrize(
    "row",
    rows("""
        asked                  | process
        装有线电视要什么材料   | install
        移机要带什么           | relocate
        停机要身份证吗         | suspend
        复机要带什么           | resume
        换户主要带啥           | transfer
        智能卡丢了要带什么     | replace_card
        报修要带什么           | fault
        要带什么材料           |
    """),
    ids=lambda row: row["asked"],
)
def test_a_process_is_found_by_its_longest_name(row):
    process = process_named(row["asked"], dict(CHARTER.processes))

    assert (process.key if process else "") == row["process"]


@pytest.mark.parametrize(
    "row",
    rows("""
        place                  | outlets
        红谷滩区丰和北大道66号 | 红谷滩营业厅
        我在东湖               | 东湖营业厅
        青云谱                 | 青云谱营业厅
        南昌县向塘镇           | 南昌县营业厅
        九江市浔阳区           | 九江营业厅
        你们营业厅在哪         |
    """),
    ids=lambda row: row["place"],
)
def test_the_outlet_of_a_district_is_found_by_its_name(row):
    assert [outlet.name for outlet in near(row["place"], CHARTER.outlets)] == row["outlets"].split()
