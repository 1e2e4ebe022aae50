"""A talk: who speaks, what can be pressed, and what is still there tomorrow."""

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.integration.bot.stand_in_engine import saying


def choices(text, *titles):
    return {"messages": [{"text": text, "buttons": [{"title": title, "payload": title} for title in titles]}]}


@pytest.mark.channel("web", feature="欢迎语")
@pytest.mark.channel("web", feature="标明机器人或坐席")
@pytest.mark.parametrize(
    ("operator", "greeting"), [("jiangxi", "您好，江西广电客服。"), ("zhangjiagang", "您好，张家港广电客服。")]
)
async def test_who_comes_is_greeted_in_the_operator_s_own_words_and_told_that_a_machine_answers(
    start_bot, open_chat, operator, greeting
):
    async with start_bot(operator=operator) as bot:
        customer = await open_chat(bot.url)

        await customer.sees_text(f"{greeting}请直接说您要办的事。先由机器人回答，随时可以转人工。")


async def test_where_the_greeting_can_not_be_had_there_is_one_all_the_same(customer):
    await customer.page.route("**/chat/greeting", lambda route: route.abort())
    await customer.page.reload()

    await customer.sees_text("您好！请直接说您要办的事。")


@pytest.mark.channel("web", feature="问答")
async def test_an_answer_is_shown_with_who_speaks(customer):
    await customer.says("宽带断了")

    await customer.sees(("我", "宽带断了"), ("机器人", "收到：宽带断了"))


@pytest.mark.channel("web", feature="选项")
async def test_a_choice_is_said_by_pressing_it_and_goes_away(customer, engine):
    async def asks(body):
        return choices("现在能看了吗？", "好了", "还是不行") if body["text"] == "电视没信号" else saying("明白")

    engine.behaviour = asks
    await customer.says("电视没信号")
    await customer.presses("还是不行")

    await customer.sees(("我", "电视没信号"), ("机器人", "现在能看了吗？"), ("我", "还是不行"), ("机器人", "明白"))
    await expect(customer.page.get_by_role("button", name="好了")).to_have_count(0)
    await expect(customer.log).to_be_focused()


@pytest.mark.channel("web", feature="选项")
async def test_a_choice_stands_until_something_is_said(customer, engine):
    async def asks(_body):
        return {"messages": [*choices("要哪一样？", "报修")["messages"], {"text": "慢慢想。"}]}

    engine.behaviour = asks
    await customer.says("你好")

    await customer.sees(("我", "你好"), ("机器人", "要哪一样？"), ("机器人", "慢慢想。"))
    await expect(customer.page.get_by_role("button", name="报修")).to_be_visible()


@pytest.mark.channel("web", feature="等待提示")
async def test_who_waits_sees_that_an_answer_is_on_its_way(customer, engine):
    released = asyncio.Event()

    async def held(body):
        await released.wait()
        return saying("好了")

    engine.behaviour = held
    await customer.says("在吗")
    await customer.sees_text("正在输入")
    released.set()

    await customer.sees(("我", "在吗"), ("机器人", "好了"))
    await expect(customer.page.get_by_text("正在输入")).to_have_count(0)


@pytest.mark.channel("web", feature="转人工")
async def test_a_person_can_always_be_asked_for(customer):
    await customer.presses("转人工")

    await customer.sees(("我", "转人工"), ("机器人", "收到：转人工"))


@pytest.mark.channel("web", feature="历史记录")
async def test_a_reload_keeps_the_history(customer):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.page.reload()

    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.says("二")
    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))


@pytest.mark.channel("web", feature="历史记录")
@pytest.mark.channel("web", feature="同一客户同一会话")
async def test_a_second_page_of_the_same_browser_shows_the_same_talk(customer):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    first, url = customer.page, customer.page.url
    await customer.goes_to(url)
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.says("二")
    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))

    customer.page = first
    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "二"), ("机器人", "收到：二"))


async def test_a_conversation_that_has_expired_is_told_and_a_new_one_begins(start_bot, open_chat):
    async with start_bot() as bot:
        customer = await open_chat(bot.url)
        await customer.says("一")
        await customer.sees(("我", "一"), ("机器人", "收到：一"))
        port = int(bot.url.rpartition(":")[2])
    await customer.page.goto("about:blank")
    await asyncio.sleep(1.1)  # a token's age counts in seconds

    async with start_bot(port=port, visitor_max_age=timedelta(seconds=0)) as bot:
        await customer.page.goto(f"{bot.url}/chat.html")
        await customer.sees_text("上次的对话已经过期")
        await customer.sees()


async def test_a_conversation_that_ends_in_the_middle_goes_on_as_a_new_one(bot, customer):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.page.evaluate("localStorage.setItem('shouwen.token', 'forged')")
    await customer.page.reload()
    await customer.sees_text("上次的对话已经失效")
    await customer.says("二")

    await customer.sees(("我", "二"), ("机器人", "收到：二"))


@pytest.mark.channel("web", feature="同一客户同一会话")
async def test_a_conversation_that_another_page_of_the_browser_began_is_taken_up(bot, customer):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    elsewhere = await bot.visitor()
    await elsewhere.says("别处")
    await elsewhere.sees(2)
    await customer.page.evaluate("token => localStorage.setItem('shouwen.token', token)", elsewhere.token)
    await customer.says("二")

    await customer.sees(("我", "别处"), ("机器人", "收到：别处"), ("我", "二"), ("机器人", "收到：二"))


@pytest.mark.channel("web", feature="个人信息告知")
async def test_what_is_kept_and_why_is_told_before_the_first_use_and_stays_at_hand(customer):
    await customer.sees_text("只用来办您的事")
    await customer.presses("知道了")
    await expect(customer.page.get_by_text("只用来办您的事")).to_be_hidden()
    await customer.page.reload()
    await expect(customer.page.get_by_text("只用来办您的事")).to_be_hidden()

    await customer.page.get_by_text("个人信息说明").click()
    await customer.sees_text("只用来办您的事")


@pytest.mark.channel("web", feature="个人信息告知")
async def test_nothing_is_kept_of_who_only_looks(customer, engine):
    await customer.sees_text("您好")

    assert await customer.page.evaluate("Object.keys(localStorage)") == []
