"""The built pages in a real Chromium, from a real bot before the stand-in engine. Nothing reaches another host."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

from scripts import web
from tests.busy import AskedAgain
from tests.dialogues.runner import Customer as Writer
from tests.integration.bot.conftest import bot, engine, migrated_file, start_bot  # noqa: F401 - fixtures
from tests.pages.agent import PATIENCE, Agent
from tests.pages.busy_day import fill
from tests.pages.customer import Customer
from tests.system import System

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
AGENT = "1021"
expect.set_options(timeout=PATIENCE)  # Playwright's own five seconds are short beside other tests
WITH_A_LINE = {"SHOUWEN_HOTLINE_AGENTS": "+8679196130"}  # agents who pick up calls


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


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(var=tmp_path_factory.mktemp("desk"), changes=WITH_A_LINE) as running:
        fill(running)
        yield running


OpenDesk = Callable[..., Awaitable[Agent]]


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    """The cookies of who has signed in, by job number: an account may not be tried often."""
    return {}


@pytest.fixture
async def open_desk(browser: Browser, system: System, signed_in: dict[str, Any]) -> AsyncIterator[OpenDesk]:
    """await open_desk("1021"): signed in, with a browser of their own; `password`: the one-time one that was told."""
    agents: list[Agent] = []

    async def opened(job_number: str, *, password: str | None = None, **context: object) -> Agent:
        options = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | context
        agent = Agent(await browser.new_context(**options), system, job_number)  # type: ignore[arg-type]
        agents.append(agent)
        if password is None and job_number in signed_in:
            await agent.context.add_cookies(signed_in[job_number])
            await agent.opens_the_desk()
            await agent.sees(agent.page.get_by_role("menu", name="页面"))
            return agent
        await agent.signs_in(password)
        signed_in[job_number] = await agent.context.cookies()
        return agent

    yield opened
    for agent in agents:
        agent.met_no_error()


@pytest.fixture
async def on_line(open_desk: OpenDesk) -> Agent:
    agent = await open_desk(AGENT)
    await agent.comes_on_line()
    return agent


@pytest.fixture
def writes(system: System) -> Any:
    """writes("转人工"): a customer without a browser, who has said this."""
    with httpx.Client(base_url=system.url(), timeout=30) as http:

        def arrives(*said: str) -> Writer:
            customer = Writer.arrives(http)
            for text in said:
                customer.say(text)
            return customer

        yield arrives


@pytest.fixture
async def served(system: System, open_chat: OpenChat, on_line: Agent) -> Customer:
    """Whom the agent serves."""
    customer: Customer = await open_chat(system.url())
    await customer.says("转人工")
    await on_line.claims_the_next()
    await customer.sees_text(f"工号 {AGENT} 的坐席为您服务")
    return customer


@pytest.fixture
def screenshots(request: pytest.FixtureRequest) -> Path:
    """Where they are left for who wants to look."""
    folder = web.WEB.parent / "var/screenshots" / request.node.originalname
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def backend(system: System):
    headers, url = system.bearer("backend"), system.url("backend")
    with httpx.Client(base_url=url, headers=headers, timeout=30, transport=AskedAgain()) as client:
        yield client
