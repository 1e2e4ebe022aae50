"""Turns at an engine that answers wrongly, emptily or too late: tried again, then given up and the customer told."""

import asyncio

import pytest
from sanic.response import empty, json, text

from tests.integration.bot.conftest import HOLD, NOT_HANDLED, PERSON, speakers


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda: empty(status=500), id="error"),
        pytest.param(lambda: empty(status=503), id="unavailable"),
        pytest.param(lambda: text("<html>"), id="rubbish"),
        pytest.param(lambda: json({"messages": "x"}), id="wrong shape"),
    ],
)
async def test_an_engine_that_fails_again_and_again_is_told_and_the_next_message_works(visitor, engine, answer):
    async def failing(body):
        return answer() if body["text"] == "坏" else {"messages": [{"text": "好"}]}

    engine.behaviour = failing

    await visitor.says("坏")
    log = await visitor.sees(3)
    await visitor.says("你好")

    assert speakers(log) == ["customer", "system", "system"]
    assert log[1][1] == HOLD
    assert "“坏”没能处理好" in log[2][1]
    assert "96130" in log[2][1]
    assert (await visitor.sees(5))[4] == ("bot", "好")
    assert [body["text"] for body in engine.asked] == ["坏", "坏", "坏", "你好"]


async def test_an_engine_that_fails_once_answers_at_the_second_try(visitor, engine):
    async def failing_once(_body):
        return empty(status=500) if len(engine.asked) == 1 else {"messages": [{"text": "好"}]}

    engine.behaviour = failing_once

    await visitor.says("你好")

    assert (await visitor.sees(3))[1:] == [("system", HOLD), ("bot", "好")]


async def test_three_quick_messages_to_a_failing_engine_are_asked_once_to_hold_on(visitor, engine):
    released = asyncio.Event()

    async def failing_once_each(body):
        await released.wait()
        first = [asked["text"] for asked in engine.asked].count(body["text"]) == 1
        return empty(status=500) if first else {"messages": [{"text": f"收到：{body['text']}"}]}

    engine.behaviour = failing_once_each
    for sentence in ("一", "二", "三"):
        await visitor.says(sentence)
    released.set()

    assert (await visitor.sees(7))[3:] == [
        ("system", HOLD),
        ("bot", "收到：一"),
        ("bot", "收到：二"),
        ("bot", "收到：三"),
    ]


@pytest.mark.parametrize("messages", [[], [{"text": ""}], [{"text": None}]])
async def test_a_silent_engine_is_told_at_once_and_the_next_message_works(visitor, engine, messages):
    async def silent(body):
        return {"messages": messages if body["text"] == "嗯" else [{"text": "好"}]}

    engine.behaviour = silent

    await visitor.says("嗯")
    [_, (speaker, told)] = await visitor.sees(2)
    await visitor.says("你好")

    assert (speaker, NOT_HANDLED in told) == ("system", True)
    assert (await visitor.sees(4))[3] == ("bot", "好")
    assert len(engine.asked) == 2


async def test_a_failing_wish_for_a_person_gets_the_hotline(visitor, engine):
    async def silent(_body):
        return {"messages": []}

    engine.behaviour = silent

    await visitor.says("人工")

    assert (await visitor.sees(2))[1][1].startswith(PERSON)


async def test_a_turn_that_is_too_slow_again_and_again_is_given_up(start_bot, engine):
    async def hanging(body):
        await asyncio.sleep(30 if body["text"] == "慢" else 0)
        return {"messages": [{"text": "好"}]}

    engine.behaviour = hanging
    async with start_bot(engine_timeout=1.5) as bot:
        visitor = await bot.visitor()
        await visitor.says("慢")
        log = await visitor.sees(3)
        await visitor.says("快")

        assert log[1][1] == HOLD
        assert NOT_HANDLED in log[2][1]
        assert (await visitor.sees(5))[4] == ("bot", "好")


async def test_a_wrong_token_at_the_engine_is_told_to_the_customer(start_bot):
    async with start_bot(engine_token="another token of the tests") as bot:
        visitor = await bot.visitor()
        await visitor.says("你好")

        assert speakers(await visitor.sees(3)) == ["customer", "system", "system"]
