"""What is sent to WeChat, before a stand-in of its interface that is slow, broken and full of refusals."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sanic import HTTPResponse

from bot.channels.wechat.access_token import AccessToken, KeptTokens
from bot.channels.wechat.allowance import Allowance, Opening
from bot.channels.wechat.api import Template, WechatApi
from bot.channels.wechat.calls import Calls
from bot.channels.wechat.errors import NotFollowing, QuotaUsed, WechatUnavailable, WindowClosed
from bot.conversations.messages import Button
from bot.conversations.threads import Threads
from tests.integration.bot.wechat import platform as platform_of
from tests.integration.bot.wechat.platform import APP_ID, APP_SECRET, SEND, TEMPLATE, TOKEN

OPENID = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
YES_NO = (Button(title="对", payload="对的"), Button(title="不对", payload="不对的"))


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def allowance(bot_database):
    return Allowance(bot_database)


@pytest.fixture
async def new_api(platform, bot_database, allowance, clock):
    """await new_api(): one process's own, on the database that all share."""
    threads, made = Threads(), []

    def make(**changed):
        calls = Calls(base_url=platform.url, timeout=changed.pop("timeout", 5.0))
        token = AccessToken(
            app_id=APP_ID,
            secret=changed.pop("secret", APP_SECRET),
            database=bot_database,
            calls=calls,
            threads=threads,
            clock=clock,
        )
        made.append(WechatApi(calls=calls, token=token, allowance=allowance, threads=threads, clock=clock, **changed))
        return made[-1]

    yield make
    for api in made:
        await api.close()
    threads.close()


@pytest.fixture
def api(new_api, allowance):
    allowance.opened(openid=OPENID, kind=Opening.MESSAGE, at=NOW)
    return new_api()


async def test_a_text_arrives_in_chinese_and_with_its_line_breaks(api, platform):
    await api.send_text(OPENID, "您好\n工单号 261122 0001 8")

    assert platform.of(SEND) == [
        {"touser": OPENID, "msgtype": "text", "text": {"content": "您好\n工单号 261122 0001 8"}}
    ]


async def test_options_are_there_to_be_clicked(api, platform):
    await api.send_text(OPENID, "对吗？", YES_NO, menu=12)

    [sent] = platform.of(SEND)
    assert sent["msgmenu"]["head_content"] == "对吗？"
    assert sent["msgmenu"]["list"] == [{"id": "1201", "content": "对"}, {"id": "1202", "content": "不对"}]


async def test_an_account_without_menus_sends_numbers(api, platform, allowance):
    platform.fails[SEND].append(40200)
    await api.send_text(OPENID, "对吗？", YES_NO)

    assert platform.texts == ["对吗？\n\n回复数字即可选择：\n1. 对\n2. 不对"]
    assert allowance.left(openid=OPENID, at=NOW) == 4


async def test_a_text_that_is_too_long_comes_in_parts_that_end_with_a_sentence(api, platform):
    sentence = "这一句话刚好是十五个汉字组成的。"
    await api.send_text(OPENID, sentence * 60, YES_NO)

    assert "".join(platform.texts) == sentence * 60
    assert len(platform.texts) == 2
    assert all(text.endswith("。") for text in platform.texts)
    assert [sent["msgtype"] for sent in platform.of(SEND)] == ["text", "msgmenu"]


@pytest.mark.channel("wechat", feature="接口凭证")
async def test_processes_share_one_token_and_one_of_them_fetches_it(new_api, api, platform):
    processes = [api, *(new_api() for _ in range(7))]
    await asyncio.gather(*(each.typing(OPENID) for each in processes))

    assert [body["force_refresh"] for path, body in platform.asked if path == TOKEN] == [False]
    assert len(platform.of(platform_of.TYPING)) == 8


@pytest.mark.channel("wechat", feature="接口凭证")
async def test_the_token_is_renewed_before_it_ends_by_one_process(new_api, api, platform, clock):
    processes = [api, *(new_api() for _ in range(7))]
    await api.typing(OPENID)
    platform.token, clock.now = "the-next-token", NOW + timedelta(seconds=7200) - timedelta(minutes=3)
    old_still_good = platform.fails[platform_of.TYPING]
    assert not old_still_good
    await asyncio.gather(*(each.typing(OPENID) for each in processes))

    assert platform.given == 2


async def test_while_the_token_can_not_be_renewed_the_old_one_is_used(api, platform, clock):
    await api.typing(OPENID)
    clock.now = NOW + timedelta(seconds=7200) - timedelta(minutes=3)
    platform.fails[TOKEN].append(platform_of.BUSY)
    await api.typing(OPENID)

    assert len(platform.of(platform_of.TYPING)) == 2


