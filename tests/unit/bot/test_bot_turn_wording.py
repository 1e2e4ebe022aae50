"""What the bot process says by itself, and when a customer wants a person."""

import pytest

from bot.wording import Wording, asks_for_a_person


@pytest.mark.parametrize("text", ["人工", "0", "０", " 人工！", "转人工", "请转人工吧", "我要人工客服", "“人工服务”。"])
def test_a_customer_who_asks_for_a_person_is_understood_without_the_engine(text):
    assert asks_for_a_person(text)


@pytest.mark.parametrize("text", ["", "10", "00", "人工费多少钱", "不要人工", "我家电视没信号", "人工智能", "。"])
def test_other_sentences_are_left_to_the_engine(text):
    assert not asks_for_a_person(text)


def test_the_hotline_of_the_operator_is_told():
    wording = Wording(operator="江西广电网络", hotline="96130")

    assert all("96130" in said for said in (wording.kept("你好"), wording.person, wording.not_handled("你好")))


def test_without_a_hotline_none_is_invented():
    wording = Wording(operator="某广电", hotline="")

    assert not any("热线" in said for said in (wording.kept("你好"), wording.person, wording.not_handled("你好")))


def test_danger_comes_first_in_what_is_told():
    wording = Wording(operator="某广电", hotline="", danger={"fire": "请先顾安全。"})

    assert wording.kept("箱子着火了").startswith("请先顾安全。\n抱歉")
    assert wording.not_handled("箱子着火了").startswith("请先顾安全。\n非常抱歉")
    assert wording.hold("箱子着火了") == "请先顾安全。\n请稍等，我再试一下。"
    assert wording.kept("电视没信号").startswith("抱歉")


def test_every_danger_that_is_spoken_of_is_told_and_one_without_a_text_gets_the_general_one():
    texts = {"general": "请离开现场。", "fallen_cable": "不要碰线。", "fire": "打 119。"}
    wording = Wording(operator="某广电", hotline="", danger=texts)

    assert wording.hold("线掉下来冒火花").startswith("不要碰线。\n打 119。\n请稍等")
    assert wording.hold("我妈触电了").startswith("请离开现场。\n请稍等")


def test_what_failed_may_have_been_filed_so_progress_comes_before_saying_it_again():
    assert "如果刚才是在确认登记，请先说“查进度”" in Wording(operator="某广电", hotline="").not_handled("对")


def test_the_sentence_that_could_not_be_handled_is_quoted_shortly():
    assert f"“{'长' * 20}…”" in Wording(operator="某广电", hotline="").not_handled("长" * 300)
