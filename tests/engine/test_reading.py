"""How contact details are read: a text in, the entities out. Written for these tests; none is a training phrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.nlu.extraction import contact_spans
from engine.nlu.plain import plain
from engine.nlu.reader import Reader


def values(text: str, entity: str, *, asked: str = "") -> list[str]:
    return [span.value for span in contact_spans(plain(text), asked=asked) if span.entity == entity]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Where addresses begin and end is learned, so the project's own model reads them."""
    return Reader.newest(Path(__file__).resolve().parents[2] / "models")


PHONES = """
    13807911234                                  | +8613807911234
    138 0791 1234                                | +8613807911234
    138-0791-1234                                | +8613807911234
    138.0791.1234                                | +8613807911234
    １３８０７９１１２３４                              | +8613807911234
    +86 138 0791 1234                            | +8613807911234
    0086-13807911234                             | +8613807911234
    8613807911234                                | +8613807911234
    幺三八零七九幺幺二三四                             | +8613807911234
    一三八，零七九一，一二三四                          | +8613807911234
    幺三八 零七九幺 幺二三四                           | +8613807911234
    我电话是幺三八零七九一一二三四啊                       | +8613807911234
    号码幺三九然后三个七再是零五二七八                      | +8613977705278
    一三七九二零零四个五                              | +8613792005555
    138零零幺三八零零零                              | +8613800138000
    别打我的打我爱人的幺五零七零零三三六五二                   | +8615070033652
    不是139开头是13807911234                        | +8613807911234
    前面135没错 后面是0791 4427                       | +8613507914427
    0791-86225227                                | +8679186225227
    0791 8622 5227                               | +8679186225227
    (0817)6225227                                | +868176225227
    零七九一八六二二五二二七                            | +8679186225227
    座机86225227                                  | 86225227
    6225227                                      | 6225227
    电话：6225227                                  | 6225227
    幺三八零七九那个幺幺二三四                          | +8613807911234
    幺三八零七喂九幺幺二三四                           | +8613807911234
    幺三八零七就是说九幺幺二三四                         | +8613807911234
    要三八零七九幺幺二三四                            | +8613807911234
    妖三八零七九妖妖二三四                            | +8613807911234
    幺三八令七九幺幺两三四                            | +8613807911234
    幺三八洞拐勾幺幺俩三四                            | +8613807911234
    前三位幺三八后面是零七九幺最后幺二三四                    | +8613807911234
    加八六一三八零七九一一二三四                         | +8613807911234
    零七九幺杠八六二二五二二七                          | +8679186225227
    0791 8622 5227转803                          | +8679186225227
    一三八零七九一一二三                             |
    一三八零七九一一二三四五                           |
    12807911234                                  |
    身份证号360103196501011234                        |
    三八妇女节要二百兆                              |
    住3栋502电话13807911234                        | +8613807911234
    13807911234或者13970012345                    | +8613807911234 +8613970012345
    微信同号18770039126谢谢                          | +8618770039126
    我家电视E04                                     |
    宽带691                                       |
    装了200兆的                                     |
    2026年11月21日                                 |
    晚上19:30—20:30                               |
    工单26112100427                               |
"""

PARTS = """
    1380791123          | 1380791123
    138079112345        | 138079112345
    电话138 0791          | 1380791
    手机号138 0791         | 1380791
    手机号 138            | 138
    幺三八零七九幺一二           | 138079112
    30块钱                |
    24小时                |
    电话打到锦江苑2栋 1804 没人接  |
    手机在家，荷塘园6-1-1103   |
"""

TICKETS = """
    26112100427              | 26112100427
    261121 0042 7            | 26112100427
    二六幺幺二幺零零四二七              | 26112100427
    单号是二六一一二一 零零四二 七        | 26112100427
    工单号：２６１１２１００４２７          | 26112100427
    查一下26112100427到哪一步了      | 26112100427
    261121100427              | 261121100427
    26132100427               |
    13807911234               |
"""

LAST_FOUR = """
    1234          | 1234
    尾号1234        | 1234
    后四位是幺二三四      | 1234
    一二三四          | 1234
    尾号不是0105，是0106 | 0105 0106
    尾号是0108不是0107 | 0108 0107
    啊不是零五零八是零五零九 | 0508 0509
    卡尾号7788的那张    |
    工单尾号0427       |
    2026年          |
"""

