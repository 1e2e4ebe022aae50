"""The call back 回访电话: we call, say who calls and why, and hear the answer through the same dialogue."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from bot.channels.hotline import prompts
from bot.channels.hotline.outbound import NOT_REACHED
from bot.conversations.store import Store
from bot.outreach.telephone import CALL_TIMEOUT
from tests.integration.bot.caller import MOBILE, SECRET
from tests.integration.bot.conftest import NOTICES_TOKEN
from tests.integration.bot.later import Later
from tests.integration.bot.serving import serving
from tests.integration.bot.stand_in_engine import saying
from tests.integration.bot.telephone import CALLER_ID, telephone
from tests.ivr import wrong_callbacks, wrong_replies

OPENING = (
    "您好，这里是江西广电客服，给您做个回访。您11月28日报修的故障，已于 11月29日（周日）10:00 处理完。现在正常了吗？"
)
HEARD = "您好，这里是江西广电客服，给您做个回访。"
WANTED = {"id": "visit:26112000018:0:1", "phone": MOBILE, "text": OPENING, "visit": "26112000018"}


@pytest.fixture
async def platform(engine):
    async with telephone(serving) as running:
        yield running


@pytest.fixture
def clock():
    return Later()


@pytest.fixture
def calling(start_bot, platform, clock):
    """async with calling() as bot: with a telephone; the same database each time."""

    @asynccontextmanager
    async def calling(**changed):
        settings = {"jambonz_secret": SECRET, "telephone": platform.account} | changed
        async with start_bot(clock=clock, **settings) as bot:
            platform.bot = bot.http
            yield bot
            await platform.told()

    return calling


@pytest.fixture
async def bot(calling):
    async with calling() as running:
        yield running


async def outcome(bot, **changed):
    answer = await bot.http.post(
        "/internal/calls", json=WANTED | changed, headers={"Authorization": f"Bearer {NOTICES_TOKEN}"}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["outcome"]


async def called(bot, platform):
    assert await outcome(bot) == "under_way"
    await platform.told()
    return platform.callees[-1]


@pytest.mark.channel("hotline", feature="回访")
async def test_who_is_called_hears_who_calls_and_why_and_the_dialogue_knows_the_ticket(bot, platform, engine):
    callee = await called(bot, platform)
    assert await callee.picks_up() == (
        "您好，这里是江西广电客服，给您做个回访。您十一月二十八号报修的故障，"
        "已于十一月二十九号星期天上午十点处理完。现在正常了吗？"
    )
    assert await callee.says("正常了") == "收到：正常了。"

    (turn,) = engine.asked
    assert turn["conversation"] == WANTED["id"]
    assert (turn["metadata"]["visit"], turn["metadata"]["phone"]) == ("26112000018", MOBILE)
    assert await outcome(bot) == "reached"
    (placed,) = platform.calls
    assert (placed["from"], placed["to"]["number"]) == (CALLER_ID, MOBILE)


async def test_only_the_first_answer_is_one_to_our_question(bot, platform, engine):
    callee = await called(bot, platform)
    await callee.picks_up()
    await callee.says("没有")
    await callee.says("没有了")

    assert [turn["metadata"].get("visit") for turn in engine.asked] == ["26112000018", None]


@pytest.mark.parametrize("greeting", ["喂", "喂你好", "你好哪位", "喂谁啊", "您好您是哪里"])
async def test_who_says_hello_hears_the_question_again_and_the_assistant_nothing(bot, platform, engine, greeting):
    callee = await called(bot, platform)
    opening = await callee.picks_up()

    assert await callee.says(greeting) == opening
    await callee.says("没修好")
    assert [(turn["text"], turn["metadata"]["visit"]) for turn in engine.asked] == [("没修好", "26112000018")]


@pytest.mark.channel("hotline", feature="主动通知")
@pytest.mark.parametrize("behaviour", ["busy", "no-answer", "failed"])
async def test_who_does_not_pick_up_was_not_reached_and_the_history_says_so(bot, platform, behaviour):
    platform.behaviour = behaviour
    await called(bot, platform)

    assert await outcome(bot) == "unanswered"
    assert len(platform.calls) == 1, "the next try is the backend's, at its time"
    logged = Store(bot.database).messages(conversation=WANTED["id"], after=0, most=9)
    assert [message.text for message in logged] == [NOT_REACHED]


async def test_who_picks_up_and_hangs_up_without_a_word_was_not_reached(bot, platform):
    callee = await called(bot, platform)
    await callee.picks_up()
    assert await outcome(bot) == "under_way"
    await callee.hangs_up()

    assert await outcome(bot) == "unanswered"


async def test_who_said_something_and_hung_up_was_reached(bot, platform):
    callee = await called(bot, platform)
    await callee.picks_up()
    await callee.says("我在开车")
    await callee.hangs_up()

    assert await outcome(bot) == "reached"


@pytest.mark.channel("hotline", feature="不先挂断")
async def test_a_voice_mailbox_is_nobody_and_is_left_after_a_goodbye(bot, platform, engine):
    callee = await called(bot, platform)
    await callee.picks_up()

    assert await callee.says("您拨打的用户暂时无法接听请在嘀声后留言") == prompts.NOBODY_THERE
    await callee.is_silent()
    assert callee.last == [{"verb": "hangup"}]
    assert (engine.asked, await outcome(bot)) == ([], "unanswered")


@pytest.mark.channel("hotline", feature="沉默处理")
@pytest.mark.parametrize("hello", ["", "喂"])
async def test_who_stays_silent_is_asked_twice_then_left_and_was_not_reached(bot, platform, engine, hello):
    callee = await called(bot, platform)
    opening = await callee.picks_up()
    if hello:
        await callee.says(hello)
    assert opening in await callee.is_silent()
    assert "没有听到您说话" in await callee.is_silent()

    assert await callee.is_silent() == prompts.NOBODY_THERE
    assert callee.last[-1]["verb"] == "gather"
    await callee.is_silent()
    assert (callee.last, await outcome(bot)) == ([{"verb": "hangup"}], "unanswered")
    assert engine.asked == []


@pytest.mark.channel("hotline", feature="沉默处理")
async def test_who_answers_and_then_stays_silent_is_left_and_never_put_through_to_a_person(bot, platform, engine):
    callee = await called(bot, platform)
    await callee.picks_up()
    await callee.says("正常了")
    for _ in range(2):
        await callee.is_silent()

    assert await callee.is_silent() == prompts.NOTHING_MORE
    await callee.is_silent()
    assert (callee.last, await outcome(bot)) == ([{"verb": "hangup"}], "reached")
    assert engine.ran == ["正常了"]


@pytest.mark.channel("hotline", feature="不先挂断")
async def test_who_says_goodbye_is_asked_to_hang_up_first(bot, platform):
    callee = await called(bot, platform)
    await callee.picks_up()

    assert "请您先挂机" in await callee.says("再见")
    assert callee.last[-1]["verb"] == "gather"


async def test_without_a_telephone_nobody_is_called(start_bot, platform):
    async with start_bot() as bot:
        assert await outcome(bot) == "none"


async def test_what_the_platform_refuses_is_not_asked_for_again(bot, platform):
    platform.behaviour = "refuses"

    assert [await outcome(bot) for _ in range(2)] == ["none", "none"]


async def test_asked_for_at_the_same_time_it_is_one_call(bot, platform):
    outcomes = await asyncio.gather(*(outcome(bot) for _ in range(8)))

    assert (set(outcomes), len(platform.calls)) == ({"under_way"}, 1)


async def test_a_platform_without_a_free_line_is_asked_again_later(bot, platform, clock):
    platform.behaviour = "away"
    refused = await bot.http.post("/internal/calls", json=WANTED, headers={"Authorization": f"Bearer {NOTICES_TOKEN}"})
    assert (refused.status_code, refused.json()["error"]) == (503, "telephone_away")

    platform.behaviour = "rings"
    assert (await outcome(bot), platform.calls) == ("under_way", [])  # was it placed? that shows within half a minute
    clock.by = timedelta(seconds=31)
    assert (await outcome(bot), len(platform.calls)) == ("under_way", 1)


async def test_a_bot_that_died_after_asking_for_the_call_knows_it_by_its_webhooks(calling, platform, clock):
    """The platform placed it, its answer never came."""
    platform.behaviour = "slow"
    async with calling(call_timeout=CALL_TIMEOUT) as bot:
        with pytest.raises(httpx.ReadTimeout):
            await bot.http.post(
                "/internal/calls", json=WANTED, headers={"Authorization": f"Bearer {NOTICES_TOKEN}"}, timeout=0.5
            )
        await platform.told()
    async with calling() as bot:
        clock.by = timedelta(seconds=31)
        assert (await outcome(bot), len(platform.calls)) == ("under_way", 1)
        callee = platform.callees[0]
        callee.http = bot.http
        assert (await callee.picks_up()).startswith(HEARD)
        await callee.says("正常了")
        assert await outcome(bot) == "reached"


async def test_one_whose_webhooks_never_come_is_given_up_by_the_clock(bot, platform, clock):
    platform.behaviour = "silent"
    assert await outcome(bot) == "under_way"
    clock.by = timedelta(seconds=104)
    assert await outcome(bot) == "under_way"

    clock.by = timedelta(seconds=106)
    assert await outcome(bot) == "unanswered"


async def test_a_restart_in_the_middle_of_the_call_loses_nothing(calling, platform, engine):
    async with calling() as bot:
        callee = await called(bot, platform)
        await callee.picks_up()
    async with calling() as bot:
        callee.http = bot.http
        assert await callee.says("还没修好") == "收到：还没修好。"
        assert engine.asked[0]["metadata"]["visit"] == "26112000018"


async def test_a_tag_that_is_none_of_ours_makes_it_an_ordinary_call(bot, platform):
    callee = await called(bot, platform)
    callee.tag = {"shouwen_call": "another"}

    assert await callee.picks_up() != OPENING


@pytest.mark.channel("hotline", feature="身份与签名校验")
@pytest.mark.parametrize("token", ["x", "wrong"])
async def test_nobody_else_has_calls_placed(bot, platform, token):
    refused = await bot.http.post("/internal/calls", json=WANTED, headers={"Authorization": f"Bearer {token}"})

    assert (refused.status_code, platform.calls) == (401, [])


@pytest.mark.parametrize("wrong", [{"phone": "12"}, {"phone": None}, {"text": " "}, {"id": ""}, {"visit": 5}])
async def test_a_call_that_none_is_is_refused(bot, platform, wrong):
    refused = await bot.http.post(
        "/internal/calls", json=WANTED | wrong, headers={"Authorization": f"Bearer {NOTICES_TOKEN}"}
    )

    assert (refused.status_code, platform.calls) == (422, [])


async def test_what_is_said_and_told_in_such_a_call_passes_both_checks_of_others(bot, platform, engine):
    async def answer(_body):
        return saying("同一张工单 261120 0001 8 重新打开了。您什么时间家里方便？")

    engine.behaviour = answer
    callee = await called(bot, platform)
    replies = []
    await callee.picks_up()
    replies.append(callee.last)
    for said in ("喂", "晚上又花了", "您拨打的用户正在通话中，请稍后再拨"):
        await callee.says(said)
        replies.append(callee.last)
    await callee.hangs_up()

    names = {"/hotline/status": "call-status", "/hotline/start": "session-new"}
    posted = [(names.get(path, "gather"), told) for path, told in callee.posted]
    assert wrong_replies(replies) == []
    assert wrong_callbacks(posted) == []
