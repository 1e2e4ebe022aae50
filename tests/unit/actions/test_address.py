"""How an address is put together from what a customer says bit by bit."""

import pytest

from actions.address import can_be_found, corrected_part, corrected_room, looks_like_place, merged, parts
from tests.factories import rows

AREAS = ("红谷滩区", "红谷滩", "湾里", "八一家园", "绳金塔", "青云谱")


def table(text: str) -> pytest.MarkDecorator:
    found = rows(text)
    return pytest.mark.parametrize("row", found, ids=["+".join(list(row.values())[:2]) for row in found])


@table("""
    address                             | parts
    南昌市红谷滩区丰和北大道66号3栋502  | 南昌市 红谷滩区 丰和北大道 66号 3栋 502
    江西省南昌市东湖区阳明路1号         | 江西省南昌市 东湖区 阳明路 1号
    青云谱区洪都中大道八一家园9栋2单元301 | 青云谱区 洪都中大道 八一家园 9栋 2单元 301
    南昌县莲塘镇澄湖北大道288号         | 南昌县 莲塘镇 澄湖北大道 288号
    西湖区老福山3栋                     | 西湖区 老福山 3栋
    恒大绿洲8栋1单元2301                | 恒大绿洲 8栋 1单元 2301
    万科四季花城3期12栋1203室           | 万科四季花城3期 12栋 1203室
    八一大道357号财富广场A座1201        | 八一大道 357号 财富广场 A座 1201
    北京西路437号省政府大院             | 北京西路 437号 省政府大院
    青云谱区包家花园小区5栋             | 青云谱区 包家花园小区 5栋
    铁路五村12栋                        | 铁路五村 12栋
    安义县石鼻镇罗田村黄家小组12号      | 安义县 石鼻镇 罗田村 黄家小组 12号
    向塘镇剑霞村委会                    | 向塘镇 剑霞村委会
    东湖区豫章路街道                    | 东湖区 豫章路街道
    江大宿舍B区4号楼308                 | 江大宿舍B区 4号楼 308
    朝阳新城小区 7-2-1603               | 朝阳新城小区 7-2-1603
    二号楼三单元                        | 二号楼 三单元
""")
def test_an_address_is_read_from_the_largest_part_to_the_door(row):
    assert list(parts(row["address"]).values()) == row["parts"].split()


@table("""
    known                         | said               | whole
    红谷滩区                      | 丰和北大道66号3栋502 | 红谷滩区丰和北大道66号3栋502
    丰和北大道66号3栋502          | 红谷滩区           | 红谷滩区丰和北大道66号3栋502
    丰和北大道66号3栋502          | 红谷滩             | 红谷滩丰和北大道66号3栋502
    红谷滩                        | 丰和北大道66号     | 红谷滩丰和北大道66号
    红谷滩                        | 红谷滩区           | 红谷滩区
    3栋502                        | 红谷滩区丰和北大道66号 | 红谷滩区丰和北大道66号3栋502
    八一家园9栋2单元301           | 洪都中大道         | 洪都中大道八一家园9栋2单元301
    洪都中大道                    | 八一家园           | 洪都中大道八一家园
    恒大绿洲                      | 8栋1单元           | 恒大绿洲8栋1单元
    红谷滩区恒大绿洲              | 8栋                | 红谷滩区恒大绿洲8栋
    进贤县李渡镇幸福村            | 12号               | 进贤县李渡镇幸福村12号
    石鼻镇罗田村黄家小组          | 12号               | 石鼻镇罗田村黄家小组12号
    村口第三家门口有棵大樟树      | 进贤县李渡镇       | 进贤县李渡镇村口第三家门口有棵大樟树
    进贤县李渡镇                  | 村口第三家门口有棵大樟树 | 进贤县李渡镇村口第三家门口有棵大樟树
    瑞昌市                        | 桂林路5号          | 瑞昌市桂林路5号
    丰和北大道66号                | 恒大绿洲8栋        | 丰和北大道66号恒大绿洲8栋
    丰和北大道66号3栋502          | 恒大绿洲           | 丰和北大道66号恒大绿洲3栋502
    丰和北大道66号3栋502          | 恒大绿洲3栋        | 丰和北大道66号恒大绿洲3栋502
    丰和北大道66号3栋502          | 世纪风情小区旁边   | 丰和北大道66号3栋502，世纪风情小区旁边
    丰和北大道66号3栋502          | 菜市场对面         | 丰和北大道66号3栋502，菜市场对面
    丰和北大道66号3栋502，菜市场对面 | 5栋             | 丰和北大道66号5栋502，菜市场对面
    丰和北大道66号3栋502，世纪风情小区旁边 | 世纪风情小区旁边 | 丰和北大道66号3栋502，世纪风情小区旁边
    丰和北大道66号3栋502，菜市场对面 | 世贸路8号 | 世贸路8号
""")
def test_what_is_said_later_goes_to_its_place(row):
    assert merged(row["known"], row["said"], areas=AREAS) == row["whole"]


