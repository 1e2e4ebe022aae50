"""To a person and back: the queue, its way out, the agents' line – and the call back where nobody sits there."""

from datetime import UTC, datetime

import pytest

from bot.channels.hotline import prompts
from bot.conversations.peers import Peers
from bot.desk import rendering
from bot.desk.cards import Cards
from tests.integration.bot.caller import SECRET, Caller
from tests.integration.bot.stand_in_engine import saying

AGENTS = ("sip:desk@pbx.example.com", "+8679196130")
ASKS = pytest.mark.parametrize("ask", ["转人工", "0"])


@pytest.fixture
async def caller(start_bot):
    async with start_bot(jambonz_secret=SECRET, hotline_agents=AGENTS) as bot:
        yield Caller(http=bot.http)


async def asks_for_a_person(caller: Caller, ask: str) -> dict:
    await caller.calls()
    await (caller.types(ask) if ask.isdigit() else caller.says(ask))
    return caller.last[-1]


async def waits(caller: Caller, *, position: int | None, seconds: int) -> list[dict]:
    """What the platform gets when it asks what is heard in the queue: it tells little of the call then."""
    told = {"queue_sid": "queue:hotline", "queue_time": seconds, "call_sid": caller.sid}
    asked = told if position is None else told | {"queue_position": position, "queue_size": 5}
    response = await caller.post(caller.last[-1]["waitHook"], asked)
    assert response.status_code == 200, response.text
    return response.json()


async def leaves_the_queue(caller: Caller, result: str, *, seconds: int = 20) -> str:
    left = {"queue_sid": "queue:hotline", "queue_time": seconds, "queue_result": result}
    await caller.hook(caller.last[-1]["actionHook"], **left)
    return caller.heard[-1]


@pytest.mark.channel("hotline", feature="转人工")
@ASKS
async def test_who_asks_for_a_person_stands_in_the_queue(caller, engine, ask):
    queued = await asks_for_a_person(caller, ask)

    assert queued["verb"] == "enqueue"
    assert caller.heard[-1] == prompts.TO_A_PERSON
    assert engine.asked == []


@pytest.mark.channel("hotline", feature="排队告知")
async def test_in_the_queue_the_position_and_the_way_back_are_told(caller):
    await asks_for_a_person(caller, "0")

    told, pause = await waits(caller, position=2, seconds=10)
    assert "前面还有两位" in told["text"]
    assert "取消" in told["text"]
    assert pause["verb"] == "pause"


@pytest.mark.parametrize("position", [0, None])
async def test_who_is_first_is_put_through(caller, position):
    await asks_for_a_person(caller, "0")

    assert (await waits(caller, position=position, seconds=20))[-1] == {"verb": "leave"}
    await leaves_the_queue(caller, "leave")
    dial = caller.last[-1]
    assert dial["verb"] == "dial"
    assert dial["target"] == [{"type": "sip", "sipUri": AGENTS[0]}, {"type": "phone", "number": AGENTS[1]}]


@pytest.mark.channel("hotline", feature="排队告知")
async def test_who_waits_long_is_offered_the_way_back_and_takes_it(caller, engine):
    await asks_for_a_person(caller, "0")

    assert await waits(caller, position=3, seconds=75) == [{"verb": "leave"}]
    assert "说取消" in await leaves_the_queue(caller, "leave", seconds=75)
    assert await caller.says("取消") == prompts.AS_BEFORE
    await caller.says("查进度")
    assert engine.ran == ["查进度"]


@pytest.mark.parametrize("answer", ["接着等", "好的"])
async def test_who_goes_on_waiting_comes_before_the_others(caller, answer):
    first = await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "leave", seconds=75)
    await caller.says(answer)

    queued = caller.last[-1]
    assert queued["verb"] == "enqueue"
    assert queued["priority"] < first["priority"]


async def test_silence_does_not_lose_the_place_in_the_queue(caller):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "leave", seconds=75)
    await caller.is_silent()

    assert caller.last[-1]["verb"] == "enqueue"


@pytest.mark.parametrize(("key", "verb"), [("1", "enqueue"), ("2", "gather")])
async def test_keys_answer_it_too(caller, key, verb):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "leave", seconds=75)
    await caller.types(key)

    assert caller.last[-1]["verb"] == verb


async def test_after_the_agent_the_assistant_goes_on(caller):
    await asks_for_a_person(caller, "0")
    assert await leaves_the_queue(caller, "bridged") == prompts.BACK_AGAIN
    assert caller.last[-1]["verb"] == "gather"


@pytest.mark.channel("hotline", feature="标明机器人或坐席")
async def test_it_is_said_when_a_person_comes_and_when_the_machine_is_back(caller):
    await asks_for_a_person(caller, "0")
    assert "接通人工" in await leaves_the_queue(caller, "leave")
    await caller.hook(caller.last[-1]["actionHook"], dial_call_status="completed", dial_sip_status=200)

    assert "由机器人接着为您服务" in caller.heard[-1]


async def test_after_the_dialled_agent_the_assistant_goes_on(caller):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "leave")
    await caller.hook(caller.last[-1]["actionHook"], dial_call_status="completed", dial_sip_status=200)

    assert caller.heard[-1] == prompts.BACK_AGAIN
    assert caller.last[-1]["verb"] == "gather"


