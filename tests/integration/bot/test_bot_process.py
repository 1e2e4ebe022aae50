"""python -m bot as a process: started, killed, stopped, refused."""

import asyncio
import json
import signal
import sqlite3
import sys

import pytest

from tests.integration.bot.bot_process import ROOT, talking_to, the_log
from tests.ports import free_port

PHONE = "13807911234"


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
        *("-m", "bot.chat", "--url", f"http://127.0.0.1:{free_port()}"),
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await chat.communicate()

    assert chat.returncode == 1
    assert "is the system running" in told.decode()
