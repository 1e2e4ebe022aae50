"""Talking on WeChat: one answer in time or afterwards, whatever is sent, and nothing twice."""

import asyncio
from uuid import uuid4

import pytest

from tests.integration.bot.wechat.follower import Follower
from tests.integration.bot.wechat.platform import SEND, TYPING


@pytest.fixture(params=[False, True], ids=["plain", "safe"])
async def talk(official, request):
    async with official(aes=request.param) as bot:
        yield Follower(bot.http, aes=request.param)


@pytest.mark.channel("wechat", feature="问答")
async def test_an_answer_in_time_is_the_reply_in_one_bubble(talk, answers, engine, platform):
    answers("电视看不了确实着急。", "请问您住哪里？")

    assert await talk.says("电视没信号") == "电视看不了确实着急。\n\n请问您住哪里？"
    assert engine.asked[0]["metadata"]["channel"] == "wechat"
    await asyncio.sleep(2.5)
    assert platform.taken == []


async def test_a_text_that_looks_like_the_end_of_its_wrapping_arrives_whole(talk, answers):
    told = "您说的“]]><![CDATA[ ]]>”& <b>我没看懂"
    answers(told)

    assert await talk.says("]]><a>&amp;") == told


@pytest.mark.channel("wechat", feature="等待提示")
async def test_a_late_answer_is_sent_afterwards_and_once(hurried, answers, platform):
    answers("让您久等了。", "查到了。", after=1.5)

    assert await hurried.says("查进度") is None
    assert await platform.sent(1) == ["让您久等了。\n\n查到了。"]
    assert [body["command"] for body in platform.of(TYPING)] == ["Typing"]
    await asyncio.sleep(2.5)
    assert len(platform.texts) == 1
    assert await hurried.says("谢谢") is None  # the next one is late as well, and is not the one before again
    assert len(await platform.sent(2)) == 2


@pytest.mark.channel("wechat", feature="选项")
async def test_options_have_numbers_in_a_reply_and_a_number_is_its_option(talk, answers, engine):
    answers("地址对吗？", options=["对", "不对"])

    assert await talk.says("红谷滩区丰和北大道66号") == "地址对吗？\n\n回复数字即可选择：\n1. 对\n2. 不对"
    await talk.says("２")
    await talk.says("3")
    await talk.says("22")
    assert engine.ran[1:] == ["不对的", "3", "22"]


@pytest.mark.channel("wechat", feature="选项")
async def test_options_are_clicked_in_what_is_sent_and_a_click_is_its_option(hurried, answers, engine, platform):
    answers("地址对吗？", after=1.5, options=["对", "不对"])
    assert await hurried.says("红谷滩区丰和北大道66号") is None
    await platform.sent(1)
    [menu] = [body["msgmenu"] for body in platform.of(SEND)]
    assert [each["content"] for each in menu["list"]] == ["对", "不对"]

    answers("好的。")
    assert await hurried.says("不对", bizmsgmenuid=menu["list"][1]["id"]) == "好的。"
    await hurried.says("不对", bizmsgmenuid="99999901")
    await hurried.says("别的", bizmsgmenuid=menu["list"][0]["id"])
    await hurried.says("对", bizmsgmenuid="x" * 300)
    assert engine.ran[1:] == ["不对的", "不对", "别的", "对"]


@pytest.mark.channel("wechat", feature="重复消息只办一次")
@pytest.mark.usefixtures("answers_after_three_tries")
async def test_three_tries_that_arrive_together_are_one_turn_with_one_answer(talk, engine, platform):
    replies = await talk.tries_three_times(talk.text("电视没信号"))
    assert sorted(replies, key=str) == [None, None, "收到。"]
    assert engine.ran == ["电视没信号"]
    await asyncio.sleep(2.5)
    assert platform.texts == []


@pytest.mark.usefixtures("answers_after_three_tries")
async def test_the_answer_goes_to_the_try_that_came_last(follower):
    assert await follower.tries_three_times(follower.text("电视没信号"), apart=0.2) == [None, None, "收到。"]


async def test_a_try_that_comes_after_the_reply_has_not_received_it(follower, answers, engine, platform):
    answers("收到。")
    message = follower.text("电视没信号")

    assert [await follower.posts(message) for _ in range(3)] == ["收到。"] * 3
    assert engine.ran == ["电视没信号"]
    assert await follower.says("您好") == "收到。"
    await asyncio.sleep(2.5)
    assert platform.texts == []


async def test_a_try_that_comes_after_all_was_sent_gets_nothing_more(hurried, answers, engine, platform):
    answers("收到。", after=1.5)
    message = hurried.text("电视没信号")
    assert await hurried.posts(message) is None
    await platform.sent(1)

    assert await hurried.posts(message) is None
    assert (engine.ran, platform.texts) == (["电视没信号"], ["收到。"])


async def test_two_messages_of_the_same_words_are_two(follower, engine):
    assert await follower.says("您好") == "收到：您好"
    assert await follower.says("您好") == "收到：您好"
    assert engine.ran == ["您好", "您好"]


async def test_several_messages_at_once_are_all_answered_once(hurried, answers, engine, platform):
    answers("收到。", after=0.4)
    replies = await asyncio.gather(*(hurried.says(f"第{number}句") for number in range(5)))
    given = [reply for reply in replies if reply]
    async with asyncio.timeout(20):
        while "".join(given + platform.texts).count("收到。") < 5:
            await asyncio.sleep(0.1)
    await asyncio.sleep(2)

    assert len(engine.ran) == 5
    assert "".join(given + platform.texts).count("收到。") == 5


async def test_a_long_answer_is_sent_in_bubbles_that_wechat_takes(follower, answers, platform):
    long = "这一句话刚好是十五个汉字组成的。" * 60
    answers(long, "还有别的事吗？")

    assert await follower.says("说说承诺") is None
    await platform.sent(3)
    assert "".join(platform.texts) == f"{long}还有别的事吗？"


@pytest.mark.channel("wechat", feature="同一客户同一会话")
async def test_a_follower_has_one_conversation_and_another_has_their_own(official, engine):
    async with official() as bot:
        follower, other = Follower(bot.http), Follower(bot.http)
        for each, text in ((follower, "一"), (other, "二"), (follower, "三")):
            await each.says(text)

    conversations = [asked["conversation"] for asked in engine.asked]
    assert conversations[0] == conversations[2] != conversations[1]


@pytest.mark.channel("wechat", feature="限流")
async def test_who_floods_is_told_to_wait(official, engine):
    async with official(message_rate="2/minute") as bot:
        follower = Follower(bot.http)
        for _ in range(2):
            await follower.says("您好")
        assert "太快" in await follower.says("您好")
        assert len(engine.ran) == 2


@pytest.mark.channel("wechat", feature="引擎故障告知")
async def test_while_the_engine_is_away_it_is_told_and_answered_later(hurried, engine, platform):
    await engine.down()
    assert await hurried.says("电视没信号") is None
    assert "已经收到并保存好" in (await platform.sent(1))[0]
    await engine.up()
    assert (await platform.sent(2, within=30))[1] == "收到：电视没信号"


async def test_the_log_names_no_customer(follower, capfd):
    await follower.says(f"电话13807911234 {uuid4().hex}")
    written = capfd.readouterr()

    assert follower.openid not in written.err + written.out
