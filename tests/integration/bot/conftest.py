"""The bot on a real port, before a stand-in engine on a real port."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from httpx_sse import EventSource, ServerSentEvent, aconnect_sse
from pytest_httpserver import HTTPServer
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response
from sqlalchemy import Engine

from backend.charters import load_charter
from bot.app import build_app, utc_now
from bot.conversations.database import open_database
from bot.conversations.turns import Pace
from bot.settings import Settings, WechatSettings
from bot.wording import Wording
from scripts.postgresql import NotInstalled, Server, server
from tests.integration.backend.support import TOKEN as REAL_BACKEND_TOKEN
from tests.integration.backend.support import BackendProcess, free_port
from tests.integration.bot.desk import Member

ENGINE_TOKEN = "engine-token-of-the-tests"
NOTICES_TOKEN = "notices-token-of-the-tests"
BACKEND_TOKEN = "backend-token-of-the-tests"
QUICK = Pace(first_wait=0.02, longest_wait=0.1)
PATIENCE = 30.0  # seconds: only a test that fails waits so long
WORDING = Wording(operator="江西广电网络", hotline="96130")
KEPT = "抱歉让您久等了。您的消息已经收到并保存好"
PERSON = "非常抱歉，这边暂时转接不了人工。请您直接拨打服务热线 96130"
HOLD = "请稍等，我再试一下。"
NOT_HANDLED = "没能处理好"

Body = dict[str, Any]


def saying(*texts: str) -> Body:
    return {
        "messages": [{"text": text} for text in texts],
        "understood": {"intent": "chitchat_greet", "confidence": 0.9, "ranking": [], "entities": []},
        "handoff": None,
    }


def speakers(log: list[tuple[str, str]]) -> list[str]:
    return [speaker for speaker, _ in log]


@asynccontextmanager
async def serving(app: Sanic, port: int = 0) -> AsyncIterator[str]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    server = await app.create_server(sock=listener, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        for connection in list(server.connections):
            connection.abort()
        await server.after_stop()


@dataclass
class StandInEngine:
    """Answers every text with its echo unless told otherwise; runs a message id once, as the real one does."""

    asked: list[Body] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # by themselves, outside every conversation
    understood: Body = field(default_factory=lambda: saying()["understood"])
    behaviour: Callable[[Body], Awaitable[HTTPResponse | Body]] | None = None
    healthy: bool = True
    port: int = 0
    url: str = ""
    _answers: dict[str, Body] = field(default_factory=dict)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def up(self) -> None:
        app = Sanic(f"stand-in-{uuid4().hex}", configure_logging=False)

        @app.get("/webhooks/shouwen/")
        async def health(_request: Request) -> HTTPResponse:
            while not self.healthy:
                await asyncio.sleep(0.05)
            return json_response({"status": "ok"})

        @app.post("/webhooks/shouwen/turn")
        async def turn(request: Request) -> HTTPResponse:
            if request.headers.get("authorization") != f"Bearer {ENGINE_TOKEN}":
                return json_response({}, status=401)
            return await self._turn(request.json)

        @app.post("/webhooks/shouwen/understanding")
        async def understanding(request: Request) -> HTTPResponse:
            self.read.append(request.json["text"])
            return json_response(self.understood)

        self.url = await self._open.enter_async_context(serving(app, self.port))
        self.port = int(self.url.rpartition(":")[2])

    async def down(self) -> None:
        await self._open.aclose()

    async def _turn(self, body: Body) -> HTTPResponse:
        self.asked.append(body)
        if body["message_id"] not in self._answers:
            answer = await self.behaviour(body) if self.behaviour else saying(f"收到：{body['text']}")
            if isinstance(answer, HTTPResponse):
                return answer
            self.ran.append(body["text"])
            self._answers[body["message_id"]] = answer
        return json_response(self._answers[body["message_id"]])


@pytest.fixture
async def engine() -> AsyncIterator[StandInEngine]:
    Sanic.test_mode = True
    stand_in = StandInEngine()
    await stand_in.up()
    yield stand_in
    await stand_in.down()


class Visitor:
    """A customer's browser."""

    def __init__(self, http: httpx.AsyncClient, session: Body) -> None:
        self._http = http
        self.conversation: str = session["conversation"]
        self.token: str = session["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    async def post(self, text: object, *, message_id: object = None, **headers: str) -> httpx.Response:
        body = {"id": message_id or uuid4().hex, "text": text}
        return await self._http.post("/chat/messages", content=json.dumps(body), headers=self.headers | headers)

    async def says(self, text: str, *, message_id: str | None = None) -> int:
        response = await self.post(text, message_id=message_id)
        assert response.status_code == 202, response.text
        return int(response.json()["seq"])

    async def log(self, *, after: int = 0) -> list[Body]:
        response = await self._http.get("/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        return list(response.json())

    async def sees(self, count: int) -> list[tuple[str, str]]:
        """(from, text) of the whole log, once it has `count` messages."""
        async with asyncio.timeout(PATIENCE):
            while len(log := await self.log()) < count:
                await asyncio.sleep(0.01)
        return [(message["from"], message["text"]) for message in log]

    @asynccontextmanager
    async def listening(self, *, last_event_id: int | None = None) -> "AsyncIterator[Stream]":
        headers = self.headers | ({} if last_event_id is None else {"Last-Event-ID": str(last_event_id)})
        async with aconnect_sse(self._http, "GET", "/chat/events", headers=headers) as source:
            yield Stream(source)


class Stream:
    """What one open page receives."""

    def __init__(self, source: EventSource) -> None:
        self.response = source.response
        self._events = source.aiter_sse()

    async def next(self, count: int) -> list[ServerSentEvent]:
        async with asyncio.timeout(PATIENCE):
            return [await self._message() for _ in range(count)]

    async def answering(self) -> bool:
        """The next word on whether an answer is on its way."""
        async with asyncio.timeout(PATIENCE):
            async for event in self._events:
                if event.event == "answering":
                    return bool(json.loads(event.data))
        raise AssertionError("the stream has ended")

    async def _message(self) -> ServerSentEvent:
        async for event in self._events:
            if event.event == "message":
                return event
        raise AssertionError("the stream has ended")

    async def texts(self, count: int) -> list[tuple[int, str]]:
        """(seq, text) of the next messages."""
        messages = [json.loads(event.data) for event in await self.next(count)]
        return [(message["seq"], message["text"]) for message in messages]


@dataclass
class RunningBot:
    url: str
    http: httpx.AsyncClient
    app: Sanic
    database: Engine

    @asynccontextmanager
    async def member(self, job_number: str, *, one_time: bool = False) -> AsyncIterator[Member]:
        """The browser of a member of staff who is signed in."""
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE) as http:
            yield await Member.signs_in(http, self.database, job_number, one_time=one_time)

    async def visitor(self) -> Visitor:
        response = await self.http.post("/chat/sessions")
        assert response.status_code == 200, response.text
        return Visitor(self.http, response.json())

    def same_visitor(self, visitor: Visitor) -> Visitor:
        return Visitor(self.http, {"conversation": visitor.conversation, "token": visitor.token})

    async def notice(self, body: object, *, token: str = NOTICES_TOKEN) -> httpx.Response:
        return await self.http.post("/internal/notices", json=body, headers={"Authorization": f"Bearer {token}"})


StartBot = Callable[..., Any]


@pytest.fixture
def start_bot(tmp_path: Path, engine: StandInEngine, httpserver: HTTPServer) -> StartBot:
    """async with start_bot() as bot: the same database each time, so a second start is a restart."""
    settings = Settings(
        operator="jiangxi",
        host="127.0.0.1",
        port=0,
        var=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'bot.sqlite'}",
        engine_url=engine.url,
        engine_token=ENGINE_TOKEN,
        notices_token=NOTICES_TOKEN,
        backend_url=httpserver.url_for("").rstrip("/"),
        backend_token=BACKEND_TOKEN,
        visitor_key="visitor-key-of-the-tests",
    )

    @asynccontextmanager
    async def start(
        *,
        heartbeat: float = 15.0,
        engine_timeout: float = 6.0,
        call_timeout: float = PATIENCE,
        wording: Wording = WORDING,
        port: int = 0,
        clock: Callable[[], datetime] = utc_now,
        **changed: Any,
    ) -> AsyncIterator[RunningBot]:
        database = open_database(settings.database_url)
        app = build_app(
            settings=(changed_settings := replace(settings, **changed)),
            wording=wording,
            charter=load_charter(operator=changed_settings.operator),
            database=database,
            clock=clock,
            pace=QUICK,
            engine_timeout=engine_timeout,
            call_timeout=call_timeout,
            heartbeat=heartbeat,
        )
        try:
            async with serving(app, port) as url, httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
                yield RunningBot(url=url, http=http, app=app, database=database)
        finally:
            database.dispose()

    return start


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[RunningBot]:
    async with start_bot() as running:
        yield running


