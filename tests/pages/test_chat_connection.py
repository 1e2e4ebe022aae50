"""What breaks in between: nothing is lost, nothing comes twice, and the customer is told."""

import asyncio

import pytest
from playwright.async_api import Route, expect

LOST = "连接断开了"


def port_of(bot):
    return int(bot.url.rpartition(":")[2])


@pytest.mark.channel("web", feature="引擎故障告知")
async def test_an_engine_that_is_away_is_told_and_answers_when_it_is_back(customer, engine):
    await engine.down()
    await customer.says("宽带断了")
    await customer.sees_text("您的消息已经收到并保存好")
    await expect(customer.page.get_by_text("正在输入")).to_have_count(0)
    await engine.up()

    await expect(customer.page.get_by_text("收到：宽带断了")).to_be_visible()
    whos = [who for who, _ in await customer.lines()]
    assert whos == ["我", "系统", "机器人"]


@pytest.mark.channel("web", feature="断线不丢消息")
async def test_a_restart_of_the_bot_loses_nothing(start_bot, open_chat):
    async with start_bot() as bot:
        customer = await open_chat(bot.url)
        await customer.says("一")
        await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.sees_text(LOST)
    await customer.says("二")
    await customer.says("三")
    await expect(customer.page.get_by_text("发送中…")).to_have_count(2)

    async with start_bot(port=port_of(bot)) as bot:
        await customer.sees_text("收到：三")
        lines = await customer.lines()
        assert [text for who, text in lines if who == "我"] == ["一", "二", "三"]
        assert [text for who, text in lines if who != "我"] == ["收到：一", "收到：二", "收到：三"]
        await expect(customer.page.get_by_text(LOST)).to_have_count(0)
        await expect(customer.page.get_by_text("发送中…")).to_have_count(0)


@pytest.mark.channel("web", feature="断线不丢消息")
async def test_what_was_said_meanwhile_is_there_after_the_stream_was_cut(start_bot, open_chat):
    async with start_bot() as bot:
        customer = await open_chat(bot.url)
        await customer.says("一")
        await customer.sees(("我", "一"), ("机器人", "收到：一"))
        token = await customer.page.evaluate("localStorage.getItem('shouwen.token')")
        await customer.context.set_offline(True)
    async with start_bot(port=port_of(bot)) as bot:
        said = {"id": "elsewhere", "text": "二"}
        headers = {"Authorization": f"Bearer {token}"}
        assert (await bot.http.post("/chat/messages", json=said, headers=headers)).status_code == 202
        await customer.context.set_offline(False)

        await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))


@pytest.mark.channel("web", feature="重复消息只办一次")
async def test_a_message_whose_acceptance_was_not_heard_is_sent_again_and_is_one(customer, engine):
    accepted = 0

    async def unheard(route: Route) -> None:
        nonlocal accepted
        accepted += 1
        await route.fetch()
        await route.abort("connectionreset")

    await customer.page.route("**/chat/messages", unheard, times=2)
    await customer.says("一")

    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    assert accepted == 2
    assert engine.ran == ["一"]
    await expect(customer.page.get_by_text("发送中…")).to_have_count(0)


@pytest.mark.channel("web", feature="断线不丢消息")
async def test_what_is_not_sent_yet_is_sent_after_a_reload(customer, engine):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.page.route("**/chat/messages", lambda route: route.abort())
    await customer.says("二")
    await customer.sees_text("发送中…")
    await customer.page.unroute("**/chat/messages")
    await customer.page.reload()

    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))
    assert engine.ran == ["一", "二"]


@pytest.mark.channel("web", feature="断线不丢消息")
async def test_where_the_stream_is_held_back_the_page_asks_for_the_news(customer):
    async def held(route: Route) -> None:
        await asyncio.sleep(60)

    await customer.page.route("**/chat/events", held)
    await customer.says("一")
    await expect(customer.page.get_by_text("收到：一")).to_be_visible()
    began = asyncio.get_running_loop().time()
    await customer.says("二")

    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))
    assert asyncio.get_running_loop().time() - began < 15  # the question waits 20 s at the bot, and is answered at once


@pytest.mark.channel("web", feature="限流")
async def test_who_writes_too_fast_is_sent_a_little_later(start_bot, open_chat):
    async with start_bot(message_rate="2/2 second") as bot:
        customer = await open_chat(bot.url)
        for text in "一二三":
            await customer.says(text)

        await asyncio.sleep(1.8)  # a broken connection would be told by now
        await expect(customer.page.get_by_text(LOST)).to_have_count(0)
        await expect(customer.page.get_by_text("收到：三")).to_be_visible()
        assert [text for who, text in await customer.lines() if who == "我"] == ["一", "二", "三"]


async def test_a_text_that_the_bot_refuses_is_told_and_the_next_one_goes_through(customer):
    await customer.says("\u200b")
    await customer.sees_text("没有发出：您还没有输入内容")
    await customer.says("一")
    await customer.presses("删除")

    await customer.sees(("我", "一"), ("机器人", "收到：一"))
