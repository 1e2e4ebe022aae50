"""The bot on a real port, before a stand-in engine on a real port."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pytest_httpserver import HTTPServer
from sanic import Sanic
from sqlalchemy import Engine

from backend.charters import load_charter
from bot.app import build_app, utc_now
from bot.conversations.database import open_database
from bot.conversations.turns import Pace
from bot.settings import Settings
from bot.wording import Wording
from scripts.postgresql import NotInstalled, Server, server
from tests.integration.backend.support import TOKEN as REAL_BACKEND_TOKEN
from tests.integration.backend.support import BackendProcess
from tests.integration.bot.bot_process import BotProcess, bot_process
from tests.integration.bot.desk import Member
from tests.integration.bot.serving import serving
from tests.integration.bot.stand_in_engine import ENGINE_TOKEN, StandInEngine
from tests.integration.bot.visitor import PATIENCE, Visitor
from tests.ports import free_port

NOTICES_TOKEN = "notices-token-of-the-tests"
BACKEND_TOKEN = "backend-token-of-the-tests"
MIGRATED = "migrated"  # PostgreSQL's, to be copied
QUICK = Pace(first_wait=0.02, longest_wait=0.1)
WORDING = Wording(operator="江西广电网络", hotline="96130")
KEPT = "抱歉让您久等了。您的消息已经收到并保存好"
PERSON = "非常抱歉，这边暂时转接不了人工。请您直接拨打服务热线 96130"
HOLD = "请稍等，我再试一下。"
NOT_HANDLED = "没能处理好"


def speakers(log: list[tuple[str, str]]) -> list[str]:
    return [speaker for speaker, _ in log]


@pytest.fixture
async def engine() -> AsyncIterator[StandInEngine]:
    Sanic.test_mode = True
    stand_in = StandInEngine()
    await stand_in.up()
    yield stand_in
    await stand_in.down()


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
Launch = Callable[..., Any]


@pytest.fixture
def start_bot(tmp_path: Path, migrated_file: Path, engine: StandInEngine, httpserver: HTTPServer) -> StartBot:
    """async with start_bot() as bot: the same database each time, so a second start is a restart."""
    shutil.copy(migrated_file, tmp_path / "bot.sqlite")
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


@pytest.fixture
async def launch(tmp_path: Path, engine: StandInEngine) -> AsyncIterator[Launch]:
    """await launch(): the process on the test's database; the engine is the stand-in."""
    async with AsyncExitStack() as running:

        async def start(**changed: str) -> BotProcess:
            environ = {
                "HOST": "127.0.0.1",
                "PORT": str(free_port()),
                "SHOUWEN_VAR": str(tmp_path / "var"),
                "SHOUWEN_ENGINE_URL": engine.url,
                "SHOUWEN_ENGINE_TOKEN": ENGINE_TOKEN,
                "SHOUWEN_BOT_TOKEN": NOTICES_TOKEN,
                "SHOUWEN_VISITOR_KEY": "visitor-key-of-the-tests",
                "SHOUWEN_BACKEND_TOKEN": BACKEND_TOKEN,
            }
            return await running.enter_async_context(bot_process(environ | changed, folder=tmp_path))

        yield start


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "bot.sqlite"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A real PostgreSQL, with a migrated database to copy."""
    try:
        with server() as running:
            open_database(running.create(MIGRATED)).dispose()
            yield running
    except NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def bot_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database of the bot with nothing in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "bot.sqlite")
        opened = open_database(f"sqlite:///{file}")
        yield opened
        opened.dispose()
        return
    running: Server = request.getfixturevalue("postgresql")
    name = f"bot_{uuid4().hex}"
    opened = open_database(running.create(name, template=MIGRATED))
    yield opened
    opened.dispose()
    running.drop(name)


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