@table("""
    known                         | said               | whole
    红谷滩区丰和北大道66号3栋502  | 5栋                | 红谷滩区丰和北大道66号5栋502
    红谷滩区丰和北大道66号3栋502  | 603                | 红谷滩区丰和北大道66号3栋603
    八一家园9栋2单元301           | 3单元              | 八一家园9栋3单元301
    恒大绿洲8栋1单元2301          | 9栋                | 恒大绿洲9栋1单元2301
    恒大绿洲8栋1单元2301          | 2302室             | 恒大绿洲8栋1单元2302室
    丰和北大道66号3栋502          | 68号               | 丰和北大道68号3栋502
    丰和北大道66号3栋502          | 丰和北大道68号     | 丰和北大道68号3栋502
    东湖区阳明路1号               | 青山湖区           | 青山湖区阳明路1号
    江大宿舍B区4号楼308           | 5号楼              | 江大宿舍B区5号楼308
""")
def test_a_correction_replaces_what_it_names_and_keeps_the_rest(row):
    assert merged(row["known"], row["said"], areas=AREAS) == row["whole"]


@table("""
    known                         | said                   | whole
    八一家园9栋2单元301           | 恒大绿洲8栋            | 恒大绿洲8栋
    西湖区抚生路240号5栋602       | 红谷滩区世贸路8号      | 红谷滩区世贸路8号
    西湖区八一家园9栋             | 红谷滩区世贸路8号      | 红谷滩区世贸路8号
    南昌市西湖区抚生路240号5栋602 | 红谷滩区世贸路8号      | 南昌市红谷滩区世贸路8号
    红谷滩区丰和北大道66号3栋502  | 世贸路8号              | 红谷滩区世贸路8号
    丰和北大道66号3栋502          | 恒大绿洲8栋            | 恒大绿洲8栋
    红谷滩区丰和北大道66号3栋502  | 绿湖豪城12栋301        | 红谷滩区绿湖豪城12栋301
""")
def test_another_place_drops_the_old_door(row):
    assert merged(row["known"], row["said"], areas=AREAS) == row["whole"]


def test_the_same_address_again_changes_nothing():
    whole = "南昌市青云谱区洪都中大道八一家园9栋2单元301"

    assert merged(whole, whole, areas=AREAS) == whole
    assert merged(whole, "八一家园9栋2单元", areas=AREAS) == whole
    assert merged(whole, "，", areas=AREAS) == whole


@table("""
    address            | found
    红谷滩区           | 否
    南昌市红谷滩       | 否
    湾里               | 否
    八一家园           | 否
    莲塘镇             | 否
    凤凰洲街道         | 否
    八一家园9栋        | 是
    红谷滩区世贸路     | 是
    南昌县向塘镇河头村 | 是
    绳金塔街口         | 是
    3栋502             | 是
    村口第三家         | 是
""")
def test_a_door_is_found_when_more_than_a_district_or_an_area_is_named(row):
    assert can_be_found(row["address"], areas=AREAS) == (row["found"] == "是")


@table("""
    text                 | place
    菜市场对面那个五金店 | 是
    城南小学旁边         | 是
    老供销社院子         | 是
    八一桥头 3 单元      | 是
    不知道               | 否
    没信号               | 否
    你打我号码           | 否
    路由器没反应         | 否
    线路不好             | 否
    好的                 | 否
""")
def test_a_place_without_the_form_of_an_address_is_told_from_other_talk(row):
    assert looks_like_place(row["text"]) == (row["place"] == "是")


@table("""
    said                  | part
    不是3栋是5栋          | 5栋
    是5栋不是3栋          | 5栋
    不对不对是五栋不是三栋 | 5栋
    改成2单元601          | 2单元601
    不是这样              |
""")
def test_the_part_that_is_right_is_taken_from_a_correction(row):
    assert (corrected_part(row["said"]) or "") == row["part"]


@table("""
    said            | known         | room
    不是502，是503  | 丰和路6号3栋502 | 503
    是503不是502    | 丰和路6号3栋502 | 503
    不是602是603    | 丰和路6号3栋502 |
    不是3栋是5栋    | 丰和路6号3栋502 |
""")
def test_a_room_is_corrected_where_the_wrong_one_was_known(row):
    assert (corrected_room(row["said"], known=row["known"]) or "") == row["room"]
