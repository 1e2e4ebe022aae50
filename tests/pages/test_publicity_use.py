"""The publicity page in use: finding, the keyboard, the chat on it, and how little is fetched before it is opened."""

import re

import pytest
from playwright.async_api import expect

from tests.pages.conftest import DESKTOP, PHONE
from tests.pages.test_publicity import NOTICE, OPERATORS, all_told, announced, shown  # noqa: F401 - a fixture

MOST_BEFORE_THE_CHAT = 60 * 1024  # bytes over the wire


@pytest.fixture
async def page(bot, announced, open_chat):  # noqa: F811
    announced(NOTICE)
    return (await shown(open_chat, bot)).page


@pytest.mark.channel("web", feature="服务项目公示")
async def test_who_lives_in_a_community_finds_who_serves_it(page):
    """R3.1."""
    search = page.get_by_role("searchbox", name="按小区、街道或者关键字查找")
    await search.fill("青云谱区洪都中大道八一家园9栋2单元301")
    area = page.locator("#areas .item:visible").filter(has_text="八一家园")

    await expect(area).to_have_count(1)
    await expect(area).to_contain_text("工号")
    await expect(page.locator("#outlets")).to_be_hidden()
    await expect(page.locator("#personal-data")).to_be_hidden()


async def test_words_narrow_and_an_empty_search_shows_everything_again(page):
    search, found = page.get_by_role("searchbox"), page.locator(".found")
    everything = await page.locator(".item:visible").count()
    await search.fill("移机")
    await expect(page.locator("#fees .item:visible")).to_have_text([re.compile("^移机费（拆迁费）")])
    await expect(found).to_have_text(f"找到 {await page.locator('.item:visible').count()} 条")
    await search.fill("移机 身份证")
    await expect(page.locator(".item:visible")).to_have_count(1)
    await search.fill("红谷滩区 光缆")
    await expect(page.locator("#notices .item:visible")).to_have_count(1)
    await search.fill("没有这样的词")
    await expect(found).to_have_text("没有找到。请换个词，或者问在线客服。")
    await search.fill("")

    await expect(page.locator(".item:visible")).to_have_count(everything)
    await expect(found).to_be_empty()


async def test_the_contents_lead_to_each_section_and_an_address_of_one_opens_there(page, bot):
    links = page.get_by_role("navigation", name="目录").get_by_role("link")
    assert await links.all_inner_texts() == await page.get_by_role("heading", level=2).all_inner_texts()
    await links.filter(has_text="回访制度").click()
    await expect(page.get_by_role("heading", name="回访制度")).to_be_in_viewport()

    await page.goto("about:blank")
    await page.goto(f"{bot.url}/#outlets")
    await expect(page.get_by_role("heading", name="营业厅", exact=True)).to_be_in_viewport()


@pytest.mark.channel("web", feature="无障碍")
async def test_the_keyboard_is_enough_and_landmarks_and_headings_lead_a_reader(page):
    keys = page.keyboard
    await keys.press("Tab")
    await expect(page.get_by_role("link", name="跳到公示内容")).to_be_focused()
    await expect(page.get_by_role("link", name="跳到公示内容")).to_be_in_viewport()
    await keys.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("searchbox")).to_be_focused()

    for role in ("banner", "navigation", "search", "main", "complementary"):
        await expect(page.get_by_role(role)).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert await page.get_by_role("region").count() == await page.get_by_role("heading", level=2).count()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1440"])
async def test_the_chat_opens_on_the_page_and_closes_with_escape(bot, announced, open_chat, screenshots, viewport):  # noqa: F811
    announced()
    reader = await shown(open_chat, bot, viewport=viewport)
    page = reader.page
    await reader.presses("在线客服")
    await expect(page.get_by_role("button", name="收起客服")).to_be_focused()
    await reader.says("移机费是多少")
    await expect(page.get_by_text("收到：移机费是多少")).to_be_visible()
    await page.screenshot(path=screenshots / f"talk-{viewport['width']}.png")
    assert await reader.violations() == []

    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="在线客服")).to_be_focused()
    await expect(page.get_by_text("收到：移机费是多少")).to_be_hidden()
    await reader.presses("在线客服")
    await expect(page.get_by_text("收到：移机费是多少")).to_be_visible()


async def test_a_chat_that_did_not_load_is_said(bot, announced, open_chat):  # noqa: F811
    announced()
    reader = await shown(open_chat, bot)
    await reader.page.route("**/assets/chat-*", lambda route: route.abort())
    await reader.presses("在线客服")
    await expect(reader.page.get_by_role("alert")).to_have_text("客服窗口没有打开，请检查网络，刷新页面后再试一次。")
    reader.forgets_errors()


@pytest.mark.parametrize("operator", OPERATORS)
async def test_little_is_fetched_before_the_chat_and_all_of_it_from_us(start_bot, announced, open_chat, operator):  # noqa: F811
    """The whole page is scrolled through, so what loads late is counted, too. open_chat lets no other host be asked."""
    announced()
    fetched = {}

    async def count(response):
        path = response.url.removeprefix(bot.url)
        fetched[path] = 0  # seen at once; how much it was shows a moment later
        fetched[path] = (await response.request.sizes())["responseBodySize"]

    async with start_bot(operator=operator) as bot:
        reader = await open_chat(bot.url, path="/chat.html")
        await reader.page.goto("about:blank")
        reader.page.on("response", count)
        await reader.page.goto(f"{bot.url}/")
        await all_told(reader.page)
        await reader.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        await reader.page.wait_for_load_state("networkidle")

        assert {"/", "/api/publicity", "/api/publicity/now"} <= set(fetched)
        assert any("silhouette" in url for url in fetched)
        assert not any("/assets/chat" in url for url in fetched)
        assert sum(fetched.values()) < MOST_BEFORE_THE_CHAT, fetched

        await reader.presses("在线客服")
        await expect(reader.box).to_be_visible()
        assert any("/assets/chat" in url for url in fetched)


async def test_the_policy_of_the_page_is_as_strict_as_before(bot):
    policy = (await bot.http.get("/")).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
