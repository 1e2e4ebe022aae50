"""险情: which dangers a sentence speaks of, as far as plain words show it (R2.6)."""

import pytest

from backend.domain.danger import dangers_in
from tests.factories import rows

SPOKEN = rows("""
    句子                                     | 险情
    楼道里的箱子着火了                       | fire
    盒子冒烟                                 | fire
    机顶盒有股烧焦味                         | fire
    闻到糊味,是光猫那边                      | fire
    插座发烫冒火花                           | fire
    有火花                                   | fire
    接线盒滋滋冒火星                         | fire
    你们箱子烧起来了快来人                   | fire
    線箱裡冒煙                               | fire
    里面的线都烧黑了还有烟快来个人           | fire
    一直冒黑烟                               | fire
    我妈碰机顶盒触电了                       | electric_shock
    插上去手麻了一下，漏电                   | electric_shock
    碰电视线就麻手                           | electric_shock
    摸机顶盒被电麻了                         | electric_shock
    小孩被电到了                             | electric_shock
    机顶盒外壳带电                           | electric_shock
    有根电线掉在路上了                       | fallen_cable
    你们的光缆被车挂断了                     | fallen_cable
    有根线掉下来拖在地上                     | fallen_cable
    有线掉下来了                             | fallen_cable
    你们的线掉路上了                         | fallen_cable
    路中间横起一根线                         | fallen_cable
    门口的光缆垂得很低                       | fallen_cable
    垂得很低                                 | fallen_cable
    线垂下来了                               | fallen_cable
    电线杆倒了                               | fallen_cable
    电线杆斜了                               | fallen_cable
    電線桿斜得厲害                           | fallen_cable
    电线杆要倒了                             | fallen_cable
    电 线 杆 歪了                            | fallen_cable
    俺村口那根杆斜得厉害                     | fallen_cable
    杆子倒在路上                             | fallen_cable
    我妈被你们的线绊倒了                     | fallen_cable
    断了一根线在地上                         | fallen_cable
    骑电瓶车的被掉下来的钢绞线勒了脖子       | fallen_cable
    大货车刮断了一排线                       | fallen_cable
    线低得很,拉稻子的车一过就挂住           | fallen_cable
    拉线断了,杆子晃得厉害                   | fallen_cable
    一摸电视后面的线有电打我                 | electric_shock
    线掉下来冒火花                           | fallen_cable fire
    电线掉水里，有人触电，还冒烟             | electric_shock fallen_cable fire
""")


@pytest.mark.parametrize("row", SPOKEN, ids=lambda row: row["句子"])
def test_each_danger_is_named_who_is_hurt_first(row):
    assert dangers_in(row["句子"]) == tuple(row["险情"].split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "火车站那个营业厅几点开门",
        "楼下是家烧烤店",
        "生意红火",
        "没有着火",
        "没着火，就是没信号",
        "电线没断",
        "燃气灶打不着火",
        "跟着火车走",
        "最近大火的电视剧",
        "一起火锅",
        "有线电视断了",
        "有线电视信号断断续续",
        "宽带老是掉线",
        "网线接口松了",
        "网线掉了",
        "无线网断了",
        "在线客服掉线了又掉",
        "电线杆旁边断网了",
        "电视没信号",
        "接触电视后面的线",
        "停电到现在",
        "被电信骗了",
        "麻烦你们快点",
        "我动手麻烦",
        "电线杆斜对面那家",
        "月底要断线吗",
        "你们的光缆，一直都断",
        "师傅在修电线杆\n垃圾倒了没有",
        "师傅手脚麻利",
        "停机的手续麻不麻烦",
        "没闻到糊味但就是不通电",
        "那根黑线让老鼠咬断了 电视一点都看不了",
    ],
)
def test_ordinary_sentences_are_no_danger(text):
    assert dangers_in(text) == ()
