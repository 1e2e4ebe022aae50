"""回访 of the whole system: what is drawn falls due, and is asked by telephone as the backend asks it by day."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.domain.agenda import Task
from backend.ports import Medium, Message, NotYet
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.call import ToCall
from backend.work.deliverers.conversation import ToConversation
from tests.acceptance.stage import PATIENCE, Stage, eventually
from tests.integration.bot.telephone import Callee, Platform
from tests.system import System


async def in_thread(call: Any, *args: Any, **kwargs: Any) -> Any:
    return await asyncio.to_thread(lambda: call(*args, **kwargs))


@asynccontextmanager
async def a_stage(platform: Platform, *, var: Path, changes: Mapping[str, str]) -> AsyncIterator[Stage]:
    """The system with this telephone; it runs in threads, the platform before it in the loop of the test."""
    account = platform.account
    telephone = {
        "SHOUWEN_JAMBONZ_URL": account.url,
        "SHOUWEN_JAMBONZ_ACCOUNT": account.account,
        "SHOUWEN_JAMBONZ_API_KEY": account.api_key,
        "SHOUWEN_JAMBONZ_CALLER_ID": account.caller_id,
        "SHOUWEN_JAMBONZ_APPLICATION": account.application,
    }
    async with AsyncExitStack() as open_ones:
        system = await asyncio.to_thread(System(var=var, changes={**telephone, **changes}).__enter__)
        open_ones.push_async_callback(asyncio.to_thread, system.stop)
        platform.secret = system.environ["SHOUWEN_JAMBONZ_SECRET"]
        platform.bot = await open_ones.enter_async_context(
            httpx.AsyncClient(base_url=system.url("bot"), timeout=PATIENCE, trust_env=False)
        )
        bot = open_ones.enter_context(httpx.Client(base_url=system.url("bot"), timeout=PATIENCE, trust_env=False))
        backend = open_ones.enter_context(
            httpx.Client(
                base_url=system.url("backend"), headers=system.bearer("backend"), timeout=PATIENCE, trust_env=False
            )
        )
        yield Stage(system=system, bot=bot, backend=backend)


def changed(system: System, file: str, statement: str, *values: Any) -> None:
    all_changed(system, file, [(statement, values)])


def all_changed(system: System, file: str, changes: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
    """In one transaction: nothing of the system's own comes between."""
    with closing(sqlite3.connect(system.var / file, timeout=PATIENCE)) as database, database:
        for statement, values in changes:
            database.execute(statement, values)


def selected(system: System, file: str, statement: str, *values: Any) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(system.var / file, timeout=PATIENCE)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(statement, values)]


def falls_due(stage: Stage, number: str) -> None:
    """The time of the first try has come."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    [ticket] = selected(stage.system, "backend.sqlite", "SELECT times_reopened FROM ticket WHERE number = ?", number)
    due = "UPDATE due_work SET at = ?, try_at = ? WHERE subject = ? AND task = ? AND key = ?"
    key = f"{ticket['times_reopened']}:1"
    changed(stage.system, "backend.sqlite", due, now, now, number, Task.ASK_IF_SOLVED, key)


def question(system: System, *, after: int) -> Message | None:
    """What the backend asks of its own accord, behind so many questions; by night it would wait for the morning."""
    asked = "SELECT * FROM outbox WHERE key LIKE 'visit:%' AND medium = 'conversation' ORDER BY not_before"
    rows = selected(system, "backend.sqlite", asked)
    if len(rows) <= after:
        return None
    row = rows[after]
    return Message(
        key=row["key"],
        medium=Medium(row["medium"]),
        recipient=row["recipient"],
        subject=row["subject"],
        body=httpx.Response(200, content=row["body"]).json(),
        not_before=datetime.now(UTC),
    )


@dataclass(kw_only=True)
class Visits:
    """Calls of the backend, one after the other."""

    stage: Stage
    platform: Platform
    rung: int = 0

    async def rings(self) -> tuple[Callee, Message]:
        """As the backend hands it over, which by day it does itself at the same time: the bot places one call."""
        before = self.rung
        asked = await in_thread(eventually, lambda: question(self.stage.system, after=before), what="the question")
        call = await in_thread(ToConversation(bot=self._bot), asked, time_out=PATIENCE)
        assert call is not None, "nobody reads it there"
        with pytest.raises(NotYet):
            await in_thread(self._to_call, call, time_out=PATIENCE)
        self.rung += 1
        callee = await in_thread(eventually, lambda: self.platform.callees[before:], what="the call")
        await self.platform.told()
        return callee[0], call

    async def reached(self, call: Message) -> None:
        assert await in_thread(self._to_call, call, time_out=PATIENCE) is None, "it was reached: no SMS"

    @property
    def _bot(self) -> Bot:
        return Bot(url=self.stage.system.url("bot"), token=self.stage.system.environ["SHOUWEN_BOT_TOKEN"])

    @property
    def _to_call(self) -> ToCall:
        return ToCall(bot=self._bot, clock=lambda: datetime.now(UTC))


async def said(callee: Callee, heard: str, *, until: str) -> str:
    """What is heard up to these words; where the answer takes long, the callee waits once more."""
    if until not in heard:
        heard += await callee.is_silent()
    assert until in heard, heard
    return heard
