"""The desk in real browsers, before the whole system: a customer is taken over and goes on with the assistant."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from playwright.async_api import Browser

from tests.pages.agent import Agent
from tests.pages.conftest import DESKTOP, PHONE, OpenChat
from tests.system import System

pytestmark = pytest.mark.timeout(300)
AGENT, SUPERVISOR = "1021", "1009"
PAGES = {
    "talk": "选一个对话",
    "tickets": "工单号",
    "works": "片区故障",
    "shift": "交接班",
    "cases": "责任追究",
    "supervision": "按期率",
    "hall": "迎宾",
    "gaps": "没听懂的话",
    "handbook": "知识测验",
}
OpenDesk = Callable[..., Awaitable[Agent]]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(var=tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
async def open_desk(browser: Browser, system: System) -> AsyncIterator[OpenDesk]:
    """await open_desk("1021"): signed in, with a browser of their own."""
    agents: list[Agent] = []

    async def opened(job_number: str, **context: object) -> Agent:
        options = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | context
        agent = Agent(await browser.new_context(**options), system, job_number)  # type: ignore[arg-type]
        agents.append(agent)
        await agent.signs_in()
        return agent

    yield opened
    for agent in agents:
        agent.met_no_error()


async def test_a_customer_waits_is_served_and_goes_on_with_the_assistant_without_being_asked_again(
    system: System, open_chat: OpenChat, open_desk: OpenDesk, screenshots
) -> None:
    agent, customer = await open_desk(AGENT), await open_chat(system.url())
    await agent.comes_on_line()
    await customer.says("电视没信号，我的电话13807915599")
    await customer.sees_text("现在能看了吗")
    await customer.says("转人工")
    await customer.sees_text("您排在第一位")

    await agent.opens_the_first_who_waits()
    await agent.sees("客户要求人工")
    await agent.presses_alt("j")
    await customer.sees_text(f"工号 {AGENT} 的坐席为您服务")
    await agent.says("您好，盒子的灯亮吗？")
    await customer.sees_text("您好，盒子的灯亮吗？")
    await customer.says("不亮，重启也不行")
    await agent.sees("不亮，重启也不行")
    await agent.page.screenshot(path=screenshots / "talking.png")

    await agent.hands_back("电视没信号，重启过没有用，请登记报修")
    await customer.sees_text("刚才说过的都记着")
    await customer.says("东湖区阳明小区3栋1单元105")
    await customer.sees_text("138 0791 5599")
    await customer.says("对")
    await customer.sees_text("已登记")
    await agent.sees("交回机器人")
    await agent.page.screenshot(path=screenshots / "handed-back.png")


async def test_a_forbidden_phrase_never_reaches_the_customer(
    system: System, open_chat: OpenChat, open_desk: OpenDesk
) -> None:
    agent, customer = await open_desk(AGENT), await open_chat(system.url())
    await agent.comes_on_line()
    await customer.says("转人工")
    await customer.sees_text("您排在第一位")
    await agent.opens_the_first_who_waits()
    await agent.presses_alt("j")
    await customer.sees_text("的坐席为您服务")

    await agent.says("这不归我管啊")
    await agent.sees("服务忌语")
    await agent.page.get_by_role("button", name="换成这句").click()
    await agent.page.get_by_role("button", name="发送").click()
    await customer.sees_text("这件事我来联系负责的部门")
    assert not any("归我管" in text for _, text in await customer.lines())
    await agent.presses_alt("e")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
async def test_every_page_is_in_order(open_desk: OpenDesk, screenshots, viewport, scheme) -> None:
    supervisor = await open_desk(SUPERVISOR, viewport=viewport, color_scheme=scheme)
    for name, heading in PAGES.items():
        await supervisor.goes_to(name)
        await supervisor.sees(heading)
        await supervisor.page.wait_for_load_state("networkidle") if name != "talk" else None
        await supervisor.page.screenshot(path=screenshots / f"{name}-{viewport['width']}-{scheme}.png")
