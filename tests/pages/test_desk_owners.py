"""The desk as owners and heads use it: notices, hand-overs, extensions, figures, the hall, knowledge."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.async_api import Locator, expect

from tests.pages.agent import Agent
from tests.pages.conftest import AGENT, PHONE, OpenDesk
from tests.pages.tickets import act, filed

pytestmark = pytest.mark.timeout(300)
COLLEAGUE, HEAD, LEADER, SUPERVISOR = "1031", "1001", "1004", "1009"


async def chooses(member: Agent, within: Locator, label: str, words: str) -> None:
    await expect(member.page.locator(".ant-select-dropdown").filter(visible=True)).to_have_count(0)
    await within.get_by_label(label).first.click()
    await member.page.keyboard.type(words)
    await member.sees(member.page.locator(".ant-select-item-option-active").filter(has_text=words, visible=True))
    await member.page.keyboard.press("Enter")


async def test_a_notice_is_asked_for_once_more_before_customers_hear_of_it(open_desk: OpenDesk, screenshots) -> None:
    head = await open_desk(HEAD)
    page, sure = head.page, head.page.get_by_role("dialog")
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
    await head.goes_to("works")
    await page.get_by_role("tab", name="停机和维护公告").click()
    form = page.get_by_role("tabpanel", name="停机和维护公告").locator("form")
    for label, at in (("开始", begins), ("预计恢复", begins + timedelta(hours=2))):
        await form.get_by_label(label).fill(f"{at:%Y-%m-%d %H:%M}")
        await page.keyboard.press("Enter")
        await expect(page.locator(".ant-picker-dropdown").filter(visible=True)).to_have_count(0)
    await chooses(head, form, "影响哪些服务", "宽带")
    await page.keyboard.press("Escape")
    await chooses(head, form, "片区", "湾里")
    await form.get_by_label("原因").fill("更换分配器")
    await page.keyboard.press("Enter")
    await head.sees(sure.get_by_text("发布湾里的停机检修？").last)
    await head.sees(sure.get_by_text("这个片区的客户会收到短信"))
    announced = page.locator(".ant-card").filter(has_text="宽带，更换分配器")
    await expect(announced).to_have_count(0)
    await head.has_settled()
    await page.screenshot(path=screenshots / "announcing.png")
    assert await head.violations() == []
    await sure.get_by_role("button", name="确认发布").press("Enter")
    await head.sees(announced)

    await announced.get_by_role("button", name="取消").click()
    await head.sees(sure.get_by_text("收到过短信的客户会再收到一条，说已经取消"))
    await sure.get_by_role("button", name="确认取消").press("Enter")
    await expect(announced).to_have_count(0)


async def test_r2_9_a_shift_is_handed_over_once_its_sudden_event_is_at_a_stopping_point(
    backend: httpx.Client, open_desk: OpenDesk, screenshots
) -> None:
    danger = filed(backend, subject="danger", service=None, description="线缆断落在路上", address="湾里区招贤路2号")
    act(backend, "transfer", danger, to="1026", reason="在附近")
    leaving, taking = await open_desk("1026"), await open_desk("1027")
    page, mine = leaving.page, leaving.page.locator(".ant-card").filter(has_text="我手上的事")
    await leaving.goes_to("shift")
    event = mine.get_by_role("listitem").filter(has_text=danger)
    await leaving.sees(event.get_by_text("还没有告一段落，不能交班"))
    await chooses(leaving, mine, "交给", "1027")
    await mine.get_by_label("要交代的").fill("路口已拉警戒线")
    await mine.get_by_role("button", name="交班").click()
    await leaving.sees(page.locator(".ant-message").get_by_text("告一段落"))

    await event.get_by_role("button", name="登记告一段落").click()
    dialog = page.get_by_role("dialog", name="登记告一段落")
    await dialog.get_by_role("textbox").fill("已断电、拉警戒线，等抢修车")
    await leaving.has_settled()
    assert await leaving.violations() == []
    await dialog.get_by_role("button", name="登记告一段落").click()
    await leaving.sees(event.get_by_text("已告一段落：已断电、拉警戒线，等抢修车"))
    await leaving.has_settled()
    await page.screenshot(path=screenshots / "stopped.png")
    await mine.get_by_role("button", name="交班").click()
    await leaving.sees(page.locator(".ant-card").filter(has_text="工号 1026 交给工号 1027").get_by_text("待接班"))

    await taking.goes_to("shift")
    offered = taking.page.locator(".ant-card").filter(has_text="工号 1026 交给工号 1027")
    await taking.sees(offered.get_by_text("已告一段落：已断电、拉警戒线，等抢修车"))
    await offered.get_by_role("button", name="接班").click()
    await taking.sees(offered.get_by_text("已接班"))
    hands = taking.page.locator(".ant-card").filter(has_text="我手上的事")
    await taking.sees(hands.get_by_role("listitem").filter(has_text=danger).get_by_text("还没有告一段落"))


async def test_an_extension_is_asked_for_with_a_reason_and_decided_by_a_leader(
    backend: httpx.Client, open_desk: OpenDesk, screenshots
) -> None:
    number = filed(backend, ticket_type="complaint", subject="fee", service=None, description="多收了一个月的钱")
    act(backend, "transfer", number, to=AGENT, reason="片区的人")
    agent, leader = await open_desk(AGENT), await open_desk(LEADER)
    wished = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=20)

    async def opens(member: Agent) -> Locator:
        await member.goes_to(f"tickets/{number}")
        return member.page.get_by_role("dialog", name=f"工单 {number}")

    drawer, asking = await opens(agent), agent.page.get_by_role("dialog", name="申请延期")
    await expect(drawer.get_by_role("button", name="决定延期")).to_have_count(0)
    await drawer.get_by_role("button", name="申请延期").click()
    await asking.get_by_label("延到什么时候").fill(f"{wished:%Y-%m-%d %H:%M}")
    await agent.page.keyboard.press("Enter")
    await expect(agent.page.locator(".ant-picker-dropdown").filter(visible=True)).to_have_count(0)
    await asking.get_by_role("button", name="申请延期").click()
    await agent.sees(asking.get_by_text("这一步要写明原因"))
    await asking.get_by_label("原因").fill("要等光缆到货")
    await asking.get_by_role("button", name="申请延期").click()
    await agent.sees(drawer.get_by_text(re.compile("申请从 .* 延期到")))

    drawer, deciding = await opens(leader), leader.page.get_by_role("dialog", name="决定延期")
    await leader.sees(drawer.get_by_text("要等光缆到货；批准之前，原来的时限不变"))
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "asked.png")
    await drawer.get_by_role("button", name="决定延期").click()
    await deciding.get_by_text("同意延期").click()
    await deciding.get_by_label("原因").fill("情况属实")
    await deciding.get_by_role("button", name="决定延期").click()
    await expect(drawer.get_by_text(re.compile("申请从 .* 延期到"))).to_have_count(0)


async def test_each_figure_of_supervision_opens_the_tickets_that_it_counts(open_desk: OpenDesk, screenshots) -> None:
    head = await open_desk(HEAD)
    page, drawer = head.page, head.page.locator(".ant-drawer")
    await head.goes_to("supervision")
    span = page.locator(".ant-picker-range")
    await span.click()
    await page.get_by_text("上月", exact=True).click()
    await head.sees(page.get_by_role("button", name="红谷滩区").or_(page.get_by_text("红谷滩区")).first)
    await span.click()
    await page.get_by_text("近七天", exact=True).click()
    await expect(page.locator(".ant-spin-spinning")).to_have_count(0)

    looked, at_most = 0, 0
    for by in ("按事项", "按片区", "按部门"):
        await page.get_by_text(by, exact=True).click()
        at_most += 3  # the backend's own test looks at every one
        await head.has_settled()
        tables = page.locator(".ant-card .ant-table-tbody .ant-btn-link")
        for place in range(await tables.count()):
            figure = tables.nth(place)
            shown = await figure.inner_text()
            if not shown.isdigit() or shown == "0" or looked == at_most:
                continue
            await figure.click()
            total = drawer.get_by_text(re.compile(r"^共 \d+ 张工单"))
            await head.sees(total)
            await expect(drawer.locator(".ant-spin-spinning")).to_have_count(0)
            counts = re.findall(r"\d+", await total.inner_text())
            assert counts[-1] == shown, (by, place, await drawer.inner_text())
            assert await drawer.locator("tbody tr[data-row-key]").count() == int(counts[0])
            looked += 1
            await page.keyboard.press("Escape")
            await expect(drawer.locator(".ant-drawer-content")).to_have_count(0)
    assert looked == at_most

    await page.get_by_text(re.compile("^现在逾期未兑现的承诺")).click()
    await head.sees(drawer.get_by_text(re.compile(r"张工单，\d+ 项承诺")))
    await head.has_settled()
    await page.screenshot(path=screenshots / "behind.png")
    assert await head.violations() == []
    async with page.expect_download() as saved:
        await drawer.get_by_role("link", name="导出 CSV").click()
    path = await (await saved.value).path()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "现在逾期未兑现" in (await saved.value).suggested_filename


async def test_the_counter_accepts_with_the_promises_and_tells_them(open_desk: OpenDesk, screenshots) -> None:
    agent = await open_desk(COLLEAGUE)
    page, form = agent.page, agent.page.get_by_role("tabpanel", name="预受理").locator("form")
    await agent.goes_to("hall")
    await agent.sees("送别：")
    await chooses(agent, page.locator("body"), "客户来办什么", "安装开通")
    await agent.sees(page.get_by_text("材料一次告知"))
    await agent.has_settled()
    await page.screenshot(path=screenshots / "greeting.png", full_page=True)
    assert await agent.violations() == []

    await page.get_by_role("tab", name="预受理").click()
    await chooses(agent, form, "事项", "有线电视无信号")
    await chooses(agent, form, "哪项服务", "有线电视")
    await form.get_by_label("客户说").fill("电视没信号")
    await form.get_by_label("联系电话").fill("13907911299")
    await form.get_by_label("地址").fill("东湖区民德路5号")
    await chooses(agent, form, "同在柜台接待的同事", HEAD)
    await page.keyboard.press("Escape")
    await form.get_by_role("button", name="受理").click()
    told = page.locator(".ant-descriptions").filter(has_text="已受理，请告诉客户")
    await agent.sees(told.get_by_text(re.compile(f"工号 {HEAD}")))
    await agent.sees(told.get_by_text("一般故障修复"))
    await agent.has_settled()
    await page.screenshot(path=screenshots / "accepted.png", full_page=True)

    await page.get_by_role("tab", name="意见簿").click()
    await page.locator(".ant-card").filter(has_text="先取号").get_by_role("link").click()
    await agent.sees(page.get_by_role("dialog", name="工单").get_by_text("首问责任人"))


def to_review(member: Agent) -> Locator:
    return member.page.get_by_role("tabpanel", name="待复核的说法").locator(".ant-card")


async def test_a_phrase_is_marked_by_one_reviewed_by_another_and_taken_as_a_patch(open_desk: OpenDesk) -> None:
    leader, supervisor = await open_desk(LEADER), await open_desk(SUPERVISOR)
    await leader.goes_to("gaps")
    group = leader.page.locator(".ant-card").filter(has_text="火星").first
    await chooses(leader, group, "意思", "报修：电视没信号")
    await group.get_by_label("要学的说法").fill("天线歪了没信号")
    await group.get_by_role("button", name="学这些").click()
    await leader.page.get_by_role("tab", name="待复核的说法").click()
    phrase = to_review(leader).filter(has_text="天线歪了没信号")
    await leader.sees(phrase)
    await expect(phrase.get_by_role("button")).to_have_count(0)

    await supervisor.goes_to("gaps")
    await supervisor.page.get_by_role("tab", name="待复核的说法").click()
    phrase = to_review(supervisor).filter(has_text="天线歪了没信号")
    await phrase.get_by_role("button", name="通过").click()
    await supervisor.sees(phrase.get_by_text("已复核"))
    async with supervisor.page.expect_download() as saved:
        await supervisor.page.get_by_role("button", name="取走已复核的补丁").click()
    patch = (await (await saved.value).path()).read_text("utf-8")
    assert "+      - 天线歪了没信号" in patch


async def test_r7_5_a_test_of_knowledge_is_taken_and_its_mistakes_are_told_with_the_rule(
    open_desk: OpenDesk, screenshots
) -> None:
    agent = await open_desk(AGENT, viewport=PHONE)
    page = agent.page
    await agent.goes_to("handbook")
    await page.get_by_role("tab", name="知识测验").click()
    await page.get_by_role("button", name="开始测验").click()
    questions = page.get_by_role("radiogroup")
    await expect(questions).to_have_count(10)
    for place in range(10):
        await questions.nth(place).get_by_role("radio").first.check()
    await page.get_by_role("button", name="交卷").click()
    await agent.sees(re.compile(r"答对 \d+ 题，共 10 题"))
    await agent.has_settled()
    await page.screenshot(path=screenshots / "marked.png", full_page=True)
    assert await agent.violations() == []
