"""python -m bot.chat: a conversation in the terminal, through the public API; also with piped input."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from threading import Thread
from typing import Annotated, Any, Final
from uuid import uuid4

import httpx
import typer
from httpx_sse import SSEError, aconnect_sse
from rich.console import Console
from rich.markup import escape

ANSWER_WITHIN: Final = 30.0  # seconds; piped input waits for each answer before the next line
QUIET: Final = 0.3  # seconds without a further message end an answer
RECONNECT_AFTER: Final = 1.0
NAMES: Final = {"bot": "[bold green]机器人[/]", "agent": "[bold magenta]坐席[/]", "system": "[bold yellow]系统[/]"}


class Terminal:
    """What was shown last, so that a number can press its button."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._buttons: Sequence[dict[str, str]] = ()
        self.last_seq = 0
        self.news = asyncio.Event()

    def show(self, message: dict[str, Any]) -> None:
        self.last_seq = message["seq"]
        if message["from"] == "customer":
            return
        self._buttons = message.get("buttons", ())
        titles = "  ".join(f"[reverse] {n} [/] {escape(b['title'])}" for n, b in enumerate(self._buttons, start=1))
        self._console.print(f"{NAMES[message['from']]} {escape(message['text'])}", highlight=False)
        if titles:
            self._console.print(f"       {titles}", highlight=False)
        self.news.set()

    def meant(self, line: str) -> str:
        """The payload of a button's number, else the line itself."""
        typed = line.strip()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(self._buttons):
            return self._buttons[int(typed) - 1]["payload"]
        return typed

    def note(self, text: str) -> None:
        self._console.print(f"[dim]{escape(text)}[/]", highlight=False)


async def listen(http: httpx.AsyncClient, terminal: Terminal) -> None:
    """Shows what comes, for ever; a broken stream is taken up where it ended."""
    while True:
        with suppress(httpx.HTTPError, SSEError):
            headers = {"Last-Event-ID": str(terminal.last_seq)}
            timeout = httpx.Timeout(5.0, read=60.0)
            async with aconnect_sse(http, "GET", "/chat/events", headers=headers, timeout=timeout) as source:
                async for event in source.aiter_sse():
                    if event.event == "message" and event.data:
                        terminal.show(json.loads(event.data))
        await asyncio.sleep(RECONNECT_AFTER)


async def lines(*, interactive: bool) -> AsyncIterator[str]:
    """What the customer types, to the end of the input."""
    typed: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8", errors="replace") as source:
            while line := source.readline():
                loop.call_soon_threadsafe(typed.put_nowait, line)
        loop.call_soon_threadsafe(typed.put_nowait, "")

    # A thread that nobody waits for: Ctrl-C must not hang on a line that is never finished.
    Thread(target=read, daemon=True).start()
    while True:
        if interactive:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await typed.get()
        if not line:
            return
        if line.strip():
            yield line


async def say(http: httpx.AsyncClient, terminal: Terminal, text: str) -> None:
    try:
        response = await http.post("/chat/messages", json={"id": uuid4().hex, "text": text})
    except httpx.HTTPError as failed:
        terminal.note(f"没有发出去：{type(failed).__name__}")
        return
    if response.status_code != httpx.codes.ACCEPTED:
        terminal.note(response.json().get("message", response.text))
        terminal.news.set()


async def answered(terminal: Terminal) -> None:
    """Until an answer has come and no more follows."""
    with suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_WITHIN):
            await terminal.news.wait()
        while True:
            terminal.news.clear()
            async with asyncio.timeout(QUIET):
                await terminal.news.wait()


async def converse(*, url: str, console: Console, interactive: bool) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as http:
        session = (await http.post("/chat/sessions")).raise_for_status().json()
        http.headers["Authorization"] = f"Bearer {session['token']}"
        terminal = Terminal(console)
        listener = asyncio.create_task(listen(http, terminal))
        if interactive:
            terminal.note("请输入您的问题；输入按钮前的数字就是按下它；Ctrl-D 结束。")
        async for line in lines(interactive=interactive):
            text = terminal.meant(line)
            if not interactive:
                console.print(f"[bold cyan]客户[/] {escape(text)}", highlight=False)
            terminal.news.clear()
            await say(http, terminal, text)
            await answered(terminal)
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener


def chat(url: Annotated[str, typer.Option(help="where the bot listens")] = "") -> None:
    """Talk with the running system; numbers press buttons, Ctrl-D ends."""
    address = url or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    console = Console(soft_wrap=True)
    try:
        asyncio.run(converse(url=address, console=console, interactive=sys.stdin.isatty()))
    except httpx.HTTPError as failed:
        sys.exit(f"can't talk to {address}: {type(failed).__name__}; is the system running (make run)?")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    typer.run(chat)
