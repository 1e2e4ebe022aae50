"""How a sentence reads to what follows: digits, half width, without fillers, and where each character stood."""

from __future__ import annotations

import pytest

from engine.nlu.aligned import Aligned
from engine.nlu.extraction import contact_spans
from engine.nlu.numbers import doors_in_digits
from engine.nlu.plain import plain, without_fillers


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("修了三次还没好", "修了三次还没好"),
        ("三四天了", "三四天了"),
        ("电话13807911234 三四天了", "电话13807911234 三四天了"),
        ("幺三八零七九幺幺二三四，坏了五六次", "13807911234,坏了五六次"),
        ("住在三四组", "住在三四组"),
        ("三、四组都没有", "三、四组都没有"),
        ("5栋三四楼都断了", "5栋三四楼都断了"),
        ("五六户人家", "五六户人家"),
        ("三十四组", "34组"),
        ("5栋四零二", "5栋402"),
        ("八一家园", "八一家园"),
        ("三心二意", "三心二意"),
        ("一直这样", "一直这样"),
        ("二零二六年", "2026年"),
        ("三个六", "三个六"),
        ("号码139三个六", "号码139666"),
        ("张三 13807911234 东湖区", "张三 13807911234 东湖区"),
        ("我是李四13807911234", "我是李四13807911234"),
        ("三个人", "三个人"),
        ("二百四十號", "240号"),
        ("ＷＩＦＩ連不上", "WIFI连不上"),
        ("十二栋三单元一零二", "12栋3单元102"),
        ("幺五栋", "15栋"),
        ("八-二-五零幺", "8-2-501"),
        ("叁栋贰单元伍零壹", "3栋2单元501"),
        ("13807911234，三天了", "13807911234,三天了"),
        ("3栋502，一家三口", "3栋502,一家三口"),
        ("荷塘园3栋616，两家宽带", "荷塘园3栋616,两家宽带"),
        ("7栋502和8栋301两家", "7栋502和8栋301两家"),
        ("幺三八零七九幺 幺二三四 两天了", "13807911234 两天了"),
        ("139，三个六", "139666"),
        ("姓陆的伍师傅", "姓陆的伍师傅"),
    ],
)
def test_only_numbers_that_are_meant_become_digits(text: str, wanted: str) -> None:
    assert plain(text).text == wanted


@pytest.mark.parametrize(
    "text", ["電話是幺三八，零七九幺，幺二三四，謝謝", "…１３８ 0791 1234", "住二百四十號，电话13807911234"]
)
def test_places_are_those_of_what_the_customer_wrote(text: str) -> None:
    rewritten = plain(text)
    span = next(span for span in contact_spans(rewritten) if span.entity == "phone")
    start, end = rewritten.place(span.start, span.end)
    written = Aligned.of(text[start:end]).text
    assert written[0] in "1幺"
    assert written[-1] in "4四"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("嗯", "嗯"), ("嗯嗯那个我家电视啊没信号", "我家电视啊没信号"), ("喂，你好", "你好"), ("喂", "喂")],
)
def test_fillers_go_unless_they_are_the_answer(text: str, wanted: str) -> None:
    assert without_fillers(text) == wanted


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("丁公路市场B二三", "丁公路市场B23"),
        ("胜利街17号附幺", "胜利街17号附1"),
        ("财富广场幺八F", "财富广场18F"),
        ("八一路5号", "八一路5号"),
        ("老幺火锅店", "老幺火锅店"),
        ("桃源小区二三栋", "桃源小区二三栋"),
    ],
)
def test_a_door_that_was_heard_digit_by_digit_is_written_in_digits(heard: str, written: str) -> None:
    assert doors_in_digits(heard) == written
