"""An agent's day among conversations, in real browsers: many at a time, and what comes between."""

import re

import pytest
from playwright.async_api import expect

from tests.acceptance.visits import changed
from tests.pages.agent import PASSWORD, Agent, ago
from tests.pages.conftest import AGENT, OpenChat, OpenDesk
from tests.pages.customer import Customer
from tests.system import System

pytestmark = pytest.mark.timeout(300)
COLLEAGUE = "1031"
REPORT = "有线电视没信号，在东湖区阳明小区3栋1单元109，电话13807915566"
PASTES = """box => new Promise(done => document.createElement("canvas").toBlob(blob => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], "router.png", {type: "image/png"}));
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
    done();
}))"""


async def test_a_session_that_ends_in_the_middle_loses_nothing_that_was_written(
    served: Customer, on_line: Agent, screenshots
) -> None:
    agent = on_line
    await agent.writes("师傅今天下午到")
    note = await agent.opens_with_alt("n")
    await expect(note.get_by_role("textbox")).to_be_focused()
    await agent.page.keyboard.type("客户下午在家")
    await agent.context.clear_cookies()
    await agent.page.keyboard.press("Control+Enter")

    await agent.sees("登录已经过期")
    await agent.has_settled()
    await agent.page.screenshot(path=screenshots / "ended.png")
    await expect(agent.page.get_by_label("密码")).to_be_focused()
    await agent.types(PASSWORD, then="Enter")
    await expect(agent.page.get_by_text("登录已经过期")).to_have_count(0)
    await expect(note.get_by_role("textbox")).to_have_value("客户下午在家")
    await note.get_by_role("textbox").press("Control+Enter")
    await expect(note).to_be_hidden()
    await agent.sees("客户下午在家")
    await expect(agent.box).to_have_value("师傅今天下午到")
    await agent.box.press("Enter")
    await served.sees_text("师傅今天下午到")
    await agent.ends_the_talk()


async def test_five_talks_at_once_stay_in_their_places_and_who_waits_longest_is_one_key_away(
    on_line: Agent, writes, screenshots
) -> None:
    agent = on_line
    customers = [writes("转人工") for _ in range(6)]
    for _ in customers[:5]:
        await agent.claims_the_next()
        await agent.says("您好")
    await agent.sees("我的 5")
    await agent.presses_alt("j")
    await agent.sees(agent.page.get_by_role("button", name="接入"))
    await agent.presses_alt("j")
    await agent.sees("您同时接待的对话已经有 5 个")

    await agent.page.get_by_text("我的 5").click()
    rows = agent.page.get_by_role("navigation", name="对话").get_by_role("listitem")
    for number in (3, 1):
        customers[number].send(f"我是第 {number} 位")
        await agent.sees(rows.nth(number).get_by_text(f"我是第 {number} 位"))
        await agent.sees(rows.nth(number).get_by_text("等您回复"))
    await agent.has_settled()
    await agent.page.screenshot(path=screenshots / "five.png")
    for number in (3, 1):
        await agent.presses_alt("u")
        await agent.sees(agent.page.get_by_role("log").get_by_text(f"我是第 {number} 位"))
        await agent.says("马上")
        await expect(rows.nth(number).get_by_text("等您回复")).to_have_count(0)

    capacity = agent.page.get_by_role("combobox", name="同时接待几个对话")
    await capacity.click()
    await agent.page.locator(".ant-select-item-option").filter(has_text="最多 6 个").click()
    await agent.claims_the_next()
    await agent.sees("我的 6")
    for _ in customers:
        await agent.page.get_by_text("我的").first.click()
        await rows.first.get_by_role("button").click()
        await agent.sees(agent.box)
        await agent.ends_the_talk()


async def test_who_leaves_a_customer_waiting_is_reminded_until_there_is_an_answer(
    system: System, served: Customer, on_line: Agent, screenshots
) -> None:
    agent = on_line
    await served.says("在吗")
    await agent.sees(agent.page.get_by_role("log").get_by_text("在吗"))
    await agent.goes_to("tickets")
    changed(system, "bot.sqlite", "UPDATE chat_takeover SET waiting_since = ? WHERE state = 'agent'", ago(seconds=70))
    reminder = agent.page.get_by_text("在等您回复，再不回复就转给别的坐席")
    await agent.sees(reminder)
    await agent.has_settled()
    await agent.page.screenshot(path=screenshots / "nudged.png")
    await reminder.click()
    await agent.says("在的，您请说")

    await served.sees_text("在的，您请说")
    await expect(reminder).to_have_count(0)
    await agent.ends_the_talk()


