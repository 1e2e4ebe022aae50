"""Notices: what our other processes want said in a conversation."""

import asyncio
from datetime import UTC, datetime

import pytest

from backend.ports import Medium, Message, Undeliverable
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.conversation import ToConversation
from tests.integration.bot.conftest import NOTICES_TOKEN


def a_notice(visitor, **changed):
    return {"id": "n1", "conversation": visitor.conversation, "text": "您的工单号是 2611210042"} | changed


@pytest.mark.channel("web", feature="主动通知")
async def test_a_notice_is_logged_and_pushed(bot, visitor):
    async with visitor.listening() as page:
        accepted = await bot.notice(a_notice(visitor))

        assert (accepted.status_code, accepted.json()) == (202, {"seq": 1, "reach": "chat"})
        assert await page.texts(1) == [(1, "您的工单号是 2611210042")]
    assert await visitor.sees(1) == [("bot", "您的工单号是 2611210042")]


@pytest.mark.channel("web", feature="主动通知")
async def test_the_same_notice_again_is_not_said_again(bot, visitor):
    await bot.notice(a_notice(visitor))
    again = await bot.notice(a_notice(visitor))

    assert (again.status_code, again.json()) == (200, {"seq": 1, "reach": "none"})
    assert len(await visitor.log()) == 1


async def test_the_same_notice_at_the_same_time_is_said_once(bot, visitor):
    statuses = [
        response.status_code for response in await asyncio.gather(*(bot.notice(a_notice(visitor)) for _ in range(8)))
    ]

    assert sorted(statuses) == [200] * 7 + [202]
    assert len(await visitor.log()) == 1


async def test_the_same_notice_after_a_restart_is_not_said_again(start_bot):
    async with start_bot() as bot:
        visitor = await bot.visitor()
        await bot.notice(a_notice(visitor))
    async with start_bot() as bot:
        again = await bot.notice(a_notice(visitor))
        assert (again.status_code, again.json()) == (200, {"seq": 1, "reach": "none"})


async def test_a_notice_id_belongs_to_one_conversation(bot):
    one, other = await bot.visitor(), await bot.visitor()
    await bot.notice(a_notice(one))
    refused = await bot.notice(a_notice(other))

    assert (refused.status_code, refused.json()["error"]) == (409, "notice_conflict")
    assert await other.log() == []


@pytest.mark.parametrize("token", ["x", "wrong", "NOTICES-TOKEN-OF-THE-TESTS"])
async def test_without_the_token_nothing_is_said(bot, visitor, token):
    refused = await bot.notice(a_notice(visitor), token=token)

    assert (refused.status_code, refused.json()["error"]) == (401, "not_allowed")
    assert await visitor.log() == []


async def test_a_visitor_cannot_speak_for_us(bot, visitor):
    refused = await bot.notice(a_notice(visitor), token=visitor.token)

    assert refused.status_code == 401


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"conversation": "unknown"}, 404, "conversation_unknown"),
        ({"conversation": 1}, 422, "wrong_fields"),
        ({"id": ""}, 422, "wrong_fields"),
        ({"id": None}, 422, "wrong_fields"),
        ({"text": None}, 422, "wrong_fields"),
        ({"text": " "}, 422, "text_missing"),
        ({"text": "字" * 4001}, 422, "text_too_long"),
    ],
)
async def test_a_wrong_notice_is_refused(bot, visitor, changed, status, error):
    refused = await bot.notice(a_notice(visitor, **changed))

    assert (refused.status_code, refused.json()["error"]) == (status, error)


async def test_a_notice_does_not_wait_for_an_open_turn(bot, visitor, engine):
    await engine.down()
    await visitor.says("你好")
    await visitor.sees(2)

    await bot.notice(a_notice(visitor))

    assert (await visitor.sees(3))[2][1] == "您的工单号是 2611210042"


async def test_what_the_backend_tells_a_customer_is_said_once_and_to_nobody_else(bot, visitor):
    to_conversation = ToConversation(bot=Bot(url=bot.url, token=NOTICES_TOKEN))

    def message(conversation):
        return Message(
            key="26112000018:repaired",
            medium=Medium.CONVERSATION,
            recipient=conversation,
            subject="26112000018",
            body={"text": "您的电视已经修好"},
            not_before=datetime(2026, 11, 29, tzinfo=UTC),
        )

    for _ in range(2):
        await asyncio.to_thread(to_conversation, message(visitor.conversation), time_out=5.0)

    assert await visitor.sees(1) == [("bot", "您的电视已经修好")]
    assert len(await visitor.log()) == 1
    other = await bot.visitor()
    for wrong in (other.conversation, "unknown"):
        with pytest.raises(Undeliverable):
            await asyncio.to_thread(to_conversation, message(wrong), time_out=5.0)
    assert await other.log() == []