ADDRESSES = """
    我家电视没信号了，住南昌市红谷滩区，电话13807911234        | 南昌市红谷滩区
    住红谷滩区丰和北大道66号3栋502，电视黑屏               | 红谷滩区丰和北大道66号3栋502
    八一家园9栋2单元301                          | 八一家园9栋2单元301
    西湖区抚生路二百四十号五栋三单元六零二                   | 西湖区抚生路240号5栋3单元602
    青云谱区洪都中大道八一家园9栋2单元301 电话13507914421    | 青云谱区洪都中大道八一家园9栋2单元301
    东湖区，阳明路，八十八号                          | 东湖区阳明路88号
    新建縣長堎鎮解放路一百二十號                        | 新建县长堎镇解放路120号
    我住八一家园                             | 八一家园
    万科四季3栋2单元502宽带断了                      | 万科四季3栋2单元502
    我家在绿地新都会1期6栋                          | 绿地新都会1期6栋
    幸福小区 7-2-1603                         | 幸福小区7-2-1603
    洪都中大道十八号九栋五零五幺三八零七九一零五零五        | 洪都中大道18号9栋505
    保宁街道 嗯 那个 北街 四十二号                     | 保宁街道北街42号
    丰和北大道六十六号十五栋一单元一千二百零三             | 丰和北大道66号15栋1单元1203
    B座1201室，金巢大厦                          | B座1201室金巢大厦
    江西省抚州市临川区文昌大道1号                       | 江西省抚州市临川区文昌大道1号
    张家湾村五组                               | 张家湾村5组
    我们这边是罗家镇濡溪村                           | 罗家镇濡溪村
    我住在洪都中大道十八号那边                       | 洪都中大道18号
    请八一家园的片区师傅回个电话                      | 八一家园
    请问象山北路的厅几点开门                          | 象山北路
    红谷滩没有信号                            | 红谷滩
    路说错了，不是阳明路，是叠山路30号1单元201      | 阳明路 叠山路30号1单元201
    房号说错了，是109室不是108室                 |
    就在村口小学对面那个修鞋铺                    | 村口小学对面修鞋铺
    我们单位在水利局三楼办公室，网断了             | 水利局3楼办公室
    遂川县泉江镇二栋 1804，电话13807911234        | 遂川县泉江镇2栋1804
    橘子家园7-2-1102，手机13807911234           | 橘子家园7-2-1102
    敝公司设于九江市浔阳区塔岭北路                     | 九江市浔阳区塔岭北路
    在于都县贡江镇红军大道                         | 于都县贡江镇红军大道
    地址改一下 张家村→章家村                       | 张家村 章家村
    柳湖花园8栋那单派了没                         | 柳湖花园8栋
    我住柳湖花园就是说8栋502                        | 柳湖花园8栋502
    9月底搬家                                  |
    司机又绕路了                               |
    打外地手机要不要加区号                        |
    我们小区没信号了                              |
    线路老化了 整条街都没了                          |
    从三楼挪到五楼                               |
    去年十一月二十二号报的修                          |
    要投诉三号窗口                               |
    你们修了三次                                |
    全市都停了吗 全省呢                            |
    这个市场 超市 地区                             |
"""

TIMES = """
    明天下午三点以后      | 明天下午三点以后
    三点到五点         | 三点到五点
    周六上午          | 周六上午
    下礼拜一晚上八点半     | 下礼拜一晚上八点半
    11月23号         | 11月23号
    昨天晚上就没了       | 昨天晚上
    半小时以后         | 半小时以后
    今晚八点过来吧       | 今晚八点
    明早九点半         | 明早九点半
    今晚七点后在家       | 今晚七点后
    今晚8点到9点       | 今晚8点到9点
    最晚八点          | 八点
    明天早一点来        | 明天早
    晚一点           |
    随时都行          | 随时
    下班以后          | 下班以后
    后日上昼          | 后日上昼
    聽日下晝三點        | 听日下昼三点
    少一点           |
    住66号          |
"""


def table(rows: str) -> list[tuple[str, str]]:
    cut = [row.rsplit("|", 1) for row in rows.strip().splitlines()]
    return [(text.strip(), wanted.strip()) for text, wanted in cut]


@pytest.mark.parametrize(("text", "wanted"), table(PHONES))
def test_phones(text: str, wanted: str) -> None:
    assert " ".join(values(text, "phone")) == wanted


@pytest.mark.parametrize(("text", "wanted"), table(PARTS))
def test_parts_of_a_phone(text: str, wanted: str) -> None:
    assert " ".join(values(text, "phone_part")) == wanted
    assert values(text, "phone") == []


@pytest.mark.parametrize(
    ("text", "asked", "wanted"), [("138 0791", "contact_phone", "1380791"), ("1234", "contact_phone", "1234")]
)
def test_a_few_digits_are_part_of_the_phone_when_it_was_asked_for(text: str, asked: str, wanted: str) -> None:
    assert values(text, "phone_part", asked=asked) == [wanted]


@pytest.mark.parametrize(("text", "wanted"), table(TICKETS))
def test_ticket_numbers(text: str, wanted: str) -> None:
    assert " ".join(values(text, "ticket_number")) == wanted


@pytest.mark.parametrize(("text", "wanted"), table(LAST_FOUR))
def test_the_last_four(text: str, wanted: str) -> None:
    assert " ".join(values(text, "last_four")) == wanted


@pytest.mark.parametrize(("text", "wanted"), table(ADDRESSES))
def test_addresses(text: str, wanted: str, reader: Reader) -> None:
    assert " ".join(span.value for span in reader.spans(text) if span.entity == "address") == wanted


@pytest.mark.parametrize(("text", "wanted"), table(TIMES))
def test_times(text: str, wanted: str) -> None:
    assert " ".join(values(text, "time")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("机顶盒打不开", "tv"),
        ("宽带断了", "broadband"),
        ("回看打不开", "vod"),
        ("座机没有拨号音", "telephone"),
        ("电视和网络都没了", "broadband tv"),
        ("电话打不通你们", ""),
    ],
)
def test_services(text: str, wanted: str) -> None:
    assert " ".join(values(text, "service")) == wanted
