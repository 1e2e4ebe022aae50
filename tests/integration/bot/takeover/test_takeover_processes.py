"""Conversations with agents over two bot processes on PostgreSQL, and through the sudden death of one."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from httpx_sse import aconnect_sse

from bot.conversations.database import open_database
from tests.integration.bot.bot_process import BotProcess, talking_to, the_log
from tests.integration.bot.desk import API, Member
from tests.integration.bot.visitor import PATIENCE
from tests.ports import free_port


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.sqlite'}"
        return
    server, name = request.getfixturevalue("postgresql"), f"bot_{uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def shared(postgresql):
    name = f"bot_{uuid4().hex}"
    yield postgresql.create(name)
    postgresql.drop(name)


@dataclass
class Redis:
    process: asyncio.subprocess.Process
    url: str

    async def killed(self) -> None:
        self.process.kill()
        await self.process.wait()


@pytest.fixture
async def redis(tmp_path):
    """A real Redis, with nothing in it."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        pytest.skip("Redis is not installed (Debian: apt-get install redis-server)")
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path))
    process = await asyncio.create_subprocess_exec(program, *options, stdout=asyncio.subprocess.DEVNULL)
    running = Redis(process, f"redis://127.0.0.1:{port}/0")
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
    writer.close()
    yield running
    if process.returncode is None:
        await running.killed()


@asynccontextmanager
async def at_the_desk(
    bot: BotProcess, url: str, job_number: str, *, session: Member | None = None
) -> AsyncIterator[Member]:
    """Signed in and there; with `session` the same browser before another process."""
    database = open_database(url)
    async with httpx.AsyncClient(base_url=bot.url, timeout=PATIENCE) as http:
        if session is None:
            member = await Member.signs_in(http, database, job_number)
        else:
            http.cookies = session.http.cookies
            member = Member(http, job_number, session.csrf)
        assert (await member.post("/presence", {}, method="PUT")).status_code == 200
        yield member
    database.dispose()


async def says(http: httpx.AsyncClient, text: str) -> None:
    response = await http.post("/chat/messages", json={"id": uuid4().hex, "text": text})
    assert response.status_code == 202, response.text


async def events(source: Any, kind: str) -> AsyncIterator[dict[str, Any]]:
    async for event in source.aiter_sse():
        if event.event == kind:
            yield json.loads(event.data)


async def test_customer_and_agent_talk_through_two_processes(launch, shared, redis):
    first = await (await launch(DATABASE_URL=shared, SHOUWEN_REDIS_URL=redis.url)).ready()
    second = await (await launch(DATABASE_URL=shared, SHOUWEN_REDIS_URL=redis.url)).ready()
    async with AsyncExitStack() as stack:
        customer = await stack.enter_async_context(talking_to(first))
        agent = await stack.enter_async_context(at_the_desk(second, shared, "1031"))
        page = await stack.enter_async_context(aconnect_sse(customer, "GET", "/chat/events"))
        desk = await stack.enter_async_context(aconnect_sse(agent.http, "GET", f"{API}/events"))
        said, seen = events(page, "message"), events(desk, "conversation")
        await says(customer, "转人工")
        async with asyncio.timeout(PATIENCE):
            card = await anext(seen)
            assert card["state"] == "queued"
            assert (await agent.post(f"/conversations/{card['conversation']}/claim")).status_code == 200
            body = {"id": "a1", "text": "您好，我来帮您。"}
            assert (await agent.post(f"/conversations/{card['conversation']}/messages", body)).status_code == 201
            while (told := await anext(said))["from"] != "agent":
                pass
            assert (told["author"], told["text"]) == ("1031", "您好，我来帮您。")
            await says(customer, "谢谢")
            while (card := await anext(seen))["last"]["text"] != "谢谢":
                pass


async def test_claims_at_two_processes_have_one_winner(launch, shared):
    bots = [await (await launch(DATABASE_URL=shared)).ready() for _ in range(2)]
    async with AsyncExitStack() as stack:
        customer = await stack.enter_async_context(talking_to(bots[0]))
        agents = [
            await stack.enter_async_context(at_the_desk(bots[turn % 2], shared, job_number))
            for turn, job_number in enumerate(("1031", "1032", "1001", "1002"))
        ]
        await says(customer, "转人工")
        [card] = (await agents[0].get("/conversations")).json()["conversations"]
        path = f"/conversations/{card['conversation']}/claim"
        answers = await asyncio.gather(*(agents[turn % 4].post(path) for turn in range(20)))
        winners = {agents[turn % 4].job_number for turn, answer in enumerate(answers) if answer.status_code == 200}

        assert len(winners) == 1
        assert {answer.json()["agent"] for answer in answers} == winners
        served = [text for _, _, text in await the_log(customer, 3) if "坐席为您服务" in text]
        assert served == [f"工号 {winners.pop()} 的坐席为您服务。"]


