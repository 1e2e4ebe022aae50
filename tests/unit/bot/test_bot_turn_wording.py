"""What the bot process says by itself, and when a customer wants a person."""

import pytest

from bot.wording import Wording, asks_for_a_person, danger_in


@pytest.mark.parametrize("text", ["人工", "0", "０", " 人工！", "转人工", "请转人工吧", "我要人工客服", "“人工服务”。"])
def test_a_customer_who_asks_for_a_person_is_understood_without_the_engine(text):
    assert asks_for_a_person(text)


@pytest.mark.parametrize("text", ["", "10", "00", "人工费多少钱", "不要人工", "我家电视没信号", "人工智能", "。"])
def test_other_sentences_are_left_to_the_engine(text):
    assert not asks_for_a_person(text)


def test_the_hotline_of_the_operator_is_told():
    wording = Wording(operator="江西广电网络", hotline="96130")

    assert all(
        "96130" in said for said in (wording.kept("你好"), wording.person, wording.not_handled("你好"), wording.page)
    )


def test_without_a_hotline_none_is_invented():
    wording = Wording(operator="某广电", hotline="")

    assert not any(
        "热线" in said for said in (wording.kept("你好"), wording.person, wording.not_handled("你好"), wording.page)
    )


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("楼道里的箱子着火了", "fire"),
        ("机顶盒冒烟", "fire"),
        ("燃气灶打不着火", None),
        ("我妈碰机顶盒触电了", "electric_shock"),
        ("有根电线掉在路上了", "fallen_cable"),
        ("你们的光缆被车挂断了", "fallen_cable"),
        ("网线接口松了", None),
        ("电视没信号", None),
    ],
)
def test_danger_is_seen_without_the_engine(text, danger):
    assert danger_in(text) == danger


def test_danger_comes_first_in_what_is_told():
    wording = Wording(operator="某广电", hotline="", danger={"fire": "请先顾安全。"})

    assert wording.kept("箱子着火了").startswith("请先顾安全。\n抱歉")
    assert wording.not_handled("箱子着火了").startswith("请先顾安全。\n非常抱歉")
    assert wording.kept("电视没信号").startswith("抱歉")


def test_the_sentence_that_could_not_be_handled_is_quoted_shortly():
    assert f"“{'长' * 20}…”" in Wording(operator="某广电", hotline="").not_handled("长" * 300)


def test_the_operators_name_is_no_markup():
    assert "<b>" not in Wording(operator="<b>某广电", hotline="<b>").page