async def test_what_is_kept_for_a_colleague_is_passed_over_and_the_second_claim_is_told_who_was_quicker(
    served: Customer, on_line: Agent, open_desk: OpenDesk, writes
) -> None:
    agent, colleague = on_line, await open_desk(COLLEAGUE)
    await colleague.comes_on_line()
    kept = agent.conversation
    await agent.hands_back("已经说过资费")
    await served.says("转人工")
    await colleague.sees(f"先留给工号 {AGENT}")
    other = writes("转人工")
    await colleague.sees("排队 2")

    await colleague.presses_alt("j")
    await expect(colleague.page).to_have_url(f"{colleague.page.url.split('#')[0]}#/talk/{other.conversation}")
    await colleague.goes_to(f"talk/{kept}")
    await colleague.page.get_by_role("button", name="接入").click()
    await colleague.sees(f"这个对话暂时留给{AGENT} 号坐席")

    await colleague.page.route("**/desk/api/events*", lambda route: route.abort())
    await colleague.goes_to(f"talk/{other.conversation}")
    await colleague.page.reload()
    await colleague.sees(colleague.page.get_by_role("button", name="接入"))
    for conversation in (kept, other.conversation):
        await agent.goes_to(f"talk/{conversation}")
        await agent.page.get_by_role("button", name="接入").click()
        await agent.sees(agent.box)
    await colleague.presses_alt("j")  # it still sees the customer wait
    await colleague.sees(f"{AGENT} 号坐席已经接了这个对话")
    for conversation in (other.conversation, kept):
        await agent.goes_to(f"talk/{conversation}")
        await agent.sees(agent.box)
        await agent.ends_the_talk()


async def test_an_agent_steps_in_unasked_and_a_bot_that_is_killed_and_started_again_loses_neither_side_a_word(
    system: System, on_line: Agent, open_chat: OpenChat
) -> None:
    agent, customer = on_line, await open_chat(system.url())
    await customer.says("移机费是多少")
    await customer.sees_text("移机每次")
    await agent.page.get_by_text("全部", exact=True).click()
    rows = agent.page.get_by_role("navigation", name="对话").get_by_role("listitem")
    await rows.filter(has_text="移机").get_by_role("button").click()
    await agent.sees(agent.page.get_by_role("log").get_by_text("移机费是多少"))
    await agent.presses_alt("i")
    await customer.sees_text(f"工号 {AGENT} 的坐席为您服务")

    await agent.writes("可以")
    system.kill("bot")
    await agent.sees("连接断了")
    system.start("bot")
    await customer.says("搬到洛阳路")
    await customer.says("周六可以吗")
    for said in ("搬到洛阳路", "周六可以吗"):
        await agent.sees(agent.page.get_by_role("log").get_by_text(said))
    await expect(agent.page.get_by_text("连接断了")).to_have_count(0)
    await agent.says("的")
    await customer.sees_text("可以的")
    await agent.ends_the_talk()


async def test_a_ticket_is_filed_from_the_talk_without_the_mouse_and_the_customer_is_told(
    served: Customer, on_line: Agent
) -> None:
    agent = on_line
    await served.says(REPORT)
    await agent.sees(agent.page.get_by_role("log").get_by_text("13807915566"))
    filing = await agent.opens_with_alt("f")
    await expect(filing.get_by_label("地址")).to_have_value("东湖区阳明小区3栋1单元109")
    await expect(filing.get_by_label("客户说")).to_have_value(REPORT)
    await filing.get_by_label("地址").press("Control+Enter")
    await expect(filing).to_be_hidden()

    await expect(agent.box).to_have_value(re.compile("已经为您登记，工单号"))
    await agent.sends()
    await served.sees_text("已经为您登记，工单号")
    await served.sees_text(f"首问责任人工号 {AGENT}")
    await agent.ends_the_talk()


async def test_a_picture_is_pasted_into_the_talk_and_the_customer_sees_it(served: Customer, on_line: Agent) -> None:
    agent = on_line
    await agent.writes("请看这个灯")
    await agent.box.evaluate(PASTES)
    await agent.sees(agent.page.get_by_role("log").get_by_role("img", name="照片"))
    await expect(served.page.get_by_role("img", name="坐席发的照片")).to_be_visible()
    await expect(agent.box).to_have_value("请看这个灯")
    await agent.ends_the_talk()
