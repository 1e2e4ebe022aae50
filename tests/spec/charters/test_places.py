"""Where an address lies 片区, and whether that is town or country (R1.3)."""

import pytest

from tests.factories import a_charter, an_area, rows


@pytest.mark.parametrize(
    "row",
    rows("""
        地址                                     | 片区                | 城乡
        南昌市红谷滩区丰和北大道66号3栋502       | honggutan           | urban
        住红谷滩丰和北大道                       | honggutan           | urban
        江西省南昌市西湖区抚生路二百四十号       | xihu                | urban
        西湖 区 抚生路                           | xihu                | urban
        紅谷灘區豐和北大道66號                   | honggutan           | urban
        青云谱区洪都中大道八一家园9栋2单元301    | bayi_jiayuan        | urban
        南昌县莲塘镇澄湖路1号                    | nanchang_county_town| urban
        南昌县莲塘澄湖路1号                      | nanchang_county_town| urban
        南昌县向塘镇                             | nanchang_county     | rural
        進賢縣文港鎮                             | jinxian             | rural
        进贤县民和镇胜利路                       | jinxian_town        | urban
        安义县石鼻镇                             | anyi                | rural
        新建区长堎镇解放路                       | xinjian             | urban
        新建区望城镇                             | xinjian_rural       | rural
        九江市浔阳区长虹大道                     | xunyang             | urban
        江西省九江市瑞昌市湓城街道               | ruichang            | urban
        我家在市区红谷滩                         | honggutan           | urban
    """),
    ids=lambda row: row["地址"],
)
def test_an_address_is_placed_by_the_longest_name_in_it_and_of_equals_the_last(jiangxi, row):
    area = jiangxi.place(row["地址"])
    assert (area.key, area.district) == (row["片区"], row["城乡"])


@pytest.mark.parametrize(
    "address", ["赣州市章贡区红旗大道", "赣州市八一家园", "杭州市西湖区文三路", "浙江杭州西湖区", "66号3栋502", ""]
)
def test_outside_the_listed_areas_nothing_is_guessed(jiangxi, address):
    assert jiangxi.place(address) is None


def test_every_name_in_the_charter_places_its_own_area(jiangxi):
    for area in jiangxi.areas:
        for alias in area.aliases:
            assert jiangxi.place(area.city + alias) == area


def test_areas_and_staff_are_found_by_their_keys(jiangxi):
    assert jiangxi.area("honggutan").name == "红谷滩区"
    assert jiangxi.member("1024").job_number == "1024"
    assert jiangxi.area("atlantis") is None
    assert jiangxi.member("9999") is None


def test_a_shorter_name_loses_wherever_it_stands():
    town, community = an_area("town", "西湖区"), an_area("community", "西湖家园")
    assert a_charter(areas=(community, town)).place("西湖家园，西湖区") == community