async def test_a_process_that_died_while_renewing_is_not_waited_for_for_ever(api, platform, clock, bot_database):

    assert KeptTokens(bot_database, app_id=APP_ID).to_renew(seen="", now=NOW)
    clock.now = NOW + timedelta(seconds=30)
    await api.typing(OPENID)

    assert len(platform.of(platform_of.TYPING)) == 1


async def test_a_refused_token_is_renewed_once_and_the_message_sent_once(api, platform):
    await api.typing(OPENID)
    platform.revoke()
    await api.send_text(OPENID, "您好")

    assert platform.texts == ["您好"]
    assert platform.given == 2


async def test_a_refused_token_that_is_given_out_again_is_forced_to_change(api, platform):
    await api.typing(OPENID)
    platform.stubborn = True
    platform.fails[SEND].append(40001)
    await api.send_text(OPENID, "您好")

    assert platform.texts == ["您好"]
    assert [body["force_refresh"] for path, body in platform.asked if path == TOKEN] == [False, False, True]


async def test_a_token_that_stays_refused_is_an_error_after_the_second_call(api, platform, allowance):
    platform.fails[SEND].extend([40001] * 10)
    with pytest.raises(WechatUnavailable):
        await api.send_text(OPENID, "您好")

    assert len([path for path, _ in platform.asked if path == SEND]) == 2
    assert allowance.left(openid=OPENID, at=NOW) == 5


async def test_a_wrong_secret_is_an_error(new_api, allowance):
    allowance.opened(openid=OPENID, kind=Opening.MESSAGE, at=NOW)
    with pytest.raises(WechatUnavailable, match="40001"):
        await new_api(secret="wrong").send_text(OPENID, "您好")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (platform_of.OUTSIDE_WINDOW, WindowClosed),
        (platform_of.QUOTA_USED, QuotaUsed),
        (platform_of.NOT_FOLLOWING, NotFollowing),
    ],
)
async def test_what_wechat_does_not_allow_is_noted_and_not_asked_again(api, platform, allowance, code, error):
    platform.fails[SEND].append(code)
    with pytest.raises(error):
        await api.send_text(OPENID, "您好")
    assert allowance.left(openid=OPENID, at=NOW) == 0

    with pytest.raises(NotFollowing if error is NotFollowing else QuotaUsed):
        await api.send_text(OPENID, "您好")
    assert len([path for path, _ in platform.asked if path == SEND]) == 1


@pytest.mark.parametrize(
    "fault",
    [
        platform_of.BUSY,
        platform_of.SLOW,
        HTTPResponse("<html>502</html>", status=502),
        HTTPResponse("{", content_type="application/json"),
        HTTPResponse("[]", content_type="application/json"),
        HTTPResponse('{"errcode": "no"}', content_type="application/json"),
        HTTPResponse(b"\xff\xfe{}", content_type="application/json"),
    ],
    ids=["busy", "slow", "bad gateway", "half", "a list", "odd code", "odd bytes"],
)
async def test_a_failing_interface_is_an_error_in_time_that_costs_nothing(new_api, platform, allowance, fault):
    allowance.opened(openid=OPENID, kind=Opening.MESSAGE, at=NOW)
    api = new_api(timeout=0.5)
    platform.fails[SEND].append(fault)
    async with asyncio.timeout(5):
        with pytest.raises(WechatUnavailable) as told:
            await api.send_text(OPENID, "您好")

    assert platform.token not in repr(told.value)
    assert allowance.left(openid=OPENID, at=NOW) == 5


async def test_nobody_at_the_other_end_is_an_error(new_api, platform, allowance):
    allowance.opened(openid=OPENID, kind=Opening.MESSAGE, at=NOW)
    platform.url = "http://127.0.0.1:9"
    with pytest.raises(WechatUnavailable):
        await new_api().send_text(OPENID, "您好")


async def test_a_template_carries_what_it_has_words_for(new_api, platform):
    template = Template(id="TM001", fields={"number": "character_string1", "title": "thing2"})
    api = new_api(template=template)
    values = {
        "number": "261122 0001 8",
        "title": "电视没信号的报修已经安排维修师傅上门处理请保持电话畅通",
        "time": "明天",
    }

    assert await api.send_template(OPENID, values, key="n-1")
    [sent] = platform.of(TEMPLATE)
    assert sent == {
        "touser": OPENID,
        "template_id": "TM001",
        "client_msg_id": "n-1",
        "data": {
            "character_string1": {"value": "261122 0001 8"},
            "thing2": {"value": "电视没信号的报修已经安排维修师傅上门处…"},
        },
    }


async def test_without_a_template_none_is_sent(api, platform):
    assert not await api.send_template(OPENID, {"title": "您好"}, key="n-1")
    assert platform.taken == []
