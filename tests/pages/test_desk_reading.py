"""What an agent reads among conversations, in real browsers: long talks, old ones, calls, and that all is in order."""

from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from tests.acceptance.visits import all_changed, selected
from tests.integration.bot.caller import Caller
from tests.pages.agent import Agent, ago
from tests.pages.conftest import AGENT, DESKTOP, PHONE, OpenDesk
from tests.pages.customer import Customer
from tests.system import System

pytestmark = pytest.mark.timeout(300)
SUPERVISOR = "1009"


async def test_a_long_talk_is_shown_to_its_end_and_answered(system: System, served: Customer, on_line: Agent) -> None:
    agent, conversation = on_line, on_line.conversation
    await agent.sees(agent.box)
    [kept] = selected(system, "bot.sqlite", "SELECT last_seq FROM chat_conversation WHERE id = ?", conversation)
    insert = (
        "INSERT INTO chat_message (conversation, seq, speaker, text, buttons, client_id, at, author)"
        " VALUES (?, ?, ?, ?, '[]', ?, ?, ?)"
    )
    long = []
    for number in range(1, 301):
        who, author = ("agent", AGENT) if number % 2 else ("customer", None)
        row = (conversation, kept["last_seq"] + number, who, f"第 {number} 句", f"long-{number}", ago(), author)
        long.append((insert, row))
    count = "UPDATE chat_conversation SET last_seq = last_seq + 300 WHERE id = ?"
    all_changed(system, "bot.sqlite", [*long, (count, (conversation,))])
    await served.says("说完了")
    await agent.sees(agent.page.get_by_role("log").get_by_text("说完了"))
    await expect(agent.page.get_by_role("log").get_by_role("article")).to_have_count(kept["last_seq"] + 301)
    await expect(agent.page.get_by_role("log").get_by_text("说完了")).to_be_in_viewport()
    await agent.box.focus()
    await agent.says("都看到了")
    await agent.sees(agent.page.get_by_role("log").get_by_text("都看到了"))
    await agent.ends_the_talk()


async def test_who_only_looks_on_reads_no_phone_until_they_ask_for_the_words(open_desk: OpenDesk, writes) -> None:
    customer = writes("电视没信号，我的电话13807915566")
    supervisor = await open_desk(SUPERVISOR)
    await supervisor.goes_to(f"talk/{customer.conversation}")
    log = supervisor.page.get_by_role("log")
    await supervisor.sees(log.get_by_text("电视没信号").first)
    await expect(log).not_to_contain_text("13807915566")

    await supervisor.page.get_by_role("button", name="显示原文").click()
    await supervisor.sees(log.get_by_text("13807915566").first)
    await expect(supervisor.page.get_by_role("button", name="显示原文")).to_have_count(0)
    assert await supervisor.violations() == []


async def test_a_talk_that_is_no_longer_among_the_latest_is_opened_all_the_same(
    system: System, open_desk: OpenDesk, writes
) -> None:
    old = writes("移机费是多少")
    insert = (
        "INSERT INTO chat_conversation (id, channel, created_at, last_seq, delivered, agent_read, customer_read,"
        " changed) VALUES (?, 'webchat', ?, 0, 0, 0, 0, (SELECT last + 1 FROM chat_change))"
    )
    for _ in range(120):
        later = (insert, (f"later-{uuid4().hex}", ago()))
        all_changed(system, "bot.sqlite", [later, ("UPDATE chat_change SET last = last + 1", ())])
    agent = await open_desk(SUPERVISOR)
    await agent.goes_to(f"talk/{old.conversation}")
    await agent.sees(agent.page.get_by_role("log").get_by_text("移机费是多少"))

    await agent.page.get_by_text("全部", exact=True).click()
    rows = agent.page.get_by_role("navigation", name="对话").get_by_role("listitem")
    await expect(rows.filter(has_text="移机")).to_have_count(0)
    await agent.page.get_by_role("button", name="更早的对话").click()
    await agent.sees(rows.filter(has_text="移机").first)


async def test_who_picks_up_a_call_reads_what_was_asked_already_and_searches_the_charter(
    system: System, on_line: Agent, screenshots
) -> None:
    agent = on_line
    secret = system.environ["SHOUWEN_JAMBONZ_SECRET"]
    async with httpx.AsyncClient(base_url=system.url(), timeout=30, trust_env=False) as http:
        caller = Caller(http=http, phone="+8613807915533", secret=secret)
        await caller.calls()
        await caller.says("我家电视没信号都试过了")
        await caller.says("红谷滩区丰和北大道六十六号三栋五零二")
        await caller.says("转人工")
    row = agent.page.get_by_role("navigation", name="对话").get_by_role("listitem").filter(has_text="5533")
    await row.get_by_role("button").click()
    known = agent.page.get_by_role("complementary").locator("section").filter(has_text="已经问到")
    for asked in ("有线电视无信号", "丰和北大道66号3栋502", "5533"):
        await agent.sees(known.get_by_text(asked).first)
    await agent.sees(agent.page.get_by_role("log").get_by_text("我家电视没信号都试过了"))
    await agent.presses_alt("s")
    await agent.page.keyboard.type("一般故障修复")
    await agent.sees(agent.page.get_by_role("complementary").get_by_text("24 小时内").first)
    await agent.has_settled()
    await agent.page.screenshot(path=screenshots / "call.png")
    assert await agent.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
async def test_a_talk_is_in_order(open_desk: OpenDesk, writes, screenshots, viewport, scheme) -> None:
    agent = await open_desk(AGENT, viewport=viewport, color_scheme=scheme)
    await agent.comes_on_line()
    customer = writes("电视没信号，我的电话13807915599", "转人工")
    await agent.goes_to(f"talk/{customer.conversation}")
    await agent.page.get_by_role("button", name="接入").click()
    await agent.says("这不归我管")
    await agent.sees("服务忌语（R8.2）")
    await agent.has_settled()
    name = f"{viewport['width']}-{scheme}.png"
    await agent.page.screenshot(path=screenshots / name)
    assert await agent.violations() == []
    assert await agent.page.evaluate("document.getElementById('page').scrollWidth") <= viewport["width"]
    await agent.page.get_by_role("complementary").get_by_role("heading", name="经过").scroll_into_view_if_needed()
    await agent.page.screenshot(path=screenshots / f"below-{name}")
    await agent.ends_the_talk()