@pytest.mark.channel("hotline", feature="无人接听转回电")
@pytest.mark.parametrize("status", ["busy", "no-answer", "failed"])
async def test_where_no_agent_answers_a_person_calls_back(caller, engine, status):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "leave")
    await caller.hook(caller.last[-1]["actionHook"], dial_call_status=status)

    assert caller.heard[-1] == prompts.NO_AGENT + "收到：人工。"
    assert engine.ran == ["人工"]


@pytest.mark.channel("hotline", feature="无人接听转回电")
async def test_a_queue_that_fails_leads_to_the_call_back(caller, engine):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "error")

    assert engine.ran == ["人工"]


async def test_who_hung_up_in_the_queue_is_gone(caller):
    await asks_for_a_person(caller, "0")
    await leaves_the_queue(caller, "hangup")

    assert caller.last == [{"verb": "hangup"}]


@pytest.mark.channel("hotline", feature="沉默处理")
@pytest.mark.channel("hotline", feature="转人工")
async def test_the_third_silence_leads_to_a_person(caller):
    await caller.calls()
    for _ in range(3):
        await caller.is_silent()

    assert caller.last[-1]["verb"] == "enqueue"


@pytest.mark.channel("hotline", feature="无人接听转回电")
@ASKS
async def test_without_agents_the_dialogue_registers_a_call_back(start_bot, engine, ask):
    async with start_bot(jambonz_secret=SECRET) as bot:
        caller = Caller(http=bot.http)
        await asks_for_a_person(caller, ask)

    assert engine.ran == ["人工" if ask == "0" else ask]


@pytest.mark.channel("hotline", feature="转人工")
async def test_a_person_is_reached_though_the_sentence_was_doubtful(caller):
    await caller.calls()
    await caller.mumbles("转人工")

    assert caller.last[-1]["verb"] == "enqueue"


async def on_the_desk(bot, caller) -> dict:
    """The call as the desk lists it; empty where it does not."""
    known = Peers(bot.database).of_peer(channel="hotline", peer=caller.sid)
    [card] = Cards(bot.database).of([known.id], at=datetime.now(UTC))
    return rendering.card(card)


@pytest.fixture
async def line(start_bot):
    async with start_bot(jambonz_secret=SECRET, hotline_agents=AGENTS) as bot:
        yield bot, Caller(http=bot.http)


async def test_the_desk_shows_who_waits_on_the_phone_and_who_is_connected(line):
    bot, caller = line
    await asks_for_a_person(caller, "0")
    waiting = await on_the_desk(bot, caller)
    assert (waiting["kind"], waiting["state"], waiting["reason"]) == ("call", "queued", "request_human")

    await waits(caller, position=0, seconds=5)
    await leaves_the_queue(caller, "leave", seconds=5)
    connected = await on_the_desk(bot, caller)
    assert (connected["state"], connected["agent"], connected["phone"]) == ("agent", None, "138****1234")

    await caller.hook(caller.last[-1]["actionHook"], dial_call_status="completed")
    assert (await on_the_desk(bot, caller))["state"] == "bot"


async def test_an_agent_at_the_desk_cannot_claim_a_call(line):
    bot, caller = line
    await asks_for_a_person(caller, "0")
    conversation = (await on_the_desk(bot, caller))["conversation"]
    async with bot.member("1031") as agent:
        await agent.post("/presence", {}, method="PUT")
        refused = await agent.post(f"/conversations/{conversation}/claim")

    assert (refused.status_code, refused.json()["error"]) == (409, "answered_by_phone")


async def test_whom_the_dialogue_hands_over_stands_in_the_platforms_queue(line, engine):
    async def hands_over(body):
        assert body["metadata"]["agents"] == {"here": True, "owner": None}
        return saying("好的，马上请坐席来。") | {"handoff": {"reason": "misunderstood"}}

    bot, caller = line
    engine.behaviour = hands_over
    await caller.calls()
    assert "马上请坐席来" in await caller.says("我要跟人说话")

    assert caller.last[-1]["verb"] == "enqueue"
    assert (await on_the_desk(bot, caller))["reason"] == "misunderstood"


async def test_who_could_not_be_put_through_is_called_back_and_not_queued_again(line, engine):
    bot, caller = line
    await asks_for_a_person(caller, "0")
    await waits(caller, position=0, seconds=5)
    await leaves_the_queue(caller, "leave", seconds=5)
    await caller.hook(caller.last[-1]["actionHook"], dial_call_status="no-answer")

    assert engine.asked[-1]["metadata"]["agents"] == {"here": False, "owner": None, "waited": True}
    assert (await on_the_desk(bot, caller))["state"] == "bot"
    assert caller.last[-1]["verb"] == "gather"


@pytest.mark.parametrize("status", ["completed", "failed"])
async def test_a_call_that_has_ended_is_no_longer_shown_as_waiting(line, status):
    bot, caller = line
    await asks_for_a_person(caller, "0")
    for _ in range(2):
        response = await caller.post("/hotline/status", {**caller.base, "call_status": status})
        assert response.status_code == 200

    assert (await on_the_desk(bot, caller))["state"] == "closed"