@pytest.fixture
async def visitor(bot: RunningBot) -> Visitor:
    return await bot.visitor()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    try:
        with server() as running:
            yield running
    except NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def bot_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database of the bot with nothing in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
        yield opened
        opened.dispose()
        return
    running: Server = request.getfixturevalue("postgresql")
    name = f"bot_{uuid4().hex}"
    opened = open_database(running.create(name))
    yield opened
    opened.dispose()
    running.drop(name)


@pytest.fixture
async def platform() -> AsyncIterator[Any]:
    """A stand-in of WeChat's interface, on loopback."""
    from tests.integration.bot.wechat_platform import Platform

    Sanic.test_mode = True
    async with Platform().up() as running:
        yield running


@pytest.fixture(scope="module")
def real_backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """A backend that runs as a process of its own, for the tests of a module."""
    running = BackendProcess(var=tmp_path_factory.mktemp("backend"), port=free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def desk_bot(start_bot: StartBot, real_backend: BackendProcess) -> AsyncIterator[RunningBot]:
    """The bot before a real backend."""
    async with start_bot(backend_url=real_backend.url, backend_token=REAL_BACKEND_TOKEN) as running:
        yield running


@pytest.fixture
def official(start_bot: StartBot, platform: Any) -> Callable[..., Any]:
    """async with official() as bot: with an official account; `in_time`: seconds for a reply."""
    from tests.integration.bot.follower import AES_KEY, TOKEN
    from tests.integration.bot.wechat_platform import APP_ID, APP_SECRET

    def start(*, aes: bool = False, in_time: float = 4.0, **changed: Any) -> Any:
        template = {name: changed.pop(name) for name in ("template", "template_fields") if name in changed}
        key = AES_KEY if aes else ""
        account = WechatSettings(
            app_id=APP_ID,
            app_secret=APP_SECRET,
            token=TOKEN,
            aes_key=key,
            api=platform.url,
            in_time=in_time,
            **template,
        )
        return start_bot(wechat=account, **changed)

    return start
