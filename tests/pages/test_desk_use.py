"""The desk in use, beside conversations: what leaders, agents and supervisors do on its other pages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from bot.conversations.database import open_database
from bot.desk.audit import Audit, Deed
from bot.settings import database_url_of
from tests.pages.conftest import DESKTOP, PHONE, OpenDesk
from tests.system import System

pytestmark = pytest.mark.timeout(300)
AGENT, HEAD, LEADER, SUPERVISOR = "1021", "1001", "1004", "1009"
AT_A_TIME = 50  # rows of the audit


@pytest.mark.parametrize(
    ("viewport", "colleague"), [(DESKTOP, "1031"), (PHONE, "1022")], ids=["at-a-desk", "on-a-phone"]
)
async def test_a_leader_issues_a_one_time_password_which_is_shown_once(
    open_desk: OpenDesk, screenshots, viewport, colleague
) -> None:
    leader = await open_desk(LEADER, viewport=viewport)
    await leader.goes_to("management")
    await leader.page.get_by_label("找人").fill(LEADER)
    await leader.sees(leader.page.get_by_role("row").filter(has_text=LEADER))
    await expect(leader.page.get_by_role("button", name="发一次性密码")).to_have_count(0)

    await leader.page.get_by_label("找人").fill(colleague)
    await leader.page.get_by_role("button", name="发一次性密码").press("Enter")
    dialog = leader.page.get_by_role("dialog", name=f"工号 {colleague} 的一次性密码")
    await expect(dialog.get_by_role("button", name="发密码")).to_be_focused()
    await leader.page.keyboard.press("Enter")
    password = await dialog.locator("code").inner_text()
    await expect(dialog.get_by_role("button", name="已告诉本人")).to_be_focused()
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / f"{viewport['width']}.png")
    assert await leader.violations() == []
    await leader.page.keyboard.press("Enter")
    await expect(dialog.locator("code")).to_have_count(0)
    assert password not in await leader.page.content()

    await open_desk(colleague, password=password)


async def test_force_majeure_is_declared_by_a_leader_and_seen_by_all(open_desk: OpenDesk, screenshots) -> None:
    leader, agent = await open_desk(LEADER), await open_desk(AGENT)
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    await leader.goes_to("works")
    await leader.page.get_by_role("tab", name="不可抗力").click()
    form = leader.page.get_by_role("tabpanel", name="不可抗力").locator("form")
    for label, at in (("开始", now - timedelta(days=1)), ("结束", now + timedelta(days=1))):
        await form.get_by_label(label).fill(f"{at:%Y-%m-%d %H:%M}")
        await leader.page.keyboard.press("Enter")
        await expect(leader.page.locator(".ant-picker-dropdown").filter(visible=True)).to_have_count(0)
    await form.get_by_label("原因").fill("冰冻压断光缆")
    await form.get_by_label("片区").click()
    await leader.page.keyboard.type("安义县城")
    await leader.sees(leader.page.locator(".ant-select-item-option-active").filter(has_text="安义县城"))
    await leader.page.keyboard.press("Enter")
    await form.get_by_role("button", name="声明").press("Enter")
    sure = leader.page.get_by_role("dialog", name="声明安义县城区不可抗力？")
    await leader.sees(sure)
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / "declaring.png")
    assert await leader.violations() == []
    await sure.get_by_role("button", name="确认声明").press("Enter")
    declared = leader.page.locator(".ant-card").filter(has_text="冰冻压断光缆")
    await leader.sees(declared.get_by_text("有效", exact=True))

    await agent.goes_to("works")
    await agent.page.get_by_role("tab", name="不可抗力").click()
    declared = agent.page.locator(".ant-card").filter(has_text="冰冻压断光缆")
    await agent.sees(declared.get_by_text(f"工号 {LEADER}"))
    await expect(agent.page.get_by_role("button", name="声明")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["at-a-desk", "on-a-phone"])
async def test_the_board_shows_one_type_and_one_area_alone(open_desk: OpenDesk, screenshots, viewport) -> None:
    head = await open_desk(HEAD, viewport=viewport)
    rows = head.page.locator("tbody tr[data-row-key]")

    async def chooses(label: str, choice: str) -> None:
        await head.page.get_by_role("combobox", name=label, exact=True).press("ArrowDown")
        option = head.page.locator(".ant-select-item-option").filter(has_text=choice, visible=True)
        await option.click()
        await expect(option).to_be_hidden()

    await head.goes_to("tickets")
    await head.looks_at_tickets("全部未办结")
    await head.sees(rows.filter(has_text="西湖区").first)
    await chooses("片区", "东湖区")
    await expect(rows.filter(has_not_text="东湖区")).to_have_count(0)
    await head.sees(rows.filter(has_not_text="服务态度").first)
    await chooses("类别", "投诉")
    await expect(rows).to_have_count(1)
    await head.sees(rows.get_by_text("服务态度"))
    await head.has_settled()
    await head.page.screenshot(path=screenshots / f"{viewport['width']}.png")
    assert await head.violations() == []

    await chooses("片区", "全部片区")
    await head.sees(rows.get_by_text("逾期或失约"))
    await chooses("类别", "全部类别")
    await head.sees(rows.filter(has_text="西湖区").first)


@pytest.mark.parametrize(("viewport", "busy"), [(DESKTOP, "1041"), (PHONE, "1042")], ids=["at-a-desk", "on-a-phone"])
async def test_a_supervisor_reads_in_the_audit_who_did_what(
    system: System, open_desk: OpenDesk, screenshots, viewport, busy
) -> None:
    database, now = open_database(database_url_of(system.environ)), datetime.now(ZoneInfo("Asia/Shanghai"))
    audit = Audit(database)
    audit.record(who=busy, act=Deed.HANDOVER_TAKEN, about="handover/7", at=now)
    for number in range(AT_A_TIME):
        audit.record(who=busy, act=Deed.CONTACT_SHOWN, about=f"2611300{number:04}", at=now, reason="calling")
    database.dispose()

    supervisor = await open_desk(SUPERVISOR, viewport=viewport)
    rows = supervisor.page.locator("tbody tr[data-row-key]")
    filters, older = supervisor.page.get_by_role("form"), supervisor.page.get_by_role("button", name="更早的")
    await supervisor.goes_to("management")
    await supervisor.sees(rows.first)
    await expect(supervisor.page.get_by_role("tab", name="人员")).to_have_count(0)

    await filters.get_by_label("工号", exact=True).fill(busy)
    await supervisor.page.keyboard.press("Enter")
    await expect(rows.filter(has_text="联系客户")).to_have_count(AT_A_TIME)
    await supervisor.sees(rows.first.get_by_role("link", name="工单 26113000049"))
    await supervisor.has_settled()
    await supervisor.page.screenshot(path=screenshots / f"{viewport['width']}.png")
    assert await supervisor.violations() == []
    await older.press("Enter")
    await supervisor.sees(rows.last.get_by_text("接班"))
    await expect(rows).to_have_count(AT_A_TIME + 1)
    await expect(older).to_have_count(0)

    await filters.get_by_label("做了什么").fill("接班")
    await supervisor.sees(supervisor.page.locator(".ant-select-item-option-active").filter(has_text="接班"))
    await supervisor.page.keyboard.press("Enter")
    await filters.get_by_role("button", name="查").press("Enter")
    await expect(rows).to_have_count(1)
    await supervisor.sees(rows.get_by_text("7 号"))
    await filters.get_by_role("button", name="全部").press("Enter")
    await expect(rows).to_have_count(AT_A_TIME)
