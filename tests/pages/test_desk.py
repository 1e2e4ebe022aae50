"""The desk in real browsers, before the whole system: a customer is taken over and goes on with the assistant."""

import re

import pytest
from playwright.async_api import expect

from tests.pages.agent import Agent
from tests.pages.conftest import AGENT, DESKTOP, PHONE, OpenChat, OpenDesk
from tests.pages.customer import Customer
from tests.system import System

pytestmark = pytest.mark.timeout(300)
COLLEAGUE, LEADER = "1031", "1004"
VIEWS = (
    # name, page, its tab, what is seen there
    ("talk", "talk", None, "排队"),
    ("tickets", "tickets", None, "没有工单"),
    ("visits", "visits", None, "给您做个回访"),
    ("incidents", "works", None, "红谷滩区"),
    ("outages", "works", "停机和维护公告", "光缆割接"),
    ("force-majeure", "works", "不可抗力", "山洪冲断光缆"),
    ("shift", "shift", None, "待接班"),
    ("key-visits", "shift", "大客户回访", "天走访一次"),
    ("annotations", "shift", "待批示的投诉", re.compile("待批示$|没有待批示的投诉|没有规定")),
    ("cases", "cases", None, "待陈述申辩"),
    ("supervision", "supervision", None, "红谷滩区"),
    ("hall", "hall", None, "还没有了结的事"),
    ("acceptance", "hall", "预受理", "客户说"),
    ("duty-log", "hall", "值班日志", "叫号屏"),
    ("opinions", "hall", "意见簿", "先取号"),
    ("gaps", "gaps", None, "没什么可学"),
    ("phrases", "gaps", "待复核的说法", "还没有说法"),
    ("handbook", "handbook", None, "服务章程版本"),
    ("knowledge", "handbook", "知识测验", "开始测验"),
    ("staff", "management", None, "已开通"),
    ("audit", "management", "审计", "发一次性密码"),
)


@pytest.fixture
async def waiting(system: System, open_chat: OpenChat, on_line: Agent) -> Customer:
    """Who has asked for a person and waits."""
    customer: Customer = await open_chat(system.url())
    await customer.says("转人工")
    await customer.sees_text("您排在第一位")
    return customer


async def test_a_customer_waits_is_served_and_goes_on_with_the_assistant_without_being_asked_again(
    system: System, open_chat: OpenChat, on_line: Agent, screenshots
) -> None:
    agent, customer = on_line, await open_chat(system.url())
    await customer.says("电视没信号，我的电话13807915599")
    await customer.sees_text("现在能看了吗")
    await customer.says("转人工")
    await customer.sees_text("您排在第一位")

    await agent.sees("客户要求人工")
    await agent.claims_the_next()
    await customer.sees_text(f"工号 {AGENT} 的坐席为您服务")
    await agent.says("您好，盒子的灯亮吗？")
    await customer.sees_text("您好，盒子的灯亮吗？")
    await customer.says("不亮，重启也不行")
    await agent.sees("不亮，重启也不行")
    await agent.page.screenshot(path=screenshots / "talking.png")
    assert await agent.violations() == []

    await agent.hands_back("电视没信号，重启过没有用，请登记报修")
    await customer.sees_text("刚才说过的都记着")
    await customer.says("东湖区阳明小区3栋1单元105")
    await customer.sees_text("138 0791 5599")
    await customer.says("对")
    await customer.sees_text("已登记")
    await agent.sees("交回机器人")
    await agent.page.screenshot(path=screenshots / "handed-back.png")


