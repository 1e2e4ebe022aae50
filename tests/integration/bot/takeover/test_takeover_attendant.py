"""What a running bot tells those who wait, by itself, and what it does about who says nothing."""

import asyncio
from datetime import timedelta

import pytest

from bot.conversations.takeover import Patience
from tests.integration.bot.takeover.acts import card, does, there, waits
from tests.integration.bot.visitor import PATIENCE

BRIEF = timedelta(seconds=1)
LONG = timedelta(minutes=5)
QUIET = Patience(queue=LONG, nudge=LONG, requeue=LONG, remind=LONG, close=LONG)


async def until(visitor, words: str) -> str:
    """The message with these words in it, once it has come."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for message in await visitor.log():
                if words in message["text"]:
                    return message["text"]
            await asyncio.sleep(0.1)


@pytest.fixture
async def started(start_bot, request):
    """A bot with this patience, an agent at its desk and a customer."""
    async with start_bot(patience=request.param) as bot, bot.member("1031") as agent:
        await there(agent)
        yield bot, agent, await bot.visitor()


@pytest.mark.channel("web", feature="排队告知")
@pytest.mark.parametrize("started", [QUIET], indirect=True)
async def test_who_waits_hears_when_it_is_their_turn_next(started):
    bot, agent, first = started
    second = await bot.visitor()
    await waits(first)
    await waits(second)
    assert await until(second, "您前面还有 1 位")
    await does(agent, first, "claim")

    assert await until(second, "您排在第一位")


@pytest.mark.channel("web", feature="无人接听转回电")
@pytest.mark.parametrize("started", [Patience(queue=BRIEF)], indirect=True)
async def test_who_waited_in_vain_gets_a_call_back_from_the_assistant(started, engine):
    _, agent, visitor = started
    await waits(visitor)
    await until(visitor, "登记人工回电")
    await until(visitor, "收到：请人工给我回电话")

    assert engine.asked[-1]["metadata"]["agents"] == {"here": False, "owner": None, "waited": True}
    assert (await card(agent, visitor))["state"] == "bot"


@pytest.mark.parametrize("started", [Patience(nudge=BRIEF, requeue=2 * BRIEF)], indirect=True)
async def test_the_customer_of_a_silent_agent_goes_to_the_front_with_an_apology(started):
    _, agent, visitor = started
    await waits(visitor)
    await does(agent, visitor, "claim")
    await until(visitor, "非常抱歉让您久等了")

    shown = await card(agent, visitor)
    assert (shown["state"], shown["ahead"], shown["owner"]) == ("queued", 0, "1031")


@pytest.mark.parametrize("started", [Patience(remind=BRIEF, close=4 * BRIEF)], indirect=True)
async def test_a_silent_customer_is_asked_and_then_thanked(started):
    _, agent, visitor = started
    await waits(visitor)
    await does(agent, visitor, "claim")
    await does(agent, visitor, "messages", {"id": "a1", "text": "请问还有别的事吗？"}, status=201)
    await until(visitor, "请问还在吗")
    await until(visitor, "满意吗")

    assert (await card(agent, visitor))["state"] == "closed"
