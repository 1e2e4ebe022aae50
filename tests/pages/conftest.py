"""The built pages in a real Chromium, from a real bot before the stand-in engine. Nothing reaches another host."""

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from scripts import web
from tests.integration.bot.conftest import bot, engine, migrated_file, start_bot  # noqa: F401 - fixtures
from tests.pages.customer import Customer

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    web.build()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, f"none of {', '.join(CHROMIUM)} is on the PATH: apt-get install chromium"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, args=QUIET)
        yield running
        await running.close()


OpenChat = Callable[..., Any]


@pytest.fixture
async def open_chat(browser: Browser) -> AsyncIterator[OpenChat]:
    """await open_chat(url): a customer with a browser of their own, on the chat's page unless told otherwise."""
    customers: list[Customer] = []

    async def opened(url: str, *, path: str = "/chat.html", also: Sequence[str] = (), **context: Any) -> Customer:
        options = {"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | context
        customer = Customer(await browser.new_context(**options), hosts=(url, *also))
        customers.append(customer)
        await customer.goes_to(f"{url}{path}")
        return customer

    yield opened
    for customer in customers:
        customer.met_no_error()


@pytest.fixture
async def customer(bot: Any, open_chat: OpenChat) -> Customer:  # noqa: F811
    return await open_chat(bot.url)


@pytest.fixture
def screenshots(request: pytest.FixtureRequest) -> Path:
    """Where they are left for who wants to look."""
    folder = web.WEB.parent / "var/screenshots" / request.node.originalname
    folder.mkdir(parents=True, exist_ok=True)
    return folder
