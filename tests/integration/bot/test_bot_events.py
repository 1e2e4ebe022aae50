"""Server-sent events: nothing is missed and nothing comes twice."""

import asyncio
import json
from contextlib import AsyncExitStack

import pytest

from tests.integration.bot.visitor import PATIENCE


async def test_messages_arrive_as_they_are_written(visitor):
    async with visitor.listening() as page:
        await visitor.says("一")
        assert await page.texts(2) == [(1, "一"), (2, "收到：一")]
        await visitor.says("二")
        assert await page.texts(2) == [(3, "二"), (4, "收到：二")]


async def test_an_event_is_what_the_list_shows(visitor):
    await visitor.says("你好")
    await visitor.sees(2)

    async with visitor.listening() as page:
        events = await page.next(2)

    assert page.response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert page.response.headers["content-security-policy"].startswith("default-src 'none'")
    assert [event.event for event in events] == ["message", "message"]
    assert [event.id for event in events] == ["1", "2"]
    assert [json.loads(event.data) for event in events] == await visitor.log()


@pytest.mark.parametrize(("last_seen", "comes"), [(None, [1, 2, 3, 4]), (0, [1, 2, 3, 4]), (1, [2, 3, 4]), (3, [4])])
async def test_a_page_that_comes_back_gets_what_it_missed(visitor, last_seen, comes):
    await visitor.says("一")
    await visitor.sees(2)
    await visitor.says("二")
    await visitor.sees(4)

    async with visitor.listening(last_event_id=last_seen) as page:
        assert [seq for seq, _ in await page.texts(len(comes))] == comes


async def test_a_page_that_has_seen_everything_gets_only_what_is_new(visitor):
    await visitor.says("一")
    await visitor.sees(2)

    async with visitor.listening(last_event_id=2) as page:
        await visitor.says("二")
        assert await page.texts(2) == [(3, "二"), (4, "收到：二")]


async def test_a_restart_of_the_bot_is_bridged_by_the_last_event_id(start_bot):
    async with start_bot() as bot:
        visitor = await bot.visitor()
        async with visitor.listening() as page:
            await visitor.says("一")
            await page.next(2)

    async with start_bot() as bot:
        visitor = bot.same_visitor(visitor)
        async with visitor.listening(last_event_id=1) as page:
            assert await page.texts(1) == [(2, "收到：一")]


async def test_every_open_page_of_a_conversation_hears_the_same_and_another_hears_nothing(bot):
    visitor, stranger = await bot.visitor(), await bot.visitor()
    async with visitor.listening() as phone, visitor.listening() as desk, stranger.listening() as elsewhere:
        await visitor.says("一")
        assert await phone.texts(2) == await desk.texts(2)
        await stranger.says("二")
        assert await elsewhere.texts(2) == [(1, "二"), (2, "收到：二")]


async def test_more_than_a_page_of_the_log_is_replayed_whole(bot, visitor):
    for n in range(520):
        await bot.notice({"id": f"n{n}", "conversation": visitor.conversation, "text": f"通知{n}"})

    async with visitor.listening() as page:
        assert [seq for seq, _ in await page.texts(520)] == list(range(1, 521))


async def test_a_silent_stream_is_kept_alive(start_bot):
    async with start_bot(heartbeat=0.02) as bot:
        visitor = await bot.visitor()
        async with bot.http.stream("GET", "/chat/events", headers=visitor.headers) as response:
            lines = response.aiter_lines()
            async with asyncio.timeout(PATIENCE):
                heard = [await anext(lines) for _ in range(3)]

    assert heard == ["retry: 2000", ":", ":"]


async def test_a_last_event_id_that_is_no_number_is_refused(bot, visitor):
    refused = await bot.http.get("/chat/events", headers=visitor.headers | {"Last-Event-ID": "x"})

    assert (refused.status_code, refused.json()["error"]) == (422, "wrong_fields")


async def test_a_conversation_has_a_limited_number_of_open_pages(bot, visitor):
    async with AsyncExitStack() as pages:
        for _ in range(10):
            await pages.enter_async_context(visitor.listening())
        refused = await bot.http.get("/chat/events", headers=visitor.headers)
        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_streams")

    async with asyncio.timeout(PATIENCE):
        status = 429
        while status == 429:  # the bot sees a moment later that the pages are gone
            async with bot.http.stream("GET", "/chat/events", headers=visitor.headers) as response:
                status = response.status_code
    assert status == 200
