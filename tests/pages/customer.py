"""A customer before the chat: what they do there and what they see."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from tests.pages.axe import violations

PATIENCE = 60.0  # seconds
NETWORK = ("Failed to load resource", "net::ERR_")  # what the browser itself says of a call that failed
SAID = """rows => rows
    .filter(row => row.querySelector('.Bubble') && !row.querySelector('.Typing'))
    .map(row => [
        row.querySelector('.chat-who span').textContent,
        row.querySelector('.Bubble img')?.alt ?? row.querySelector('.Bubble').textContent,
    ])
"""
Lines = list[tuple[str, str]]


class Customer:
    """`hosts` may be asked for something, and nobody else."""

    page: Page

    def __init__(self, context: BrowserContext, *, hosts: tuple[str, ...]) -> None:
        self.context = context
        self._hosts = hosts
        self._strangers: list[str] = []
        self._errors: list[str] = []

    async def goes_to(self, url: str) -> None:
        await self.context.route(self._is_strange, self._turned_away)
        self.page = await self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._errors.append(str(error)))
        await self.page.goto(url)

    def met_no_error(self) -> None:
        assert self._strangers == []
        assert self._errors == []

    def forgets_errors(self) -> None:
        """Those that the test was about."""
        self._errors.clear()

    async def says(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def presses(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def sends_photo(self, photo: Path) -> None:
        await self.page.locator("input[type=file]").set_input_files(photo)

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="请说您要办的事")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="对话")

    async def sees(self, *lines: tuple[str, str]) -> None:
        """Just these, once they are there: who, and what stands in the bubble."""
        seen = await self.lines()
        try:
            async with asyncio.timeout(PATIENCE):
                while (seen := await self.lines()) != list(lines):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            assert seen == list(lines)

    async def sees_text(self, text: str) -> None:
        await expect(self.page.get_by_text(text)).to_be_visible()

    async def violations(self) -> list[str]:
        return await violations(self.page)

    async def lines(self) -> Lines:
        return [(who, text) for who, text in await self.page.locator(".Message").evaluate_all(SAID)]

    def _is_strange(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in ("blob", "data") and not url.startswith(self._hosts)

    async def _turned_away(self, route: Route) -> None:
        self._strangers.append(route.request.url)
        await route.abort()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NETWORK):
            self._errors.append(message.text)
