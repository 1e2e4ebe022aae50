"""Return visits by telephone 回访: whom to call now, what to ask, what was answered, and the next one."""

import re

import httpx
import pytest
from playwright.async_api import expect

from tests.pages.conftest import AGENT, DESKTOP, PHONE, OpenDesk
from tests.pages.tickets import act, filed

pytestmark = pytest.mark.timeout(300)
COLLEAGUE = "1031"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["at-a-desk", "on-a-phone"])
async def test_a_caller_is_given_whom_to_call_what_to_ask_and_the_next_one(
    backend: httpx.Client, open_desk: OpenDesk, screenshots, viewport
) -> None:
    unsolved = filed(backend)
    act(backend, "resolve", unsolved, reason="换了接头")
    caller = await open_desk("1032" if viewport is PHONE else COLLEAGUE, viewport=viewport)
    page, sheet = caller.page, caller.page.locator(".calling")
    waiting = page.get_by_role("navigation", name="待回访")

    async def number() -> str:
        return (await sheet.get_by_role("link", name=re.compile("^工单")).inner_text()).removeprefix("工单 ")

    async def answers(outcome: str, *, remark: str = "") -> None:
        before = await number()
        await sheet.get_by_text(outcome, exact=True).click()
        await sheet.get_by_role("textbox").fill(remark)
        await sheet.get_by_role("button", name="记下，打下一个").click()
        await expect(sheet.get_by_role("link", name=f"工单 {before}")).to_have_count(0)

    await caller.goes_to("visits")
    first = await number()
    await caller.sees(sheet.get_by_text(f"我是工号 {caller.job_number}，给您做个回访"))
    masked = sheet.locator(".number")
    await expect(masked).to_have_text(re.compile(r"138\*{4}\d{4}"))
    await sheet.get_by_role("button", name="显示电话").click()
    await expect(masked).to_have_text(re.compile(r"^\+86138\d{8}$"))

    await sheet.get_by_text("已解决", exact=True).click()
    await caller.sees(sheet.get_by_text("上门人员按约定时间到，主动出示工作证"))
    await caller.sees(sheet.get_by_text("这次服务您打几分"))
    await sheet.get_by_role("radiogroup").filter(has_text="没做到").first.get_by_text("做到了", exact=True).click()
    await sheet.get_by_text("5 分", exact=True).click()
    await caller.has_settled()
    await page.screenshot(path=screenshots / f"calling-{viewport['width']}.png", full_page=True)
    assert await caller.violations() == []
    await answers("已解决")
    await caller.sees(f"工单 {first} 已办结")

    second = await number()
    await answers("没联系上", remark="响了没人接")
    await caller.sees(waiting.get_by_text("过一会儿再打"))
    await caller.sees(waiting.get_by_role("listitem").filter(has=page.locator(f'a[href="#/visits/{second}"]')))

    await caller.goes_to(f"visits/{unsolved}")
    await caller.sees(sheet.get_by_role("link", name=f"工单 {unsolved}"))
    await answers("没解决", remark="晚上又没信号了")
    await caller.sees(f"工单 {unsolved} 已重新打开，请告诉客户")
    await caller.sees("一般故障修复，最迟")
    await caller.has_settled()
    await page.screenshot(path=screenshots / f"called-{viewport['width']}.png", full_page=True)


async def test_a_caller_sees_whom_a_colleague_is_calling(backend: httpx.Client, open_desk: OpenDesk) -> None:
    number = filed(backend)
    act(backend, "resolve", number, reason="换了接头")
    caller, colleague = await open_desk(AGENT), await open_desk("1022")
    await caller.goes_to(f"visits/{number}")
    await caller.page.get_by_role("button", name="显示电话").click()
    await caller.sees(caller.page.locator(".number").get_by_role("link"))
    await colleague.goes_to(f"visits/{number}")
    await colleague.sees(f"工号 {AGENT} 刚看过这个电话")
    await colleague.goes_to("visits")
    await colleague.sees(colleague.page.get_by_role("listitem").filter(has_text=f"工号 {AGENT} 在打"))
