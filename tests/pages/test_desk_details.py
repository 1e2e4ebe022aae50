"""What a page of the desk says of a matter's course: delivered or not, moved, still to be answered, counted."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from backend.domain.working_time import SHANGHAI
from bot.conversations.database import open_database, writing
from bot.conversations.messages import Obstacle
from bot.conversations.rows import mark_changed
from bot.conversations.tables import conversations
from tests.pages.agent import PATIENCE, Agent
from tests.pages.conftest import OpenDesk
from tests.pages.customer import Customer
from tests.system import System

pytestmark = pytest.mark.timeout(300)
LEADER = "1004"
NO_RATE = {"part": 0, "of": 0, "percent": None}
MONTH = {
    "rule": "R4.3",
    "source": "003",
    "steps": ["每月考核"],
    "awards": [],
    "lines": [
        {
            "whose": "person",
            "key": "3021",
            "name": "维修员",
            "tickets": 3,
            "on_time": NO_RATE,
            "complaints": NO_RATE,
            "replied": None,
            "satisfied": NO_RATE,
            "households_each": None,
            "households_norm": None,
            "points": 95,
            "yuan": -250,
            "consequences": [],
            "faults": [
                {
                    "on": "2026-11-20",
                    "what": "与用户争吵或遭投诉",
                    "note": "投诉属实",
                    "points": 5,
                    "ticket": "26112000014",
                }
            ],
            "paid": [
                {"why": "本月最后一名", "yuan": -50, "consequence": None},
                {"why": "与用户争吵或遭投诉，一年内第 1 次起", "yuan": -200, "consequence": None},
            ],
        }
    ],
}


async def test_an_agent_sees_live_that_a_message_on_wechat_cannot_arrive_and_why(
    system: System, served: Customer, on_line: Agent, screenshots
) -> None:
    agent = on_line
    await agent.says("师傅今天下午到")
    await served.sees_text("师傅今天下午到")
    database = open_database(f"sqlite:///{system.var / 'bot.sqlite'}")
    own = conversations.c.id == agent.conversation
    with writing(database).begin() as connection:
        last = connection.scalar(select(conversations.c.last_seq).where(own))
        left = {"delivered": last - 1, "obstacle": Obstacle.LEFT}
        mark_changed(connection, agent.conversation, channel="wechat", peer="o-left", **left)
    said = agent.page.get_by_role("article").filter(has_text="师傅今天下午到")
    await expect(said).to_contain_text("未送达：客户已取消关注", timeout=PATIENCE)
    await agent.has_settled()
    await agent.page.screenshot(path=screenshots / "undelivered.png")
    assert await agent.violations() == []

    with writing(database).begin() as connection:
        mark_changed(connection, agent.conversation, delivered=last, obstacle=None)
    database.dispose()
    await expect(said).to_contain_text("已送达", timeout=PATIENCE)
    await agent.ends_the_talk()


async def test_a_leader_moves_planned_work_and_is_told_that_customers_hear_of_it(
    open_desk: OpenDesk, screenshots
) -> None:
    leader = await open_desk(LEADER)
    await leader.goes_to("works")
    await leader.page.get_by_role("tab", name="停机和维护公告").click()
    await leader.page.get_by_role("button", name="改期").click()
    dialog = leader.page.get_by_role("dialog")
    await leader.sees(dialog.get_by_text("收到过短信的客户会再收到一条"))
    begins = datetime.now(SHANGHAI).replace(hour=9, minute=30) + timedelta(days=6)
    for label, at in (("改到什么时候开始", begins), ("预计什么时候恢复", begins + timedelta(hours=3))):
        await dialog.get_by_label(label).fill(f"{at:%Y-%m-%d %H:%M}")
        await leader.page.keyboard.press("Enter")
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "moving.png")
    await dialog.get_by_role("button", name="确认改期").click()

    await expect(dialog).to_be_hidden(timeout=PATIENCE)
    await leader.sees(leader.page.get_by_text(f"{begins.month}月{begins.day}日 09:30 起"))


async def test_the_opinion_book_says_how_many_wait_for_an_answer(open_desk: OpenDesk) -> None:
    leader = await open_desk(LEADER)
    await leader.goes_to("hall")
    await leader.page.get_by_role("tab", name="意见簿").click()

    await leader.sees("共 2 条，1 条待答复（排在前面）")
    cards = leader.page.locator(".ant-card").filter(has_text="条 ").filter(has_text="第 ")
    await expect(cards.first).to_contain_text("先取号")


async def test_points_and_yuan_of_the_sheet_open_what_stands_behind_them(open_desk: OpenDesk, screenshots) -> None:
    """An operator that has points; this one has none."""
    leader = await open_desk(LEADER)
    await leader.page.route("**/supervision/sheet?*", lambda route: route.fulfill(json=MONTH))
    await leader.goes_to("supervision")
    await leader.page.get_by_role("button", name="-250").click()

    behind = leader.page.get_by_role("dialog")
    await leader.sees(behind.get_by_text("工号 3021 维修员：得分 95，奖扣 -250 元"))
    await leader.sees(behind.get_by_role("link", name="26112000014"))
    await leader.sees(behind.get_by_text("本月最后一名"))
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "points.png")
    assert await leader.violations() == []
