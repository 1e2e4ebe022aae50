"""On the hotline everything is heard once and by ear: no line breaks, lists or signs, and a question comes soon."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from bot.channels.hotline import prompts
from bot.channels.hotline.calls import Step
from bot.channels.hotline.spoken import said
from bot.channels.hotline.verbs import ask
from tests.contract.taught import responses
from tests.ivr import wrong_replies

# As the actions fill them; a fact that is not listed stands for a short one.
FACTS = defaultdict(
    lambda: "红谷滩区丰和北大道",
    operator="江西广电网络",
    satisfaction="2",
    hotline="96123",
    supervision="0791-86112345",
    number="261121 0042 7",
    owner="1024",
    owner_phone="0791-86112345",
    job_number="1024",
    leader="1001",
    mark="（示例）",
    supervision_mark="（示例）",
    phone="138 0791 1234",
    heard="1380791",
    digits="7",
    missing="4",
    code="E04",
    meaning="智能卡没有插好",
    address="红谷滩区丰和北大道66号3栋502",
    fault="有线电视无信号",
    wished="明天下午三点以后",
    order="移机",
    label="移机",
    labels="报停、过户",
    details="新地址 红谷滩区丰和北大道66号3栋502；电话 138 0791 1234",
    kind="服务态度",
    remedy="您希望：请他上门道歉；",
    story="师傅进门不穿鞋套，说话很冲",
    status="处理中",
    said="户主名字也要改",
    text="不客气。",
    choices="电视没信号，还是电视画面卡",
    within="4 小时内",
    districts="东湖区、西湖区、青云谱区、红谷滩区",
    policy="低保、五保和残疾用户有收视费优惠。",
    promise="我们承诺 24 小时内修好，最迟 11月22日（周日）20:31 前。",
    what_to_do="请不要碰，也不要靠近，离开十米以外，提醒旁边的人绕开。",
)
NOT_SPEAKABLE = re.compile(
    r"https?:|www\.|\n|^\s*(?:[-*•]|\d+[.、)])\s|[#*_`<>{}|]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]", re.MULTILINE
)
NOT_HEARD = re.compile(r"点击|点下面|按钮|如下|下图|链接|选项")
ABOUT_SIXTY = 72  # characters before a question mark; a read-back has an address, a phone and a time in it


def heard(name: str) -> str:
    """The reply as the hotline says it."""
    by_channel = {variation.get("channel"): variation["text"] for variation in responses()[name]}
    return (by_channel.get("hotline") or by_channel[None]).format_map(FACTS)


@pytest.mark.parametrize("name", sorted(responses()))
def test_it_can_be_read_aloud(name):
    assert not NOT_SPEAKABLE.search(heard(name))


@pytest.mark.parametrize("name", sorted(responses()))
def test_it_speaks_of_nothing_that_must_be_seen(name):
    assert not NOT_HEARD.search(heard(name))


@pytest.mark.parametrize("name", sorted(responses()))
def test_nobody_waits_long_for_the_question(name):
    told, question, _ = heard(name).partition("？")

    assert not question or len(told) <= ABOUT_SIXTY


@pytest.mark.parametrize("name", sorted(responses()))
def test_the_hotline_says_every_number_of_it_in_words(name):
    spoken = "".join(said([heard(name)]))

    assert spoken
    assert not re.search(r"[0-9（）/]", spoken)


def test_every_reply_is_one_that_the_telephone_platform_takes():
    replies = [ask(said([heard(name)]), step=Step(), hints=["报修"]) for name in sorted(responses())]

    assert wrong_replies(replies) == []


def test_the_hotline_knows_when_the_dialogue_has_said_goodbye():
    assert prompts.HANG_UP_FIRST in heard("utter_goodbye")


SENTENCES = sorted(
    value for name, value in vars(prompts).items() if name.isupper() and isinstance(value, str) and len(value) > 4
)


@pytest.mark.parametrize("sentence", [*SENTENCES, prompts.menu([]), prompts.position(2), prompts.doubt("我要报修")])
def test_what_the_hotline_says_by_itself_can_be_heard_too(sentence):
    spoken = "".join(said([sentence]))

    assert not NOT_SPEAKABLE.search(spoken)
    assert not NOT_HEARD.search(sentence)
    assert len(spoken) <= ABOUT_SIXTY
