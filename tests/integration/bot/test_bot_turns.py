"""Turns: answered in order, one at a time, told when it is late, never lost."""

import asyncio

import pytest
from sanic.response import empty, json, text

from bot.wording import Wording

KEPT = "抱歉让您久等了。您的消息已经收到并保存好"
PERSON = "非常抱歉，这边暂时转接不了人工。请您直接拨打服务热线 96130"
HOLD = "请稍等，我再试一下。"
NOT_HANDLED = "没能处理好"


def speakers(log):
    return [speaker for speaker, _ in log]


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
    async with start_bot(engine_timeout=0.5) as bot:
        visitor = await bot.visitor()
        await visitor.says("慢")
        log = await visitor.sees(3)
        await visitor.says("快")

        assert log[1][1] == HOLD
        assert NOT_HANDLED in log[2][1]
        assert (await visitor.sees(5))[4] == ("bot", "好")


async def test_a_hanging_engine_counts_as_away_and_the_turn_waits(start_bot, engine):
    hanging = True

    async def stopped(_body):
        while hanging:
            await asyncio.sleep(0.02)
        return {"messages": [{"text": "好"}]}

    engine.behaviour, engine.healthy = stopped, False
    async with start_bot(engine_timeout=0.1) as bot:
        visitor = await bot.visitor()
        await visitor.says("你好")
        await visitor.sees(2)
        while len(engine.asked) < 5:  # more often than a turn may fail
            await asyncio.sleep(0.02)
        assert speakers(await visitor.sees(2)) == ["customer", "system"]

        hanging, engine.healthy = False, True
        assert (await visitor.sees(3))[2] == ("bot", "好")


async def test_a_wrong_token_at_the_engine_is_told_to_the_customer(start_bot):
    async with start_bot(engine_token="another token of the tests") as bot:
        visitor = await bot.visitor()
        await visitor.says("你好")

        assert speakers(await visitor.sees(3)) == ["customer", "system", "system"]


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
