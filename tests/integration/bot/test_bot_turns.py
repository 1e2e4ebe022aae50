"""Turns: answered in order, one at a time, and no conversation waits for another."""

import asyncio

from tests.integration.bot.conftest import speakers


async def test_two_messages_sent_quickly_do_not_overtake_each_other(visitor, engine):
    async def slow_at_first(body):
        await asyncio.sleep(0.3 if body["text"] == "一" else 0)
        return {"messages": [{"text": f"收到：{body['text']}"}]}

    engine.behaviour = slow_at_first

    for sentence in ("一", "二", "三"):
        await visitor.says(sentence)

    log = await visitor.sees(6)
    assert [said for speaker, said in log if speaker == "bot"] == ["收到：一", "收到：二", "收到：三"]
    assert engine.ran == ["一", "二", "三"]


async def test_one_conversation_is_at_the_engine_only_once_at_a_time(visitor, engine):
    at_once, most = 0, 0

    async def counting(body):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        return {"messages": [{"text": "好"}]}

    engine.behaviour = counting

    await asyncio.gather(*(visitor.says(f"第{n}句") for n in range(6)))

    await visitor.sees(12)
    assert most == 1


async def test_a_slow_conversation_does_not_hold_up_another(bot, engine):
    released = asyncio.Event()

    async def slow_for_one(body):
        if body["text"] == "慢":
            await released.wait()
        return {"messages": [{"text": "好"}]}

    engine.behaviour = slow_for_one
    slow, quick = await bot.visitor(), await bot.visitor()

    await slow.says("慢")
    await quick.says("快")

    assert await quick.sees(2) == [("customer", "快"), ("bot", "好")]
    assert speakers(await slow.sees(1)) == ["customer"]
    released.set()
    await slow.sees(2)


async def test_all_messages_of_an_answer_come_in_their_order(visitor, engine):
    async def talkative(_body):
        return {"messages": [{"text": "一"}, {"text": "二"}, {"text": "三"}]}

    engine.behaviour = talkative

    await visitor.says("你好")

    assert await visitor.sees(4) == [("customer", "你好"), ("bot", "一"), ("bot", "二"), ("bot", "三")]
