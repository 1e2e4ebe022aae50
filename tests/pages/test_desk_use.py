"""The desk in use, beside conversations: what leaders, agents and supervisors do on its other pages."""

import pytest
from playwright.async_api import expect

from tests.pages.agent import PATIENCE
from tests.pages.conftest import DESKTOP, PHONE, OpenDesk

pytestmark = pytest.mark.timeout(300)
LEADER = "1004"


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
    await expect(dialog.get_by_role("button", name="发密码")).to_be_focused(timeout=PATIENCE)
    await leader.page.keyboard.press("Enter")
    password = await dialog.locator("code").inner_text()
    await expect(dialog.get_by_role("button", name="已告诉本人")).to_be_focused(timeout=PATIENCE)
    await leader.has_settled()
    await leader.page.screenshot(path=screenshots / f"{viewport['width']}.png")
    assert await leader.violations() == []
    await leader.page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden(timeout=PATIENCE)
    assert password not in await leader.page.content()

    await open_desk(colleague, password=password)
