"""WeChat before processes that are killed, and before two on one database: no answer is lost, and none is doubled."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing, suppress

import httpx
import pytest

from bot.conversations.database import open_database
from tests.integration.bot.conftest import NOTICES_TOKEN
from tests.integration.bot.stand_in_engine import saying
from tests.integration.bot.visitor import PATIENCE
from tests.integration.bot.wechat.conftest import three_tries
from tests.integration.bot.wechat.follower import TOKEN, Follower
from tests.integration.bot.wechat.platform import APP_ID, APP_SECRET, SEND


@pytest.fixture
def start(launch, platform):
    async def started(**changed):
        account = {
            "SHOUWEN_WECHAT_APP_ID": APP_ID,
            "SHOUWEN_WECHAT_APP_SECRET": APP_SECRET,
            "SHOUWEN_WECHAT_TOKEN": TOKEN,
            "SHOUWEN_WECHAT_API": platform.url,
        }
        return await (await launch(**account, **changed)).ready()

    return started


@pytest.fixture
def shared(postgresql):
    """Where several processes run on one database."""
    yield {"DATABASE_URL": postgresql.create("wechat_shared")}
    postgresql.drop("wechat_shared")


@pytest.fixture
def held(engine):
    """The engine answers when it is released, and says when it was asked."""

    class Held:
        asked, released = asyncio.Event(), asyncio.Event()

    async def behaviour(body):
        Held.asked.set()
        await Held.released.wait()
        return saying(f"收到：{body['text']}")

    engine.behaviour = behaviour
    return Held


@asynccontextmanager
async def following(bot, openid=None):
    async with httpx.AsyncClient(base_url=bot.url, timeout=PATIENCE) as http:
        yield Follower(http, openid=openid) if openid else Follower(http)


async def marked(file, up_to):
    """Until it is written down that this was given."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with closing(sqlite3.connect(file)) as database:
                if database.execute("SELECT delivered FROM chat_conversation").fetchone() == (up_to,):
                    return
            await asyncio.sleep(0.02)


async def cut_off(post):
    """The request of a process that is killed."""
    with suppress(httpx.TransportError):
        await post


@pytest.mark.channel("wechat", feature="断线不丢消息")
async def test_killed_between_the_acceptance_and_the_answer_the_answer_is_sent_once(start, held, engine, platform):
    bot = await start()
    async with following(bot) as follower:
        post = asyncio.create_task(cut_off(follower.says("电视没信号")))
        await held.asked.wait()
        await bot.killed()
        await post
    held.released.set()

    await start()
    assert await platform.sent(1, within=60) == ["收到：电视没信号"]
    await asyncio.sleep(3)
    assert len(platform.texts) == 1
    assert engine.ran == ["电视没信号"]


async def test_killed_before_the_reply_the_next_try_gets_it(start, held, engine, platform):
    bot = await start()
    async with following(bot) as follower:
        message = follower.text("电视没信号")
        post = asyncio.create_task(cut_off(follower.posts(message)))
        await held.asked.wait()
        await bot.killed()
        await post
    held.released.set()

    again = await start()
    async with following(again, follower.openid) as follower:
        reply = await follower.posts(message)
    await asyncio.sleep(3)
    assert [each for each in (reply, *platform.texts) if each] == ["收到：电视没信号"]
    assert engine.ran == ["电视没信号"]


async def test_killed_between_wechat_s_yes_and_the_writing_down_it_is_sent_again(start, engine, platform):
    """At least once: WeChat knows no key by which it would take a message once."""
    bot = await start()
    async with following(bot) as follower:
        await follower.says("您好")
        platform.keeps_waiting.set()
        async with httpx.AsyncClient(base_url=bot.url) as http:
            notice = {"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"}
            told = http.post("/internal/notices", json=notice, headers={"Authorization": f"Bearer {NOTICES_TOKEN}"})
            post = asyncio.create_task(cut_off(told))
            await platform.sent(1)
            await bot.killed()
            await post
    platform.keeps_waiting.clear()

    await start()
    assert await platform.sent(2, within=90) == ["已修好", "已修好"]
    await asyncio.sleep(3)
    assert len(platform.texts) == 2


async def test_killed_after_the_reply_nothing_is_sent_again(start, platform, tmp_path):
    bot = await start()
    async with following(bot) as follower:
        assert await follower.says("您好") == "收到：您好"
    await marked(tmp_path / "var" / "bot.sqlite", 2)
    await bot.killed()

    await start()
    await asyncio.sleep(4)
    assert platform.texts == []


@pytest.mark.channel("wechat", feature="重复消息只办一次")
async def test_three_tries_over_two_processes_are_one_turn_with_one_answer(start, shared, held, engine, platform):
    one, other = await start(**shared), await start(**shared)
    async with following(one) as follower, following(other, follower.openid) as elsewhere:
        message = follower.text("电视没信号")
        tries = [asyncio.create_task(each.posts(message)) for each in (follower, elsewhere, follower)]
        database = open_database(shared["DATABASE_URL"])
        await three_tries(database)
        database.dispose()
        held.released.set()
        replies = await asyncio.gather(*tries)
    await asyncio.sleep(3)

    assert [each for each in (*replies, *platform.texts) if each] == ["收到：电视没信号"]
    assert len({body["message_id"] for body in engine.asked}) == 1  # which the engine runs once


async def test_of_two_processes_the_one_that_is_killed_is_not_missed(start, shared, held, engine, platform):
    one, other = await start(**shared), await start(**shared)
    async with following(one) as follower, following(other, follower.openid) as elsewhere:
        message = follower.text("电视没信号")
        post = asyncio.create_task(cut_off(follower.posts(message)))
        await held.asked.wait()
        await one.killed()
        await post
        held.released.set()
        reply = await elsewhere.posts(message)
    await asyncio.sleep(3)

    assert [each for each in (reply, *platform.texts) if each] == ["收到：电视没信号"]


async def test_two_processes_send_what_is_late_once_and_fetch_one_token(start, shared, engine, platform):
    async def late(body):
        await asyncio.sleep(5)
        return saying(f"收到：{body['text']}")

    engine.behaviour = late
    bots = [await start(**shared), await start(**shared)]
    async with following(bots[0]) as one, following(bots[1]) as other:
        assert await asyncio.gather(one.says("一"), other.says("二"), one.says("三")) == [None] * 3
        await platform.sent(2, within=60)
        async with asyncio.timeout(60):
            while "".join(platform.texts).count("收到") < 3:
                await asyncio.sleep(0.1)
    await asyncio.sleep(3)

    assert "".join(platform.texts).count("收到") == 3
    assert platform.given == 1
    assert len({body["touser"] for body in platform.of(SEND)}) == 2
