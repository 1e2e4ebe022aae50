"""What the hotline says of what was written: numbers in words, and nothing that must be seen."""

import re

import pytest

from bot.channels.hotline.spoken import said, spoken

NUMBERS = {
    "电话 138 0791 1234。": "电话，幺三八，零七九幺，幺二三四。",
    "联系电话13807911234": "联系电话，幺三八，零七九幺，幺二三四，",
    "座机 0791 8612 3456。": "座机，零七九幺，八六幺二，三四五六。",
    "监督电话 0817-6261234。": "监督电话，零八幺七，六二六，幺二三四。",
    "热线 96130，转 9": "热线九六幺三零，转九",
    "请拨 12345": "请拨幺二三四五",
    "打 119 或 110。": "打幺幺九或幺幺零。",
    "工号 1024": "工号幺零二四",
    "工单号 261121 0042 7。": "工单号，二六幺幺二幺，零零四二，七。",
    "工单 26112100427：已受理": "工单，二六幺幺二幺，零零四二，七：已受理",
    "我听到 1380791，是 7 位": "我听到幺三八零七九幺，是七位",
    "还差 4 位": "还差四位",
    "错误代码 E04": "错误代码E零四",
}
MONEY = {
    "24 元/月": "每月二十四元",
    "25.50 元": "二十五元五角",
    "0.15 元": "一角五分",
    "120.05 元": "一百二十元零五分",
    "每台 5 元/月·台": "每台每月五元",
    "12000 元": "一万二千元",
    "0 元": "零元",
    "30%": "百分之三十",
}
TIMES = {
    "11月22日（周日）20:30": "十一月二十二号星期天晚上八点半",
    "11月25日（周三）17:05 前": "十一月二十五号星期三下午五点零五分前",
    "今天（周六）15:00–17:00": "今天星期六下午三点到五点",
    "08:30–17:30": "早上八点半到下午五点半",
    "12:15": "中午十二点十五分",
    "00:00": "凌晨零点",
    "14:00": "下午两点",
    "2027年3月31日": "二零二七年三月三十一号",
    "2016-10": "二零一六年十月",
    "2016 年公示": "二零一六年公示",
    "24 小时内": "二十四小时内",
    "2 个工作日": "两个工作日",
    "2 小时": "两小时",
    "1.5 小时": "一点五小时",
    "3–5 天": "三到五天",
}
PLACES = {
    "抚生路240号5栋3单元602，": "抚生路二百四十号五栋三单元，六零二，",
    "2栋2单元": "二栋二单元",
    "3-502": "三杠五零二",
    "丰和中大道 1 号": "丰和中大道一号",
}
SIGNS = {
    "工单（业务恢复（报开））现在是已受理": "工单，业务恢复，报开，现在是已受理",
    "见 https://example.com/a 说明": "见说明",
    "好的👍": "好的",
    "甲（示例）。": "甲，示例。",
    "业务恢复（报开（甲））现在是": "业务恢复，报开，甲，现在是",
    "一行\n二行": "一行。二行",
    "- 甲": "甲",
    "电视/宽带": "电视或宽带",
    "甲 & 乙": "甲和乙",
    "<b>粗</b>": "b粗b",
    "。": "",
}
NO_SIGN = re.compile(r"[0-9*#_`<>{}|\n\u2190-\u2bff\U0001f000-\U0001faff]|https?:|[（）]")


@pytest.mark.channel("hotline", feature="号码逐位播报")
@pytest.mark.parametrize(("written", "heard"), [*(NUMBERS | MONEY | TIMES | PLACES | SIGNS).items()])
def test_it_is_said_as_one_would_say_it(written, heard):
    assert spoken(written) == heard


@pytest.mark.parametrize("written", [*(NUMBERS | MONEY | TIMES | PLACES | SIGNS)])
def test_what_was_rendered_once_stays(written):
    assert spoken(spoken(written)) == spoken(written)


def test_a_long_answer_is_said_in_pieces_that_end_with_a_sentence():
    pieces = said(["甲" * 60 + "。" + "乙" * 60 + "。", "丙吗？"])

    assert pieces == ["甲" * 60 + "。", "乙" * 60 + "。丙吗？"]


def test_messages_are_kept_apart_and_empty_ones_left_out():
    assert said(["好，记下了", "👍", "还有别的事吗？"]) == ["好，记下了。还有别的事吗？"]


@pytest.mark.channel("hotline", feature="号码逐位播报")
@pytest.mark.channel("hotline", feature="工单号与承诺")
def test_no_sign_is_left_of_an_answer_with_everything_in_it():
    pieces = said([*NUMBERS, *MONEY, *TIMES, *PLACES, *SIGNS])

    assert not NO_SIGN.search("".join(pieces))
