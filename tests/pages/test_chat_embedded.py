"""One line in an operator's own site, and only in those that the settings name."""

import pytest
from playwright.async_api import expect

ASKED = "https://www.operator.example"


@pytest.fixture
def site(httpserver):
    """A site of the operator's: another origin than the bot's."""
    return httpserver.url_for("").rstrip("/").replace("127.0.0.1", "localhost")


@pytest.fixture
def shows(httpserver):
    def page(bot):
        script = f'<script src="{bot.url}/embed.js"></script>'
        policy = f"default-src 'none'; script-src {bot.url}; frame-src {bot.url}"
        httpserver.expect_request("/").respond_with_data(
            f'<!doctype html><html lang="zh-CN"><title>广电</title>{script}<h1>我们的网站</h1></html>',
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        )
        httpserver.expect_request("/favicon.ico").respond_with_data(b"")

    return page


@pytest.mark.channel("web", feature="嵌入运营商网站")
@pytest.mark.parametrize("width", [390, 1440])
async def test_a_line_of_script_brings_the_chat_into_the_operator_s_site(
    start_bot, open_chat, shows, site, screenshots, width
):
    async with start_bot(origins=(site,)) as bot:
        shows(bot)
        customer = await open_chat(site, path="/", also=(bot.url,), viewport={"width": width, "height": 800})
        await customer.presses("在线客服")
        chat = customer.page.frame_locator("iframe[title=在线客服]")
        await chat.get_by_role("textbox").fill("你好")
        await chat.get_by_role("textbox").press("Enter")
        await expect(chat.get_by_text("收到：你好")).to_be_visible()
        await customer.page.screenshot(path=screenshots / "embedded.png")

        await customer.presses("收起客服")
        await expect(customer.page.locator("iframe")).to_be_hidden()
        await customer.presses("在线客服")
        await expect(chat.get_by_text("收到：你好")).to_be_visible()


@pytest.mark.channel("web", feature="嵌入运营商网站")
async def test_a_site_that_is_not_named_shows_no_chat(start_bot, open_chat, shows, site):
    async with start_bot(origins=(ASKED,)) as bot:
        shows(bot)
        customer = await open_chat(site, path="/", also=(bot.url,))
        async with customer.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await customer.presses("在线客服")
        await expect(customer.page.frame_locator("iframe").get_by_role("textbox")).to_have_count(0)
        customer.forgets_errors()
