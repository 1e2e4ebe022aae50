"""From the assistant to an agent and back on WeChat, and what becomes of who waits in vain."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.conversations.takeover import Patience
from tests.integration.bot.takeover.acts import card, does, there
from tests.integration.bot.wechat.follower import Follower
from tests.integration.bot.wechat.platform import BUSY, OUTSIDE_WINDOW, QUOTA_USED, SEND, Platform


@pytest.fixture
async def agent(official):
    """1031 at the desk of a bot with an official account."""
    async with official() as bot, bot.member("1031") as member:
        await there(member)
        yield member


@pytest.fixture
def follower(agent):
    return Follower(agent.http)


async def who_waits(agent) -> list[SimpleNamespace]:
    """As the desk lists them, the first in the queue first."""
    listed = (await agent.get("/conversations/")).json()["conversations"]
    waiting = sorted((each for each in listed if each["state"] == "queued"), key=lambda each: each["ahead"])
    return [SimpleNamespace(conversation=each["conversation"]) for each in waiting]


async def arrives(platform: Platform, words: str) -> str:
    """The message with these words, once it was sent."""
    while not (found := [text for text in platform.texts if words in text]):
        await platform.sent(len(platform.texts) + 1)
    return found[0]


@pytest.mark.channel("wechat", feature="转人工")
@pytest.mark.channel("wechat", feature="标明机器人或坐席")
async def test_an_agent_takes_over_is_named_by_job_number_and_gives_back_to_the_machine(
    follower, agent, platform, engine
):
    await follower.says("转人工")
    [customer] = await who_waits(agent)
    await does(agent, customer, "claim")
    assert await arrives(platform, "1031") == "工号 1031 的坐席为您服务。"
    await does(agent, customer, "messages", {"id": "a1", "text": "您好，请问是几楼？"}, status=201)
    assert await arrives(platform, "几楼") == "【坐席 1031】您好，请问是几楼？"
    assert await follower.says("五楼") is None
    await does(agent, customer, "hand-back", {"summary": "住五楼", "settled": False})

    assert "由机器人继续为您服务" in await arrives(platform, "机器人")
    assert await follower.says("什么时候来") == "收到：什么时候来"
    assert engine.ran == ["什么时候来"]


async def served(follower: Follower, agent, platform: Platform) -> SimpleNamespace:
    """Whom the agent serves, who has been told so."""
    await follower.says("转人工")
    [customer] = await who_waits(agent)
    await does(agent, customer, "claim")
    await arrives(platform, "1031")
    return customer


async def stands(agent, customer: SimpleNamespace, **delivery: object) -> None:
    """As the desk lists it, once it does."""
    async with asyncio.timeout(15):
        while (listed := (await card(agent, customer))["delivery"]) != delivery:
            assert listed is not None
            await asyncio.sleep(0.1)


@pytest.mark.channel("wechat", feature="送达状态")
@pytest.mark.parametrize(
    ("code", "obstacle"),
    [
        (OUTSIDE_WINDOW, "客户超过 48 小时没有来消息，微信不让再发"),
        (QUOTA_USED, "客户上次来消息后可发的条数已用完"),
    ],
)
async def test_an_agent_sees_why_a_message_has_not_arrived_until_it_has(follower, agent, platform, code, obstacle):
    customer = await served(follower, agent, platform)
    await stands(agent, customer, up_to=3, obstacle=None)
    platform.fails[SEND].append(code)
    await does(agent, customer, "messages", {"id": "a1", "text": "请问是几楼？"}, status=201)
    before = (await card(agent, customer))["change"]
    await stands(agent, customer, up_to=3, obstacle=obstacle)
    assert (await card(agent, customer))["change"] > before  # so the open page is told of it

    await asyncio.sleep(1)  # WeChat's times are whole seconds
    assert await follower.says("在吗") == "【坐席 1031】请问是几楼？"
    await stands(agent, customer, up_to=4, obstacle=None)


@pytest.mark.channel("wechat", feature="送达状态")
async def test_what_is_said_to_who_has_left_is_shown_as_not_arrived_without_being_tried(follower, agent, platform):
    customer = await served(follower, agent, platform)
    await follower.happens("unsubscribe", EventKey="")
    tried = len(platform.asked)
    await does(agent, customer, "messages", {"id": "a1", "text": "请问是几楼？"}, status=201)

    await stands(agent, customer, up_to=3, obstacle="客户已取消关注")
    assert len(platform.asked) == tried


@pytest.mark.channel("wechat", feature="送达状态")
async def test_while_wechat_is_away_the_agent_sees_that_it_is_tried_again(follower, agent, platform):
    customer = await served(follower, agent, platform)
    platform.fails[SEND].append(BUSY)
    await does(agent, customer, "messages", {"id": "a1", "text": "请问是几楼？"}, status=201)

    await stands(agent, customer, up_to=3, obstacle="微信暂时连不上，正在重发")
    await stands(agent, customer, up_to=4, obstacle=None)


@pytest.mark.channel("wechat", feature="排队告知")
async def test_who_waits_is_told_the_place_the_way_back_and_when_it_is_their_turn_next(follower, agent, platform):
    first = Follower(agent.http)
    told = await first.says("人工")
    assert "您排在第一位" in told
    assert "回复“取消”就由机器人继续为您服务" in told
    assert "您前面还有 1 位" in await follower.says("人工")
    [customer, _] = await who_waits(agent)
    await does(agent, customer, "claim")

    assert await arrives(platform, "您排在第一位")
    assert "不再排队" in await follower.says("取消")


@pytest.mark.channel("wechat", feature="无人接听转回电")
async def test_who_waited_in_vain_gets_a_call_back_from_the_assistant(official, platform, engine):
    async with official(patience=Patience(queue=timedelta(seconds=1))) as bot, bot.member("1031") as agent:
        await there(agent)
        await Follower(bot.http).says("转人工")

        assert await arrives(platform, "登记人工回电")
        assert await arrives(platform, "收到：请人工给我回电话")
    assert engine.asked[-1]["metadata"]["agents"] == {"here": False, "owner": None, "waited": True}


@pytest.mark.channel("wechat", feature="无人接听转回电")
async def test_where_nobody_is_at_the_desk_the_assistant_registers_the_call_back(official, engine):
    async with official() as bot:
        assert await Follower(bot.http).says("转人工") == "收到：转人工"

    assert engine.asked[-1]["metadata"]["agents"]["here"] is False
