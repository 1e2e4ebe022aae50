"""What the page of either side shows without asking: changes, who types, how far was read, who serves."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any

import pytest
from httpx_sse import aconnect_sse

from tests.integration.bot.desk import API, Member
from tests.integration.bot.takeover.acts import card, does, waits
from tests.integration.bot.visitor import PATIENCE


@asynccontextmanager
async def listening(member: Member, **headers: str):
    async with aconnect_sse(member.http, "GET", f"{API}/events", **headers) as source:
        yield source.aiter_sse()


async def next_of(events, kind: str = "conversation") -> Any:
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if event.event == kind:
                return event
    raise AssertionError("the stream has ended")


async def signs(visitor: Any, what: str, told: Any, *, status: int = 204) -> None:
    response = await visitor._http.post(f"/chat/{what}", json=told, headers=visitor.headers)
    assert response.status_code == status, response.text


async def test_how_far_was_read_is_shown(customer, agent):
    assert (await card(agent, customer))["unread"] == 1
    await does(agent, customer, "read", {"seq": 99}, status=204)

    shown = await card(agent, customer)
    assert (shown["unread"], shown["read"]["agent"]) == (0, shown["last_seq"])


async def test_the_customer_sees_that_the_agent_types(customer, agent):
    async with customer.listening(last_event_id=3) as page:
        await does(agent, customer, "typing", status=204)
        assert await page.answering()


async def test_the_desk_sees_every_change_without_asking(visitor, agent):
    async with listening(agent) as events:
        await visitor.says("你好")
        told = json.loads((await next_of(events)).data)
        assert (told["conversation"], told["state"]) == (visitor.conversation, "bot")
        await waits(visitor)
        while told["state"] != "queued":
            told = json.loads((await next_of(events)).data)
        assert told["last"]["from"] == "system"


async def test_who_has_signed_out_is_told_nothing_more_and_is_no_longer_there(visitor, agent, colleague):
    async with listening(agent) as events:
        await visitor.says("你好")
        await next_of(events)
        assert (await agent.post("/session", method="DELETE")).status_code == 204
        await visitor.says("还在吗")
        with pytest.raises(AssertionError, match="the stream has ended"):
            await next_of(events)

    there = (await colleague.get("/presence/")).json()["seats"]
    assert [seat["agent"] for seat in there] == ["1032"]


@pytest.mark.channel("web", feature="断线不丢消息")
async def test_on_reconnect_nothing_is_missing(bot, visitor, agent):
    change = (await agent.get("/conversations/")).json()["change"]
    others = [await bot.visitor() for _ in range(3)]
    for other in (visitor, *others):
        await waits(other)

    seen: dict[str, str] = {}
    async with listening(agent, headers={"Last-Event-ID": str(change)}) as events:
        while len(seen) < 4:
            event = await next_of(events)
            seen[json.loads(event.data)["conversation"]] = event.id
    assert set(seen) == {each.conversation for each in (visitor, *others)}
    async with listening(agent, headers={"Last-Event-ID": max(seen.values(), key=int)}) as events:
        await visitor.says("还在吗")
        assert json.loads((await next_of(events)).data)["conversation"] == visitor.conversation


async def test_the_agent_sees_that_the_customer_types_and_has_read(customer, agent):
    async with listening(agent) as events:
        await signs(customer, "typing", {})
        told = json.loads((await next_of(events, "typing")).data)
        assert told == {"conversation": customer.conversation, "typing": True}
        told = json.loads((await next_of(events, "typing")).data)
        assert told["typing"] is False
    await signs(customer, "read", {"seq": 3})

    assert (await card(agent, customer))["read"]["customer"] == 3


@pytest.mark.parametrize("seq", [-1, True, "3", None, 2**40])
async def test_what_is_no_message_is_not_read(customer, agent, seq):
    before = (await card(agent, customer))["read"]["customer"]
    await signs(customer, "read", {"seq": seq}, status=422)

    assert (await card(agent, customer))["read"]["customer"] == before


async def test_the_page_is_told_who_serves(customer, agent):
    assert (await customer.log())[-1]["card"] == {"kind": "served_by", "agent": "1031"}
    await does(agent, customer, "hand-back", {"summary": "好了", "settled": True})

    assert (await customer.log())[-1]["card"] == {"kind": "served_by", "agent": None}