async def test_the_keyboard_is_enough(waiting: Customer, on_line: Agent, open_desk: OpenDesk, screenshots) -> None:
    agent, colleague = on_line, await open_desk(COLLEAGUE)
    await colleague.comes_on_line()
    await agent.sees("在线接待，共 2 人")
    await agent.claims_the_next()
    await waiting.sees_text(f"工号 {AGENT} 的坐席为您服务")

    await agent.presses_alt("s")
    await agent.page.keyboard.type("一般故障修复")
    await agent.sees(agent.page.get_by_role("button", name="办理时限 · 一般故障修复"))
    await agent.page.keyboard.press("ArrowDown")
    await agent.page.keyboard.press("Enter")
    await expect(agent.box).to_have_value(re.compile("24 小时内"))
    await agent.page.keyboard.press("Enter")
    await waiting.sees_text("24 小时内")

    note = await agent.opens_with_alt("n")
    await agent.types("客户着急", then="Control+Enter")
    await expect(note).to_be_hidden()

    filing = await agent.opens_with_alt("f")
    await agent.sees(filing.get_by_text("首问责任人"))
    await agent.page.screenshot(path=screenshots / "filing.png")
    await agent.page.keyboard.press("Escape")
    await expect(filing).to_be_hidden()

    transfer = await agent.opens_with_alt("t")
    to = transfer.get_by_label("或者转给在线同事")
    await expect(to).to_be_focused()
    await agent.page.keyboard.press("ArrowDown")
    await agent.sees(agent.page.locator(".ant-select-item-option-active").filter(has_text=COLLEAGUE))
    await agent.page.keyboard.press("Enter")
    await agent.sees(transfer.get_by_title(COLLEAGUE))
    await expect(to).to_have_attribute("aria-expanded", "false")  # an open list keeps the Tab for itself
    await agent.page.keyboard.press("Tab")
    await expect(transfer.get_by_role("textbox")).to_be_focused()
    await agent.types("等维修结果，请接着说", then="Control+Enter")
    await expect(transfer).to_be_hidden()

    await colleague.claims_the_next()
    await waiting.sees_text(f"工号 {COLLEAGUE} 的坐席为您服务")
    await colleague.sees("等维修结果，请接着说")
    await colleague.sees("客户着急")
    await colleague.ends_the_talk()


async def test_who_talks_sees_what_the_other_has_read_and_stays_on_line_on_every_page(
    waiting: Customer, on_line: Agent
) -> None:
    agent = on_line
    await agent.claims_the_next()
    await waiting.context.set_offline(True)
    await agent.says("您好")
    await agent.sees("未读")
    await waiting.context.set_offline(False)
    await agent.sees("已读")

    await agent.writes("写到一半")
    await agent.goes_to("tickets")
    await agent.sees(agent.page.get_by_role("heading", name="工单", exact=True, level=1))
    await waiting.says("在吗")
    await agent.sees(agent.page.get_by_role("menuitem", name="会话").get_by_title("1"))
    await agent.page.go_back()
    await expect(agent.box).to_have_value("写到一半")
    await agent.sees("在线接待")
    await agent.ends_the_talk()


async def test_a_forbidden_phrase_never_reaches_the_customer(waiting: Customer, on_line: Agent) -> None:
    agent = on_line
    await agent.claims_the_next()
    await waiting.sees_text("的坐席为您服务")

    await agent.says("这不归我管啊")
    await agent.sees("“这不归我管”是服务忌语（R8.2）")
    await agent.page.get_by_role("button", name="换成这句").click()
    await expect(agent.box).to_have_value(re.compile("这件事我来联系负责的部门"))
    await agent.sends()
    await waiting.sees_text("这件事我来联系负责的部门")
    assert not any("归我管" in text for _, text in await waiting.lines())
    await agent.ends_the_talk()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
