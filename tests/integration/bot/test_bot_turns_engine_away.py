"""Turns while the engine is away: kept, told once, and answered when it is back or the bot has started again."""

import asyncio

import pytest
from sanic.response import empty, json

from bot.wording import Wording
from tests.integration.bot.conftest import HOLD, KEPT, PERSON, speakers


async def test_while_the_engine_is_away_each_message_is_kept_told_once_and_answered_later(visitor, engine):
    await engine.down()

    await visitor.says("一")
    [_, (speaker, told)] = await visitor.sees(2)
    await visitor.says("二")
    waiting = await visitor.sees(4)
    await asyncio.sleep(0.3)  # several tries later nothing is told again
    assert await visitor.sees(4) == waiting

    assert (speaker, told.startswith(KEPT)) == ("system", True)
    assert speakers(waiting) == ["customer", "system", "customer", "system"]
    await engine.up()
    assert (await visitor.sees(6))[4:] == [("bot", "收到：一"), ("bot", "收到：二")]


async def test_when_the_engine_is_back_every_waiting_conversation_goes_on(bot, engine):
    visitors = [await bot.visitor() for _ in range(5)]
    await engine.down()
    for visitor in visitors:
        await visitor.says("你好")
        await visitor.sees(2)

    await engine.up()

    for visitor in visitors:
        assert (await visitor.sees(3))[2] == ("bot", "收到：你好")


@pytest.mark.parametrize("wish", ["人工", "0", "转人工"])
async def test_while_the_engine_is_away_a_wish_for_a_person_is_answered_with_the_hotline(visitor, engine, wish):
    await engine.down()

    await visitor.says(wish)

    [_, (speaker, said)] = await visitor.sees(2)
    assert (speaker, said.startswith(PERSON)) == ("system", True)
    await engine.up()
    await visitor.says("你好")
    assert (await visitor.sees(4))[2:] == [("customer", "你好"), ("bot", "收到：你好")]
    assert engine.ran == ["你好"]


async def test_a_wish_for_a_person_does_not_wait_behind_a_message_that_waits(visitor, engine):
    await engine.down()
    await visitor.says("我家电视没信号")
    await visitor.sees(2)

    await visitor.says("人工")

    assert (await visitor.sees(4))[3][1].startswith(PERSON)
    await engine.up()
    assert (await visitor.sees(5))[4] == ("bot", "收到：我家电视没信号")


async def test_who_was_asked_to_hold_on_is_told_when_the_engine_goes_away_and_not_a_second_time(visitor, engine):
    async def failing_then_hanging(_body):
        return empty(status=500) if len(engine.asked) == 1 else await asyncio.Event().wait()

    engine.behaviour = failing_then_hanging
    await visitor.says("你好")
    await visitor.sees(2)
    await engine.down()
    log = await visitor.sees(3)
    engine.behaviour = None
    await engine.up()

    assert log[1][1] == HOLD
    assert log[2][1].startswith(KEPT)
    assert (await visitor.sees(4))[3] == ("bot", "收到：你好")


async def test_three_quick_messages_while_the_engine_is_away_are_told_once_with_every_danger(start_bot, engine):
    slow, wording = asyncio.Event(), Wording(operator="江西广电网络", hotline="", danger={"fire": "打 119。"})

    async def dying(_body):
        await slow.wait()
        return json({"error": "actions_unreachable"}, status=503)

    engine.behaviour = dying
    async with start_bot(wording=wording) as bot:
        visitor = await bot.visitor()
        for sentence in ("电视没信号", "箱子着火了", "快来"):
            await visitor.says(sentence)
        slow.set()
        log = await visitor.sees(4)
        await asyncio.sleep(0.3)  # several tries later nothing is told again

        assert await visitor.sees(4) == log
        assert log[3][1].startswith(f"打 119。\n{KEPT}")


async def test_a_hanging_engine_counts_as_away_and_the_turn_waits(start_bot, engine):
    hanging = True

    async def stopped(_body):
        while hanging:
            await asyncio.sleep(0.02)
        return {"messages": [{"text": "好"}]}

    engine.behaviour, engine.healthy = stopped, False
    async with start_bot(engine_timeout=1.0) as bot:
        visitor = await bot.visitor()
        await visitor.says("你好")
        await visitor.sees(2)
        while len(engine.asked) < 5:  # more often than a turn may fail
            await asyncio.sleep(0.02)
        assert speakers(await visitor.sees(2)) == ["customer", "system"]

        hanging, engine.healthy = False, True
        assert (await visitor.sees(3))[2] == ("bot", "好")


async def test_what_was_unanswered_is_answered_after_a_restart_once(start_bot, engine):
    await engine.down()
    async with start_bot() as bot:
        visitor = await bot.visitor()
        await visitor.says("一", message_id="m1")
        await visitor.sees(2)
        await visitor.says("二", message_id="m2")
        await visitor.sees(4)
    await engine.up()

    async with start_bot() as bot:
        visitor = bot.same_visitor(visitor)
        log = await visitor.sees(6)
        assert await visitor.says("一", message_id="m1") == 1

        assert log[4:] == [("bot", "收到：一"), ("bot", "收到：二")]
        assert await visitor.sees(6) == log
        assert engine.ran == ["一", "二"]


async def test_a_backlog_has_an_end(start_bot, engine):
    await engine.down()
    async with start_bot(message_rate="1000/second") as bot:
        visitor = await bot.visitor()
        for n in range(50):
            await visitor.says(f"第{n}句")
        refused = await visitor.post("再一句")

        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_waiting")
