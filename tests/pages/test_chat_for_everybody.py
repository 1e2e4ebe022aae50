"""The chat for everybody: with the keyboard alone, read aloud, on a phone and a desk, light and dark."""

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.integration.bot.stand_in_engine import saying
from tests.pages.conftest import DESKTOP, PHONE
from tests.pages.test_chat_tickets import CARD


@pytest.fixture
def everything(engine):
    """An engine that says all that a page can show."""

    async def says(body):
        match body["text"]:
            case "报修":
                buttons = [{"title": title, "payload": title} for title in ("好了", "还是不行", "都试过了，直接报修")]
                return {"messages": [{"text": "先看一眼能不能当场恢复：机顶盒的指示灯亮吗？", "buttons": buttons}]}
            case "都试过了，直接报修":
                return {
                    "messages": [{"text": "已登记，工单号 261129 0001 4。", "card": CARD}, {"text": "还有别的事吗？"}]
                }
            case _:
                return saying("照片收到了，会跟工单一起交给维修人员。")

    engine.behaviour = says


@pytest.fixture
async def talked(bot, open_chat, everything, tmp_path, request):
    """A talk with everything in it, at the end a refused photo and a person asked for while nobody is there."""
    viewport, scheme = request.param
    customer = await open_chat(bot.url, viewport=viewport, color_scheme=scheme)
    photo, letter = tmp_path / "box.jpg", tmp_path / "letter.jpg"
    Image.new("RGB", (320, 240), "#3366aa").save(photo)
    letter.write_text("no photo")
    await customer.says("报修")
    await customer.sees_text("先看一眼")
    await customer.sends_photo(photo)
    await customer.sees_text("照片收到了")
    await customer.says("都试过了，直接报修")
    await customer.sees_text("还有别的事吗")
    await customer.sends_photo(letter)
    await customer.sees_text("没有发出")
    return customer


LOOKS = [
    pytest.param((viewport, scheme), id=f"{viewport['width']}-{scheme}")
    for viewport in (PHONE, DESKTOP)
    for scheme in ("light", "dark")
]


@pytest.mark.channel("web", feature="无障碍")
@pytest.mark.parametrize("talked", LOOKS, indirect=True)
async def test_nothing_stands_in_anybody_s_way(talked, screenshots, request):
    width = talked.page.viewport_size["width"]
    await talked.page.screenshot(path=screenshots / f"{request.node.callspec.id}.png")

    assert await talked.violations() == []
    assert await talked.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.channel("web", feature="无障碍")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_new_page_stands_in_nobody_s_way(bot, open_chat, screenshots, scheme):
    customer = await open_chat(bot.url, color_scheme=scheme)
    await customer.sees_text("您好")
    await customer.page.screenshot(path=screenshots / f"new-{scheme}.png")

    assert await customer.violations() == []


@pytest.mark.channel("web", feature="无障碍")
async def test_what_can_be_chosen_stands_in_nobody_s_way(customer, everything, engine, screenshots):
    await customer.says("报修")
    await customer.sees_text("先看一眼")
    await customer.page.screenshot(path=screenshots / "choices.png")
    assert await customer.violations() == []

    await engine.down()
    await customer.says("在吗")
    await customer.sees_text("您的消息已经收到")
    await customer.page.screenshot(path=screenshots / "away.png")
    assert await customer.violations() == []


@pytest.mark.channel("web", feature="无障碍")
async def test_the_keyboard_is_enough(customer, everything):
    keys = customer.page.keyboard

    async def reach(locator):
        for _ in range(30):
            if await locator.evaluate("element => element === document.activeElement"):
                return
            await keys.press("Tab")
        raise AssertionError(f"no Tab reaches {locator}")

    await reach(customer.box)
    await keys.type("报修")
    await keys.press("Tab")
    await keys.press("Enter")  # 发送
    await customer.sees_text("先看一眼")
    await keys.press("Control+Home")
    await reach(customer.page.get_by_role("button", name="都试过了，直接报修"))
    await keys.press("Space")
    await customer.sees_text("还有别的事吗")
    await reach(customer.page.get_by_role("button", name="转人工"))
    await keys.press("Enter")

    await customer.sees_text("照片收到了")


async def test_enter_that_ends_the_choice_of_a_character_sends_nothing(customer, engine):
    await customer.box.fill("dian'shi")
    await customer.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await customer.box.press("Shift+Enter")

    assert await customer.box.input_value() == "dian'shi\n"
    assert engine.asked == []


@pytest.mark.channel("web", feature="无障碍")
async def test_what_is_new_is_read_aloud_and_what_is_old_is_not(customer):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await expect(customer.log).to_have_attribute("aria-live", "polite")
    await customer.page.route("**/chat/messages?after=*", never)
    await customer.page.reload()

    await expect(customer.log).to_have_attribute("aria-live", "off")


async def never(_route):
    """No answer comes."""


async def test_who_reads_further_up_is_not_moved(customer):
    await customer.says("一\n" * 60)
    await expect(customer.page.get_by_text("收到：一")).to_have_count(1)
    await customer.log.evaluate("log => log.scrollTo(0, 0)")
    await expect(customer.page.get_by_role("button", name="回到最新消息")).to_be_visible()
    token = await customer.page.evaluate("localStorage.getItem('shouwen.token')")
    said = {"id": "elsewhere", "text": "二"}
    sent = await customer.page.request.post(
        customer.page.url.replace("/chat.html", "/chat/messages"),
        data=said,
        headers={"Authorization": f"Bearer {token}"},
    )
    assert sent.status == 202
    await expect(customer.page.get_by_text("收到：二")).to_have_count(1)
    assert await customer.log.evaluate("log => log.scrollTop") == 0

    await customer.presses("回到最新消息")
    await expect(customer.page.get_by_text("收到：二")).to_be_in_viewport()
