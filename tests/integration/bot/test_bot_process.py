"""python -m bot as a process: started, killed, stopped, refused."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[3]
PHONE = "13807911234"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class BotProcess:
    process: asyncio.subprocess.Process
    url: str
    stderr: Path

    async def ready(self) -> "BotProcess":
        async with httpx.AsyncClient(base_url=self.url) as http, asyncio.timeout(30):
            while True:
                assert self.process.returncode is None, self.stderr.read_text()
                try:
                    if (await http.get("/readyz")).status_code == 200:
                        return self
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def ends(self) -> int:
        async with asyncio.timeout(15):
            return await self.process.wait()

    async def killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.ends()


Launch = Callable[..., Any]


@pytest.fixture
async def launch(tmp_path: Path, engine: Any) -> AsyncIterator[Launch]:
    """await launch(): the process on the test's database; the engine is the stand-in."""
    async with AsyncExitStack() as running:

        @asynccontextmanager
        async def process(environ: dict[str, str]) -> AsyncIterator[BotProcess]:
            stderr = tmp_path / f"stderr-{len(list(tmp_path.glob('stderr-*')))}"
            with stderr.open("w") as file:
                child = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "bot", cwd=ROOT, env=os.environ | environ, stdout=file, stderr=file
                )
            yield BotProcess(child, f"http://127.0.0.1:{environ['PORT']}", stderr)
            if child.returncode is None:
                child.kill()
                await child.wait()

        async def start(**changed: str) -> BotProcess:
            environ = {
                "HOST": "127.0.0.1",
                "PORT": str(a_free_port()),
                "SHOUWEN_VAR": str(tmp_path / "var"),
                "SHOUWEN_ENGINE_URL": engine.url,
                "SHOUWEN_ENGINE_TOKEN": "engine-token-of-the-tests",
                "SHOUWEN_BOT_TOKEN": "notices-token-of-the-tests",
                "SHOUWEN_VISITOR_KEY": "visitor-key-of-the-tests",
                "SHOUWEN_BACKEND_TOKEN": "backend-token-of-the-tests",
            }
            return await running.enter_async_context(process(environ | changed))

        yield start


@asynccontextmanager
async def talking_to(bot: BotProcess, session: dict[str, str] | None = None) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=bot.url, timeout=10) as http:
        session = session or (await http.post("/chat/sessions")).json()
        http.headers["Authorization"] = f"Bearer {session['token']}"
        http.params = httpx.QueryParams()
        yield http


async def the_log(http: httpx.AsyncClient, count: int) -> list[tuple[int, str, str]]:
    async with asyncio.timeout(20):
        while len(log := (await http.get("/chat/messages")).json()) < count:
            await asyncio.sleep(0.02)
    return [(message["seq"], message["from"], message["text"]) for message in log]


async def test_a_kill_between_the_log_and_the_answer_loses_nothing(launch, engine):
    at_engine, released = asyncio.Event(), asyncio.Event()

    async def held(body):
        at_engine.set()
        await released.wait()
        return {"messages": [{"text": f"收到：{body['text']}"}]}

    engine.behaviour = held
    bot = await (await launch()).ready()
    async with talking_to(bot) as http:
        authorization = http.headers["Authorization"]
        for name in ("一", "二"):
            assert (await http.post("/chat/messages", json={"id": name, "text": name})).status_code == 202
        await at_engine.wait()
        await bot.killed()
    released.set()

    again = await (await launch()).ready()
    async with talking_to(again, {"token": authorization.removeprefix("Bearer ")}) as http:
        log = await the_log(http, 4)
        repeated = await http.post("/chat/messages", json={"id": "一", "text": "一"})

        assert repeated.json() == {"seq": 1}
        assert log == [(1, "customer", "一"), (2, "customer", "二"), (3, "bot", "收到：一"), (4, "bot", "收到：二")]
        assert await the_log(http, 4) == log


async def test_a_second_bot_on_the_same_sqlite_file_refuses_in_one_line(launch):
    await (await launch()).ready()
    second = await launch()

    assert await second.ends() == 1
    [line] = second.stderr.read_text().splitlines()
    assert "bot.sqlite is in use by another process" in line


async def test_a_port_in_use_is_told_in_one_line(launch, tmp_path):
    first = await (await launch()).ready()
    second = await launch(PORT=first.url.rpartition(":")[2], SHOUWEN_VAR=str(tmp_path / "other"))

    assert await second.ends() == 1
    [line] = second.stderr.read_text().splitlines()
    assert "choose another with PORT=" in line


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SHOUWEN_VISITOR_KEY": ""}, "SHOUWEN_VISITOR_KEY is missing"),
        ({"PORT": "eighty"}, "PORT must be a number"),
        ({"OPERATOR": "nowhere"}, "nowhere"),
    ],
)
async def test_a_wrong_setting_is_told_in_one_line(launch, changed, told):
    refused = await launch(**changed)

    assert await refused.ends() == 1
    [line] = refused.stderr.read_text().splitlines()
    assert told in line


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_ends_cleanly_with_a_page_open(launch, stop):
    bot = await (await launch()).ready()
    async with talking_to(bot) as http, http.stream("GET", "/chat/events") as page:
        assert page.status_code == 200
        bot.process.send_signal(stop)
        assert await bot.ends() == 0

    assert "Traceback" not in bot.stderr.read_text()


async def test_the_logs_are_json_with_the_correlation_id_and_without_what_was_said(launch, engine):
    bot = await (await launch()).ready()
    async with talking_to(bot) as http:
        said = {"id": "m1", "text": f"我住红谷滩区，电话{PHONE}"}
        await http.post("/chat/messages", json=said, headers={"X-Correlation-Id": "trace-7"})
        await the_log(http, 2)
        await engine.down()
        await http.post("/chat/messages", json=said | {"id": "m2"}, headers={"X-Correlation-Id": "trace-8"})
        await the_log(http, 4)
    bot.process.send_signal(signal.SIGTERM)
    await bot.ends()

    written = bot.stderr.read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert PHONE not in written
    assert "红谷滩" not in written
    events = {line["event"] for line in lines if line.get("correlation_id") == "trace-7"}
    assert events == {"message_accepted", "turn_answered"}
    assert "turn_waits" in {line["event"] for line in lines if line.get("correlation_id") == "trace-8"}


async def test_the_log_is_kept_in_wal_mode_under_the_folder_for_data(launch, tmp_path):
    await (await launch()).ready()

    with sqlite3.connect(tmp_path / "var" / "bot.sqlite") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


async def test_the_terminal_chat_can_be_scripted(launch, engine):
    async def form(body):
        buttons = [{"title": "对", "payload": "对的"}, {"title": "不对", "payload": "不对的"}]
        return {"messages": [{"text": f"收到：{body['text']}"}, {"text": "[对]吗？", "buttons": buttons}]}

    engine.behaviour = form
    bot = await (await launch()).ready()
    chat = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.chat", "--url", bot.url),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(30):
        shown, _ = await chat.communicate("电视没信号\n\n2\n7\n".encode())

    assert chat.returncode == 0
    assert engine.ran == ["电视没信号", "不对的", "7"]
    assert shown.decode().splitlines()[:4] == [
        "客户 电视没信号",
        "机器人 收到：电视没信号",
        "机器人 [对]吗？",
        "        1  对   2  不对",
    ]


async def test_the_terminal_chat_says_when_nobody_is_there():
    chat = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.chat", "--url", f"http://127.0.0.1:{a_free_port()}"),
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await chat.communicate()

    assert chat.returncode == 1
    assert "is the system running" in told.decode()
