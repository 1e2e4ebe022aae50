"""回访电话 of the whole system: reported in the chat, repaired, called back by telephone, and not mended after all."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic

from backend.domain.agenda import Task
from backend.ports import Medium, Message, NotYet
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.call import ToCall
from backend.work.deliverers.conversation import ToConversation
from tests.acceptance.stage import PATIENCE, Stage, a_phone, eventually
from tests.dialogues.runner import Stored
from tests.integration.bot.serving import serving
from tests.integration.bot.telephone import Platform, telephone
from tests.system import System


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    Sanic.test_mode = True
    async with telephone(serving) as running:
        yield running


@pytest.fixture
async def stage(platform: Platform, tmp_path: Path) -> AsyncIterator[Stage]:
    account = platform.account
    changes = {
        "SHOUWEN_JAMBONZ_URL": account.url,
        "SHOUWEN_JAMBONZ_ACCOUNT": account.account,
        "SHOUWEN_JAMBONZ_API_KEY": account.api_key,
        "SHOUWEN_JAMBONZ_CALLER_ID": account.caller_id,
        "SHOUWEN_JAMBONZ_APPLICATION": account.application,
    }
    async with AsyncExitStack() as open_ones:
        system = await asyncio.to_thread(System(var=tmp_path, changes=changes).__enter__)
        open_ones.push_async_callback(asyncio.to_thread, system.stop)
        platform.secret = system.environ["SHOUWEN_JAMBONZ_SECRET"]
        platform.bot = await open_ones.enter_async_context(
            httpx.AsyncClient(base_url=system.url("bot"), timeout=PATIENCE, trust_env=False)
        )
        bot = open_ones.enter_context(httpx.Client(base_url=system.url("bot"), timeout=20, trust_env=False))
        backend = open_ones.enter_context(
            httpx.Client(base_url=system.url("backend"), headers=system.bearer("backend"), timeout=20, trust_env=False)
        )
        yield Stage(system=system, bot=bot, backend=backend)


def changed(system: System, file: str, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(system.var / file, timeout=20)) as database, database:
        database.execute(statement, values)


def question(system: System) -> Message | None:
    """What the backend asks of its own accord; by night it would wait for the morning."""
    with closing(sqlite3.connect(system.var / "backend.sqlite", timeout=20)) as database:
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM outbox WHERE key LIKE 'visit:%' AND medium = 'conversation'").fetchone()
    if row is None:
        return None
    return Message(
        key=row["key"],
        medium=Medium(row["medium"]),
        recipient=row["recipient"],
        subject=row["subject"],
        body=httpx.Response(200, content=row["body"]).json(),
        not_before=datetime.now(UTC),
    )


async def in_thread(call: Any, *args: Any, **kwargs: Any) -> Any:
    return await asyncio.to_thread(lambda: call(*args, **kwargs))


def reported_and_repaired(stage: Stage, phone: str) -> dict[str, Any]:
    customer = stage.about_to_confirm(phone=phone)
    customer.say("对", within=PATIENCE)
    (ticket,) = stage.tickets(customer)
    Stored(http=stage.backend).move(ticket["id"], "inProgress", "resolved")
    # The page is closed, and the time of the first try has come.
    changed(stage.system, "bot.sqlite", "DELETE FROM chat_seen")
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    due = "UPDATE due_work SET at = ?, try_at = ? WHERE subject = ? AND task = ? AND key LIKE '%:1'"
    changed(stage.system, "backend.sqlite", due, now, now, ticket["id"], Task.ASK_IF_SOLVED)
    return ticket


@pytest.mark.timeout(600)
@pytest.mark.channel("hotline", feature="回访")
async def test_reported_in_the_chat_repaired_called_back_and_not_mended_reopens_the_same_ticket(
    stage: Stage, platform: Platform
) -> None:
    phone = a_phone()
    ticket = await in_thread(reported_and_repaired, stage, phone)
    asked = await in_thread(eventually, lambda: question(stage.system), what="the question of the visit")
    bot = Bot(url=stage.system.url("bot"), token=stage.system.environ["SHOUWEN_BOT_TOKEN"])
    to_call = ToCall(bot=bot, clock=lambda: datetime.now(UTC))

    # As the backend hands it over, which it does by day: the bot knows a repetition.
    call = await in_thread(ToConversation(bot=bot), asked, time_out=5.0)
    assert call is not None, "nobody has the page open"
    with pytest.raises(NotYet):
        await in_thread(to_call, call, time_out=5.0)
    await platform.told()
    (callee,) = platform.callees
    assert callee.phone == f"+86{phone}"

    opening = await callee.picks_up()
    assert "给您做个回访" in opening
    assert "现在正常了吗" in opening
    assert await callee.says("喂") == opening
    heard = await callee.says("没有啊 晚上又花了")
    while "重新打开" not in heard:
        assert callee.last[-1]["verb"] == "gather", heard
        heard += await callee.is_silent()
    assert "没给您修利索" in heard
    assert "请您先挂机" in await callee.says("再见")
    await callee.hangs_up()

    assert await in_thread(to_call, call, time_out=5.0) is None, "it was reached: no SMS"
    (after,) = Stored(http=stage.backend).of(asked.recipient)
    assert (after["id"], after["status"]) == (ticket["id"], "inProgress")