async def test_every_page_is_in_order(open_desk: OpenDesk, screenshots, viewport, scheme) -> None:
    leader = await open_desk(LEADER, viewport=viewport, color_scheme=scheme)
    found: dict[str, list[str]] = {}

    async def looks_at(name: str) -> None:
        await leader.has_settled()
        await leader.page.screenshot(path=screenshots / f"{name}-{viewport['width']}-{scheme}.png")
        found[name] = await leader.violations()
        assert await leader.page.evaluate("document.getElementById('page').scrollWidth") <= viewport["width"], name

    for name, page, tab, seen in VIEWS:
        await leader.goes_to(page)
        if tab:
            await leader.page.get_by_role("tab", name=tab).click()
        await leader.sees(seen)
        await looks_at(name)

    await leader.goes_to("tickets")
    await leader.looks_at_tickets("全部未办结")
    await looks_at("board")
    await leader.page.get_by_role("table").get_by_role("link").first.click()
    await leader.sees(leader.page.get_by_role("dialog").get_by_text("承诺", exact=True))
    await looks_at("ticket")
    await leader.page.get_by_role("dialog").get_by_text("经过", exact=True).scroll_into_view_if_needed()
    await looks_at("ticket-below")

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def test_a_case_is_heard_and_decided_with_what_makes_it_graver(open_desk: OpenDesk, screenshots) -> None:
    leader = await open_desk("1003")
    await leader.goes_to("cases")
    case = leader.page.locator(".ant-card").filter(has_text="投诉属实")
    dialog = leader.page.get_by_role("dialog")
    await leader.sees(case.get_by_text("先听陈述和申辩，再作决定"))
    await expect(case.get_by_role("button", name="作决定")).to_have_count(0)
    await case.get_by_role("button", name="记下陈述").click()
    await leader.has_settled()  # a click on a dialog that is still growing may miss
    await dialog.get_by_label("本人怎么说").fill("当时太急")
    await dialog.get_by_role("button", name="记下陈述").click()
    await leader.sees(case.get_by_text("已陈述申辩"))

    await case.get_by_role("button", name="作决定").click()
    for label, choice in (("情节", "情节较轻"), ("从重的情形", "干扰、阻挠服务责任追究调查")):
        await dialog.get_by_label(label, exact=True).click()
        await leader.page.locator(".ant-select-item-option").filter(has_text=choice, visible=True).click()
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "deciding.png")
    await dialog.get_by_label("理由").fill("进门不出示工作证")
    await dialog.get_by_role("button", name="作决定").click()
    await leader.sees(case.get_by_text("考虑到：干扰、阻挠服务责任追究调查"))
    await expect(case.get_by_role("button")).to_have_count(0)


async def test_a_return_visit_asks_who_was_reached_how_who_came_behaved_and_the_ticket_shows_it(
    open_desk: OpenDesk, screenshots
) -> None:
    leader = await open_desk(LEADER)
    await leader.goes_to("tickets")
    await leader.looks_at_tickets("待回访")
    row = leader.page.get_by_role("row").filter(has_text="服务态度")
    await row.get_by_role("link").click()
    drawer, visit = leader.page.get_by_role("dialog", name="工单"), leader.page.get_by_role("dialog", name="登记回访")
    mark, conduct = visit.get_by_label("满意度"), visit.get_by_role("radiogroup")
    remark = visit.get_by_label("原因").or_(visit.get_by_label("说明"))

    async def chooses(label: str, choice: str) -> None:
        await visit.get_by_label(label).click()
        await leader.page.locator(".ant-select-item-option").filter(has_text=choice, visible=True).click()

    await drawer.get_by_role("button", name="登记回访").click()
    await chooses("回访结果", "已解决")
    await chooses("满意度", "1 分")
    await conduct.first.get_by_text("没做到").click()
    await chooses("回访结果", "没联系上")
    await expect(mark.or_(conduct)).to_have_count(0)
    await remark.fill("没人接电话")
    await visit.get_by_role("button", name="登记回访").click()
    await expect(visit).to_be_hidden()
    await leader.sees(drawer.get_by_text("没有联系上"))
    await expect(drawer.get_by_text("没做到")).to_have_count(0)

    await drawer.get_by_role("button", name="登记回访").click()
    await chooses("回访结果", "已解决")
    await chooses("满意度", "2 分")
    await conduct.first.get_by_text("没做到").click()
    await remark.fill("家里老人接的电话")
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "visiting.png")
    await visit.get_by_role("button", name="登记回访").click()
    await expect(visit).to_be_hidden()
    await leader.sees(drawer.get_by_text("已解决，2 分"))
    await leader.sees(drawer.get_by_text("按约到达 没做到"))
    await leader.page.screenshot(path=screenshots / "visited.png")
