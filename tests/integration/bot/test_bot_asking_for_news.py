"""Who can't listen asks for the news, and the question waits until there are some."""

import asyncio
import json

from tests.integration.bot.stand_in_engine import saying


async def ask(bot, visitor, *, after, wait):
    return await bot.http.get("/chat/messages", params={"after": after, "wait": wait}, headers=visitor.headers)


async def test_a_question_is_answered_when_there_is_news(bot, visitor):
    question = asyncio.create_task(ask(bot, visitor, after=0, wait=20))
    await asyncio.sleep(0.1)
    assert not question.done()
    await visitor.says("一")

    [message, *_] = (await question).json()
    assert message["text"] == "一"


async def test_what_is_there_already_is_not_waited_for(bot, visitor):
    await visitor.says("一")
    await visitor.sees(2)

    assert len((await ask(bot, visitor, after=0, wait=20)).json()) == 2


async def test_without_news_the_question_ends(bot, visitor):
    assert (await ask(bot, visitor, after=0, wait=1)).json() == []


async def test_a_bot_that_stops_leaves_no_question_open(start_bot):
    async with start_bot() as bot:
        visitor = await bot.visitor()
        question = asyncio.create_task(ask(bot, visitor, after=0, wait=25))
        await asyncio.sleep(0.1)
    done, _ = await asyncio.wait([question], timeout=30)

    assert done == {question}


async def test_whether_an_answer_is_on_its_way_is_told(bot, visitor, engine):
    released = asyncio.Event()

    async def held(_body):
        await released.wait()
        return saying("好")

    engine.behaviour = held
    async with visitor.listening() as page:
        await visitor.says("一")
        assert await page.answering() is True
        asked = await ask(bot, visitor, after=1, wait=0)
        assert json.loads(asked.headers["shouwen-answering"]) is True
        released.set()
        assert await page.answering() is False
        asked = await ask(bot, visitor, after=2, wait=0)
        assert json.loads(asked.headers["shouwen-answering"]) is False


async def test_who_was_told_that_it_takes_long_does_not_watch_the_dots(visitor, engine):
    await engine.down()
    async with visitor.listening() as page:
        await visitor.says("一")
        assert await page.answering() is True
        assert await page.answering() is False
