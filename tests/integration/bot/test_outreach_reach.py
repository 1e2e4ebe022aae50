"""By what a message that we start reaches its customer: whoever has the page open reads it there, else nobody does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.vocabulary import Channel
from bot.conversations.open_pages import PRESENT_FOR, SAID_AGAIN, OpenPages
from bot.conversations.peers import Peers
from bot.conversations.reached import Reached
from bot.conversations.store import Store
from bot.conversations.threads import Threads
from bot.outreach.reach import Outreach, Reach
from tests.integration.bot.visitor import PATIENCE

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


def a_notice(visitor, **changed):
    return {"id": "n1", "conversation": visitor.conversation, "text": "您的电视已经修好"} | changed


async def reach(bot, notice):
    answer = await bot.notice(notice)
    assert answer.status_code in {200, 202}, answer.text
    return answer.json()["reach"]


@pytest.mark.channel("web", feature="主动通知")
async def test_who_has_the_page_open_is_reached_by_the_chat(bot, visitor):
    async with visitor.listening() as page:
        assert await reach(bot, a_notice(visitor)) == "chat"
        assert await page.texts(1) == [(1, "您的电视已经修好")]


@pytest.mark.channel("web", feature="主动通知")
async def test_who_asks_for_news_again_and_again_is_reached_too(bot, visitor):
    await visitor.log()

    assert await reach(bot, a_notice(visitor)) == "chat"


async def test_who_never_looked_is_reached_by_nothing_and_finds_it_there_later(bot, visitor):
    assert await reach(bot, a_notice(visitor)) == "none"
    assert await visitor.sees(1) == [("bot", "您的电视已经修好")]


async def test_who_closed_the_page_is_not_reached_any_more(bot, visitor):
    async with visitor.listening():
        assert await reach(bot, a_notice(visitor)) == "chat"

    async with asyncio.timeout(PATIENCE):
        number = 1
        while await reach(bot, a_notice(visitor, id=f"later-{number}")) == "chat":
            number += 1


async def test_of_two_pages_one_is_enough(bot, visitor):
    async with visitor.listening() as page:
        async with bot.same_visitor(visitor).listening():
            pass
        await asyncio.sleep(0.2)
        assert await reach(bot, a_notice(visitor)) == "chat"
        assert len(await page.texts(1)) == 1


async def test_a_repeated_notice_is_answered_as_the_first_was_also_after_a_restart(start_bot):
    async with start_bot() as bot:
        visitor = await bot.visitor()
        assert await reach(bot, a_notice(visitor)) == "none"
    async with start_bot() as bot, bot.same_visitor(visitor).listening():
        assert await reach(bot, a_notice(visitor)) == "none"
        assert await reach(bot, a_notice(visitor, id="n2")) == "chat"


@pytest.fixture
def conversation(bot_database):
    def of(channel=Channel.WECHAT, name="c1"):
        return Peers(bot_database).open(conversation=name, channel=channel, peer=name, at=AT)

    return of


@pytest.fixture
def noted(bot_database):
    def noted(conversation, notice_id="n1"):
        Store(bot_database).notice(notice_id=notice_id, conversation=conversation.id, text="已修好", at=AT)

    return noted


class Pushes:
    """A channel that counts what it was given, and dies on the way back if it is told to."""

    def __init__(self, reach: Reach = Reach.WECHAT) -> None:
        self.given: list[str] = []
        self.reach = reach
        self.dies = False

    async def __call__(self, conversation, text):
        self.given.append(f"{conversation.id}: {text}")
        if self.dies:
            raise ConnectionResetError
        return self.reach


@pytest.fixture
def threads():
    made = Threads()
    yield made
    made.close()


@pytest.fixture
def outreach(bot_database, threads):
    def over(**channels):
        by = {Channel(name): push for name, push in channels.items()}
        return Outreach(channels=by, reached=Reached(bot_database), threads=threads)

    return over


async def test_each_channel_is_pushed_by_its_own_and_the_others_by_nothing(outreach, conversation, noted):
    wechat = Pushes(Reach.TEMPLATE)
    carry = outreach(wechat=wechat).carry
    for name, channel in (("c1", Channel.WECHAT), ("c2", Channel.HOTLINE)):
        noted(conversation(channel, name), f"of-{name}")

    of_wechat = await carry(notice_id="of-c1", conversation=conversation(), text="已修好")
    of_hotline = await carry(notice_id="of-c2", conversation=conversation(Channel.HOTLINE, "c2"), text="已修好")

    assert (of_wechat, of_hotline) == (Reach.TEMPLATE, Reach.NONE)
    assert wechat.given == ["c1: 已修好"]


async def test_what_was_pushed_and_written_down_is_not_pushed_again(outreach, conversation, noted):
    wechat, one = Pushes(), conversation()
    noted(one)
    for _ in range(3):
        assert await outreach(wechat=wechat).carry(notice_id="n1", conversation=one, text="已修好") is Reach.WECHAT

    assert len(wechat.given) == 1


async def test_what_died_between_pushing_and_writing_down_is_pushed_again_never_lost(outreach, conversation, noted):
    wechat, one = Pushes(), conversation()
    noted(one)
    wechat.dies = True
    with pytest.raises(ConnectionResetError):
        await outreach(wechat=wechat).carry(notice_id="n1", conversation=one, text="已修好")
    wechat.dies = False

    assert await outreach(wechat=wechat).carry(notice_id="n1", conversation=one, text="已修好") is Reach.WECHAT
    assert len(wechat.given) == 2


def test_of_two_processes_that_write_down_at_once_the_first_one_stands(bot_database, conversation, noted):
    noted(conversation())
    reached = Reached(bot_database)
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda n: reached.write_down(notice_id="n1", reach=["wechat", "none"][n % 2]), range(16)))

    assert set(said) == {reached.by(notice_id="n1")}


def test_a_page_is_open_for_as_long_as_it_says_so_and_a_minute_more(bot_database, conversation):
    pages, one = OpenPages(bot_database), conversation(Channel.WEBCHAT)
    assert not pages.is_open(conversation=one.id, at=AT)

    pages.seen(conversation=one.id, at=AT)
    pages.seen(conversation=one.id, at=AT + SAID_AGAIN / 2)  # too soon to be worth writing
    assert pages.is_open(conversation=one.id, at=AT + PRESENT_FOR - timedelta(seconds=1))
    assert not pages.is_open(conversation=one.id, at=AT + PRESENT_FOR)

    pages.seen(conversation=one.id, at=AT + SAID_AGAIN)
    assert pages.is_open(conversation=one.id, at=AT + PRESENT_FOR)
    pages.gone(conversation=one.id)
    assert not pages.is_open(conversation=one.id, at=AT + SAID_AGAIN)


def test_pages_that_say_so_at_the_same_time_are_one_row(bot_database, conversation):
    pages, one = OpenPages(bot_database), conversation(Channel.WEBCHAT)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: pages.seen(conversation=one.id, at=AT), range(16)))

    assert pages.is_open(conversation=one.id, at=AT)
