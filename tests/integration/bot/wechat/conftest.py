"""The bot with an official account, before a stand-in of WeChat's interface, and who follows the account."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic
from sqlalchemy import Engine, select

from bot.channels.wechat.tables import tries
from bot.conversations.database import open_database
from bot.settings import WechatSettings
from tests.integration.bot.conftest import StartBot
from tests.integration.bot.stand_in_engine import StandInEngine, saying
from tests.integration.bot.visitor import PATIENCE
from tests.integration.bot.wechat.follower import AES_KEY, TOKEN, Follower
from tests.integration.bot.wechat.platform import APP_ID, APP_SECRET, Platform


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    """A stand-in of WeChat's interface, on loopback."""
    Sanic.test_mode = True
    async with Platform().up() as running:
        yield running


@pytest.fixture
def official(start_bot: StartBot, platform: Platform) -> Callable[..., Any]:
    """async with official() as bot: with an official account; `in_time`: seconds for a reply."""

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


@pytest.fixture
def answers(engine: StandInEngine) -> Callable[..., None]:
    """answers("对吗？", …): what the engine says from now on."""

    def change(*texts: str, after: float = 0.0, options: tuple[str, ...] | list[str] = ()) -> None:
        async def behaviour(_body: Any) -> dict[str, Any]:
            await asyncio.sleep(after)
            return offering(texts[0], *options) if options else saying(*texts)

        engine.behaviour = behaviour

    return change


async def three_tries(database: Engine) -> None:
    """Until WeChat has posted a message three times."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with database.connect() as connection:
                if connection.scalar(select(tries.c.tries)) == 3:
                    return
            await asyncio.sleep(0.02)


@pytest.fixture
def answers_after_three_tries(engine: StandInEngine, tmp_path: Path) -> None:
    async def behaviour(_body: Any) -> dict[str, Any]:
        database = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
        await three_tries(database)
        database.dispose()
        return saying("收到。")

    engine.behaviour = behaviour


def offering(text: str, *titles: str) -> dict[str, Any]:
    buttons = [{"title": title, "payload": f"{title}的"} for title in titles]
    return {"messages": [{"text": text, "buttons": buttons}]}


@pytest.fixture
async def follower(official: Callable[..., Any]) -> AsyncIterator[Follower]:
    async with official() as bot:
        yield Follower(bot.http)


@pytest.fixture
async def hurried(official: Callable[..., Any]) -> AsyncIterator[Follower]:
    """One whose reply is due within a second."""
    async with official(in_time=1.0) as bot:
        yield Follower(bot.http)
