"""What we send of our own accord, as far as WeChat allows it."""

import asyncio

import pytest
from sanic.response import json as json_response

from tests.integration.bot.wechat.follower import Follower
from tests.integration.bot.wechat.platform import NOT_FOLLOWING, QUOTA_USED, SEND, TEMPLATE


@pytest.mark.channel("wechat", feature="主动通知")
async def test_a_notice_of_ours_arrives_while_it_may(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        conversation = engine.asked[0]["conversation"]
        told = await bot.notice({"id": "n1", "conversation": conversation, "text": "已修好"})
        assert (told.status_code, told.json()["reach"]) == (202, "wechat")
        assert await platform.sent(1) == ["已修好"]


@pytest.mark.channel("wechat", feature="主动通知")
async def test_a_notice_that_may_not_be_sent_is_told_by_a_template_and_read_later(official, platform, engine):
    template = {"template": "TM001", "template_fields": {"title": "thing1", "number": "character_string2"}}
    async with official(**template) as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        platform.fails[SEND].append(QUOTA_USED)
        notice = {"conversation": engine.asked[0]["conversation"], "text": "工单 261122 0001 8 已修好"}
        told = await bot.notice(notice | {"id": "n1"})
        assert told.json()["reach"] == "template"
        [sent] = platform.of(TEMPLATE)
        assert sent["data"]["character_string2"] == {"value": "261122 0001 8"}

        assert await follower.says("好了吗") == "工单 261122 0001 8 已修好\n\n收到：好了吗"


async def test_a_notice_that_reaches_nobody_on_wechat_says_so(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        await follower.happens("unsubscribe", EventKey="")
        told = await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        assert told.json()["reach"] == "none"


@pytest.mark.channel("wechat", feature="取消关注")
async def test_who_has_left_is_sent_nothing_and_has_it_when_they_come_back(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        assert await follower.happens("unsubscribe", EventKey="") is None
        await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        await asyncio.sleep(2.5)
        assert platform.asked == []

        await asyncio.sleep(1)  # WeChat's times are whole seconds
        told = await follower.happens("subscribe", EventKey="")
        assert told.startswith("已修好\n\n您好")


@pytest.mark.channel("wechat", feature="发送额度")
@pytest.mark.parametrize("code", [QUOTA_USED, NOT_FOLLOWING])
async def test_what_wechat_does_not_allow_waits_for_the_next_word_of_the_customer(official, platform, engine, code):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        platform.fails[SEND].append(code)
        await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        await asyncio.sleep(4)
        assert len([path for path, _ in platform.asked if path == SEND]) == 1

        await asyncio.sleep(1)
        assert await follower.says("好了吗") == "已修好\n\n收到：好了吗"


async def test_while_wechat_is_away_it_is_tried_again(hurried, answers, platform):
    platform.fails[SEND].extend([-1, json_response([], status=200)])
    answers("让您久等了。", after=1.5)

    assert await hurried.says("查进度") is None
    assert await platform.sent(1, within=30) == ["让您久等了。"]
    await asyncio.sleep(2)
    assert len(platform.texts) == 1