async def test_a_kill_in_the_middle_loses_no_message_and_no_state(launch, url):
    bot = await (await launch(DATABASE_URL=url)).ready()
    accepted: list[str] = []
    async with talking_to(bot) as customer, at_the_desk(bot, url, "1031") as agent:
        session = {"token": customer.headers["Authorization"].removeprefix("Bearer ")}
        await says(customer, "转人工")
        [card] = (await agent.get("/conversations")).json()["conversations"]
        path = f"/conversations/{card['conversation']}"
        held = (await agent.post(f"{path}/claim")).json()

        async def talk(number: int) -> None:
            """From both sides; what was confirmed is noted, what breaks with the process is not."""
            text = f"第{number}句"
            try:
                if number % 2:
                    answer = await agent.post(f"{path}/messages", {"id": text, "text": text})
                else:
                    answer = await customer.post("/chat/messages", json={"id": text, "text": text})
            except httpx.TransportError:
                return
            if answer.status_code in (201, 202):
                accepted.append(text)

        talking = [asyncio.create_task(talk(number)) for number in range(24)]
        while len(accepted) < 5:
            await asyncio.sleep(0.01)
        await bot.killed()
        await asyncio.gather(*talking)
        again = await (await launch(DATABASE_URL=url)).ready()
        async with talking_to(again, session) as customer, at_the_desk(again, url, "1031", session=agent) as agent:
            log = await the_log(customer, len(accepted) + 3)
            now = (await agent.get(path)).json()
            await says(customer, "还在吗")
            answer = await agent.post(f"{path}/messages", {"id": "after", "text": "在的。"})

    texts = [text for _, _, text in log]
    assert [text for text in accepted if text not in texts] == []
    assert [number for number, *_ in log] == list(range(1, len(log) + 1))
    same = ("state", "version", "agent", "owner", "held_at")
    assert {name: now[name] for name in same} == {name: held[name] for name in same}
    assert answer.status_code == 201


async def test_who_waited_when_the_process_died_still_waits(launch, url):
    bot = await (await launch(DATABASE_URL=url)).ready()
    async with talking_to(bot) as customer, at_the_desk(bot, url, "1031") as agent:
        session = {"token": customer.headers["Authorization"].removeprefix("Bearer ")}
        await says(customer, "人工")
        await bot.killed()
        again = await (await launch(DATABASE_URL=url)).ready()
        async with talking_to(again, session) as customer, at_the_desk(again, url, "1031", session=agent) as agent:
            [card] = (await agent.get("/conversations")).json()["conversations"]
            assert (card["state"], card["ahead"]) == ("queued", 0)
            assert (await agent.post(f"/conversations/{card['conversation']}/claim")).status_code == 200
            assert len(await the_log(customer, 3)) == 3


async def test_each_side_sees_that_the_other_types_at_another_process(launch, shared):
    first = await (await launch(DATABASE_URL=shared)).ready()
    second = await (await launch(DATABASE_URL=shared)).ready()
    async with AsyncExitStack() as stack:
        customer = await stack.enter_async_context(talking_to(first))
        agent = await stack.enter_async_context(at_the_desk(second, shared, "1031"))
        await says(customer, "转人工")
        [card] = (await agent.get("/conversations")).json()["conversations"]
        path = f"/conversations/{card['conversation']}"
        assert (await agent.post(f"{path}/claim")).status_code == 200
        page = await stack.enter_async_context(aconnect_sse(customer, "GET", "/chat/events"))
        desk = await stack.enter_async_context(aconnect_sse(agent.http, "GET", f"{API}/events"))
        answering, typing = events(page, "answering"), events(desk, "typing")
        async with asyncio.timeout(PATIENCE):
            assert (await customer.post("/chat/typing")).status_code == 204
            assert await anext(typing) == {"conversation": card["conversation"], "typing": True}
            assert await anext(typing) == {"conversation": card["conversation"], "typing": False}
            assert (await agent.post(f"{path}/typing")).status_code == 204
            while not await anext(answering):
                pass


async def test_guesses_at_two_processes_are_counted_together(launch, shared):
    bots = [await (await launch(DATABASE_URL=shared)).ready() for _ in range(2)]
    told = []
    for turn in range(11):
        async with httpx.AsyncClient(base_url=bots[turn % 2].url, timeout=PATIENCE) as http:
            guess = {"job_number": "1031", "password": f"guess {turn}"}
            told.append((await http.post(f"{API}/session", json=guess)).status_code)

    assert told == [401] * 10 + [429]


async def test_what_somebody_writes_to_two_processes_is_counted_together_in_redis_and_separately_without(
    launch, shared, redis
):
    settings = {"DATABASE_URL": shared, "SHOUWEN_REDIS_URL": redis.url, "SHOUWEN_MESSAGE_RATE": "6/hour"}
    bots = [await (await launch(**settings)).ready() for _ in range(2)]
    async with talking_to(bots[0]) as first, AsyncExitStack() as stack:
        session = {"token": first.headers["Authorization"].removeprefix("Bearer ")}
        second = await stack.enter_async_context(talking_to(bots[1], session))

        async def writes(times: int) -> list[int]:
            """To the one and the other in turn."""
            told = []
            for turn in range(times):
                said = {"id": uuid4().hex, "text": "你好"}
                told.append((await (first, second)[turn % 2].post("/chat/messages", json=said)).status_code)
            return told

        assert await writes(8) == [202] * 6 + [429] * 2
        await redis.killed()
        assert await writes(14) == [202] * 12 + [429] * 2
