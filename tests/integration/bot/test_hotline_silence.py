"""Who says nothing, and who has said goodbye: the call is never ended before the caller ends it."""

import pytest

from bot.channels.hotline import prompts
from tests.integration.bot.caller import SECRET, Caller
from tests.integration.bot.stand_in_engine import saying

CHOICES = [{"title": title, "payload": f"我选{title}"} for title in ("好了", "不行")]


@pytest.fixture
async def caller(start_bot):
    async with start_bot(jambonz_secret=SECRET) as bot:
        yield Caller(http=bot.http)


@pytest.mark.channel("hotline", feature="沉默处理")
async def test_silence_is_met_with_the_question_then_with_keys_then_with_a_person(caller, engine):
    async def ask(body):
        return {**saying(""), "messages": [{"text": "现在好了吗？", "buttons": CHOICES}]}

    engine.behaviour = ask
    await caller.calls()
    await caller.says("电视没信号")

    assert await caller.is_silent() == "您好，请问还在吗？现在好了吗？"
    assert "好了请按一，不行请按二" in await caller.is_silent()
    assert caller.last[-1]["numDigits"] == 1
    await caller.is_silent()
    assert engine.ran == ["电视没信号", "人工"]


@pytest.mark.channel("hotline", feature="不先挂断")
async def test_the_call_is_not_ended_by_who_only_stays_silent_and_a_person_is_asked_for_once(caller, engine):
    await caller.calls()
    for _ in range(12):
        await caller.is_silent()

    assert caller.last[-1]["verb"] == "gather"
    assert caller.heard[-1] == prompts.ALWAYS_THERE
    assert engine.ran == ["人工"]


@pytest.mark.channel("hotline", feature="不先挂断")
async def test_after_goodbye_the_caller_ends_the_call_and_only_silence_is_hung_up_on(caller):
    await caller.calls()

    assert (await caller.says("没有了谢谢再见")).endswith("请您先挂机。再见。")
    assert [verb["verb"] for verb in caller.last] == ["gather"]
    assert caller.last[-1]["timeout"] > 10
    await caller.is_silent()
    assert caller.last == [{"verb": "hangup"}]


@pytest.mark.parametrize(
    ("answer", "heard"), [("不客气。还有别的事吗？", "不客气。请您先挂机。再见。"), ("电话对吗？", "电话对吗？")]
)
async def test_who_has_said_goodbye_is_asked_only_what_matters(caller, engine, answer, heard):
    async def answers(_body):
        return saying(answer)

    engine.behaviour = answers
    await caller.calls()

    assert await caller.says("谢谢你啊再见") == heard


async def test_who_speaks_again_after_goodbye_is_heard(caller, engine):
    await caller.calls()
    await caller.says("再见")
    await caller.says("等一下我还要查进度")
    await caller.is_silent()

    assert engine.ran == ["再见", "等一下我还要查进度"]
    assert caller.last[-1]["verb"] == "gather"
