"""Is it the same place: two ways of writing one address are one, two flats are two."""

import pytest

from backend.domain.address import same_address
from tests.factories import rows

SAME = rows("""
    一                             | 又
    南昌市红谷滩区世贸路1号        | 南昌市 红谷滩区，世贸路１号。
    南昌市红谷滩区世贸路1号        | 世贸路1号
    南昌市红谷滩区世贸路1号        | 江西省南昌市红谷滩区世贸路1号
    江西省南昌市红谷滩区世贸路1号  | 南昌市世贸路1号
    南昌红谷滩区世贸路1号          | 南昌市红谷滩区世贸路1号
    红谷滩世贸路1号                | 南昌市红谷滩区世贸路1号
    紅谷灘區世貿路1號              | 红谷滩区世贸路1号
    南昌市阳光城市花园1栋          | 阳光城市花园1栋
    南昌市东湖区锦江小区3栋A座     | 锦江小区3栋a座
    南昌县莲塘镇澄湖路1号          | 莲塘镇澄湖路1号
    世贸路1号3-2-501               | 世贸路1号3—2—501
""")
OTHER = rows("""
    一                             | 又
    世贸路1号3栋501                | 世贸路1号3栋502
    阳光小区13栋501                | 3栋501
    世贸路1号3-2501                | 世贸路1号32-501
    东湖区中山路1号                | 西湖区中山路1号
    九江市中山路1号                | 南昌市中山路1号
    南昌市世贸路1号                | 南昌市
    世贸路1号                      | ，。
    ，。                           | ，。
""")


@pytest.mark.parametrize("row", SAME, ids=lambda row: row["又"])
def test_what_only_one_says_of_province_city_and_district_makes_no_other_place(row):
    assert same_address(one=row["一"], other=row["又"])
    assert same_address(one=row["又"], other=row["一"])


@pytest.mark.parametrize("row", OTHER, ids=lambda row: row["又"])
def test_another_door_district_or_city_is_another_place(row):
    assert not same_address(one=row["一"], other=row["又"])
    assert not same_address(one=row["又"], other=row["一"])
