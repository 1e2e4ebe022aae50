"""`python -m bot` as a process, and talking to it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.integration.backend.support import PATIENCE

ROOT = Path(__file__).parents[3]


@dataclass
class BotProcess:
    process: asyncio.subprocess.Process
    url: str
    stderr: Path

    async def ready(self) -> "BotProcess":
        async with httpx.AsyncClient(base_url=self.url) as http, asyncio.timeout(PATIENCE):
            while True:
                assert self.process.returncode is None, self.stderr.read_text()
                try:
                    if (await http.get("/readyz")).status_code == 200:
                        return self
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def ends(self) -> int:
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.ends()


@asynccontextmanager
async def bot_process(environ: dict[str, str], *, folder: Path) -> AsyncIterator[BotProcess]:
    """Killed in the end; what it writes is kept in the folder."""
    stderr = folder / f"stderr-{len(list(folder.glob('stderr-*')))}"
    with stderr.open("w") as file:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=os.environ | environ, stdout=file, stderr=file
        )
    yield BotProcess(child, f"http://127.0.0.1:{environ['PORT']}", stderr)
    if child.returncode is None:
        child.kill()
        await child.wait()


@asynccontextmanager
async def talking_to(bot: BotProcess, session: dict[str, str] | None = None) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=bot.url, timeout=PATIENCE) as http:
        session = session or (await http.post("/chat/sessions")).json()
        http.headers["Authorization"] = f"Bearer {session['token']}"
        http.params = httpx.QueryParams()
        yield http


async def the_log(http: httpx.AsyncClient, count: int) -> list[tuple[int, str, str]]:
    async with asyncio.timeout(PATIENCE):
        while len(log := (await http.get("/chat/messages")).json()) < count:
            await asyncio.sleep(0.02)
    return [(message["seq"], message["from"], message["text"]) for message in log]
