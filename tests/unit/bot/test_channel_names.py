"""Names of the charter that the recogniser wrote with other characters; nothing else is touched."""

import pytest

from backend.charters import load_charter
from bot.channels.names import MOST_HINTS, Names


@pytest.fixture(scope="module")
def names():
    return Names.of(load_charter(operator="jiangxi"))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("我住红古滩区", "我住红谷滩区"),
        ("洪骨滩区", "红谷滩区"),
        ("请云谱区洪都中大道", "青云谱区洪都中大道"),
        ("红谷滩营夜厅在哪", "红谷滩营业厅在哪"),
        ("机定和坏了", "机顶盒坏了"),
        ("要控器不灵", "遥控器不灵"),
        ("进先县名和镇", "进贤县民和镇"),
        ("我住青山湖，红鼓滩区也有", "我住青山湖，红谷滩区也有"),
    ],
)
def test_a_name_that_only_sounds_right_is_put_right(names, heard, meant):
    assert names.mended(heard) == meant


@pytest.mark.parametrize(
    "heard",
    [
        *("电视没信号了", "红谷滩区", "青山湖区青山湖营业厅", "我要投诉你们的师傅", "今天上午十点来修", "西湖区抚生路"),
        *("红谷滩西区", "稀糊", "我想问问宽带多少钱", "幺三八零七九幺幺二三四", "", "hello"),
    ],
)
def test_what_is_no_misheard_name_stays_as_it_is(names, heard):
    assert names.mended(heard) == heard


def test_where_two_names_are_as_near_nothing_is_guessed():
    assert Names(["金湖花园", "锦湖花园"]).mended("今湖花园") == "今湖花园"


def test_the_recogniser_gets_no_more_hints_than_it_takes(names):
    assert len(names.hints) == len(set(names.hints)) == MOST_HINTS
