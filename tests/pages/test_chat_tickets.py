"""The card of a ticket: its number, its promise as it runs, and who answers for it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

FILED = datetime(2026, 11, 29, 3, 3, tzinfo=UTC)
CARD = {
    "kind": "ticket",
    "number": "26112900014",
    "promises": [
        {
            "label": "一般故障修复",
            "due": (FILED + timedelta(hours=24)).isoformat(),
            "reason": None,
            "mark": None,
        },
        {"label": "上门", "due": None, "reason": "没有公布时限", "mark": "（示例）"},
    ],
    "owner": "1024",
    "owner_phone": "96130 转 1024",
    "sample": True,
}


@pytest.fixture
async def filed(customer, engine):
    """A customer with a ticket; the clock of the page stands at its filing and moves on."""

    async def files(_body):
        return {"messages": [{"text": "已登记。", "card": CARD}, {"text": "还有别的事吗？"}]}

    engine.behaviour = files
    await customer.page.clock.install(time=FILED)
    await customer.page.reload()
    await customer.says("对")
    await customer.sees_text("还有别的事吗？")
    return customer


@pytest.fixture
def card(filed):
    return filed.page.get_by_role("group", name="工单 261129 0001 4")


@pytest.mark.channel("web", feature="工单号与承诺")
async def test_a_ticket_shows_number_promise_and_owner(card):
    await expect(card).to_contain_text("一般故障修复最迟 11月30日（周一）11:03 前")
    await expect(card).to_contain_text("上门（示例）没有公布时限")
    await expect(card).to_contain_text("首问责任人：工号 1024，电话 96130 转 1024（示例）")


@pytest.mark.channel("web", feature="承诺倒计时")
async def test_a_promise_runs_down(filed, card):
    left = card.get_by_role("timer")
    await expect(left).to_contain_text("还剩 23 小时 59 分")
    await filed.page.clock.fast_forward("23:10:00")
    await expect(left).to_contain_text("还剩 49 分")


@pytest.mark.channel("web", feature="承诺倒计时")
async def test_a_promise_that_has_run_out_is_said_to_have_run_out(filed, card):
    await filed.page.clock.fast_forward("26:03:05")

    await expect(card.get_by_role("timer")).to_contain_text("承诺时间已过 2 小时 3 分，办好没有请查进度")


@pytest.mark.channel("web", feature="查进度")
async def test_a_ticket_asks_for_its_own_progress(filed, card, engine):
    await card.get_by_role("button", name="查进度").click()

    await filed.sees(
        ("我", "对"),
        ("机器人", "已登记。"),
        ("机器人", "还有别的事吗？"),
        ("我", "查一下工单 261129 0001 4 的进度"),
        ("机器人", "已登记。"),
        ("机器人", "还有别的事吗？"),
    )


@pytest.mark.channel("web", feature="标明机器人或坐席")
async def test_an_agent_is_named_by_job_number(bot, open_chat, engine):
    """What the desk will write into the log is shown already."""
    customer = await open_chat(bot.url)
    message = {"seq": 1, "from": "agent", "author": "1031", "text": "您好", "at": FILED.isoformat()}

    async def agent(route):
        await route.fulfill(json=[message])

    await customer.says("转人工")
    await customer.sees(("我", "转人工"), ("机器人", "收到：转人工"))
    await customer.page.route("**/chat/messages?after=0", agent)
    await customer.page.route("**/chat/messages?after=1", lambda route: route.fulfill(json=[]))
    await customer.page.route("**/chat/events", lambda route: route.abort())
    await customer.page.reload()

    await customer.sees(("坐席 工号 1031", "您好"))
