"""Talking on WeChat: one answer in time or afterwards, whatever is sent, and nothing twice."""

import asyncio
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sanic.response import json as json_response

from tests.integration.bot.conftest import saying
from tests.integration.bot.follower import Follower
from tests.integration.bot.wechat_platform import MEDIA, NOT_FOLLOWING, QUOTA_USED, SEND, TEMPLATE, TYPING

pytestmark = pytest.mark.usefixtures("platform")


def a_photo(kind="PNG"):
    written = BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, format=kind)
    return written.getvalue()


def offering(text, *titles):
    buttons = [{"title": title, "payload": f"{title}的"} for title in titles]
    return {"messages": [{"text": text, "buttons": buttons}]}


@pytest.fixture
def answers(engine):
    """answers("对吗？", …): what the engine says from now on."""

    def change(*texts, after=0.0, **more):
        async def behaviour(body):
            await asyncio.sleep(after)
            return offering(texts[0], *more["options"]) if more else saying(*texts)

        engine.behaviour = behaviour

    return change


@pytest.fixture(params=[False, True], ids=["plain", "safe"])
async def talk(official, request):
    async with official(aes=request.param) as bot:
        yield Follower(bot.http, aes=request.param)


@pytest.fixture
async def follower(official):
    async with official() as bot:
        yield Follower(bot.http)


@pytest.fixture
async def hurried(official):
    """One whose reply is due within a second."""
    async with official(in_time=1.0) as bot:
        yield Follower(bot.http)


@pytest.mark.channel("wechat", feature="问答")
async def test_an_answer_in_time_is_the_reply_in_one_bubble(talk, answers, engine, platform):
    answers("电视看不了确实着急。", "请问您住哪里？")

    assert await talk.says("电视没信号") == "电视看不了确实着急。\n\n请问您住哪里？"
    assert engine.asked[0]["metadata"]["channel"] == "wechat"
    await asyncio.sleep(2.5)
    assert platform.taken == []


async def test_a_text_that_looks_like_the_end_of_its_wrapping_arrives_whole(talk, answers):
    told = "您说的“]]><![CDATA[ ]]>”& <b>我没看懂"
    answers(told)

    assert await talk.says("]]><a>&amp;") == told


@pytest.mark.channel("wechat", feature="等待提示")
async def test_a_late_answer_is_sent_afterwards_and_once(hurried, answers, platform):
    answers("让您久等了。", "查到了。", after=1.5)

    assert await hurried.says("查进度") is None
    assert await platform.sent(1) == ["让您久等了。\n\n查到了。"]
    assert [body["command"] for body in platform.of(TYPING)] == ["Typing"]
    await asyncio.sleep(2.5)
    assert len(platform.texts) == 1
    assert await hurried.says("谢谢") is None  # the next one is late as well, and is not the one before again
    assert len(await platform.sent(2)) == 2


@pytest.mark.channel("wechat", feature="选项")
async def test_options_have_numbers_in_a_reply_and_a_number_is_its_option(talk, answers, engine):
    answers("地址对吗？", options=["对", "不对"])

    assert await talk.says("红谷滩区丰和北大道66号") == "地址对吗？\n\n回复数字即可选择：\n1. 对\n2. 不对"
    await talk.says("２")
    await talk.says("3")
    await talk.says("22")
    assert engine.ran[1:] == ["不对的", "3", "22"]


@pytest.mark.channel("wechat", feature="选项")
async def test_options_are_clicked_in_what_is_sent_and_a_click_is_its_option(hurried, answers, engine, platform):
    answers("地址对吗？", after=1.5, options=["对", "不对"])
    assert await hurried.says("红谷滩区丰和北大道66号") is None
    await platform.sent(1)
    [menu] = [body["msgmenu"] for body in platform.of(SEND)]
    assert [each["content"] for each in menu["list"]] == ["对", "不对"]

    answers("好的。")
    assert await hurried.says("不对", bizmsgmenuid=menu["list"][1]["id"]) == "好的。"
    await hurried.says("不对", bizmsgmenuid="99999901")
    await hurried.says("别的", bizmsgmenuid=menu["list"][0]["id"])
    await hurried.says("对", bizmsgmenuid="x" * 300)
    assert engine.ran[1:] == ["不对的", "不对", "别的", "对"]


@pytest.mark.channel("wechat", feature="重复消息只办一次")
async def test_three_tries_that_arrive_together_are_one_turn_with_one_answer(talk, answers, engine, platform):
    answers("收到。", after=0.5)

    replies = await talk.tries_three_times(talk.text("电视没信号"))
    assert sorted(replies, key=str) == [None, None, "收到。"]
    assert engine.ran == ["电视没信号"]
    await asyncio.sleep(2.5)
    assert platform.texts == []


async def test_the_answer_goes_to_the_try_that_came_last(follower, answers, engine):
    answers("收到。", after=0.8)

    assert await follower.tries_three_times(follower.text("电视没信号"), apart=0.2) == [None, None, "收到。"]


async def test_a_try_that_comes_after_the_reply_has_not_received_it(follower, answers, engine, platform):
    answers("收到。")
    message = follower.text("电视没信号")

    assert [await follower.posts(message) for _ in range(3)] == ["收到。"] * 3
    assert engine.ran == ["电视没信号"]
    assert await follower.says("您好") == "收到。"
    await asyncio.sleep(2.5)
    assert platform.texts == []


async def test_a_try_that_comes_after_all_was_sent_gets_nothing_more(hurried, answers, engine, platform):
    answers("收到。", after=1.5)
    message = hurried.text("电视没信号")
    assert await hurried.posts(message) is None
    await platform.sent(1)

    assert await hurried.posts(message) is None
    assert (engine.ran, platform.texts) == (["电视没信号"], ["收到。"])


async def test_two_messages_of_the_same_words_are_two(follower, engine):
    assert await follower.says("您好") == "收到：您好"
    assert await follower.says("您好") == "收到：您好"
    assert engine.ran == ["您好", "您好"]


async def test_several_messages_at_once_are_all_answered_once(hurried, answers, engine, platform):
    answers("收到。", after=0.4)
    replies = await asyncio.gather(*(hurried.says(f"第{number}句") for number in range(5)))
    given = [reply for reply in replies if reply]
    async with asyncio.timeout(20):
        while "".join(given + platform.texts).count("收到。") < 5:
            await asyncio.sleep(0.1)
    await asyncio.sleep(2)

    assert len(engine.ran) == 5
    assert "".join(given + platform.texts).count("收到。") == 5


async def test_a_long_answer_is_sent_in_bubbles_that_wechat_takes(follower, answers, platform):
    long = "这一句话刚好是十五个汉字组成的。" * 60
    answers(long, "还有别的事吗？")

    assert await follower.says("说说承诺") is None
    await platform.sent(3)
    assert "".join(platform.texts) == f"{long}还有别的事吗？"


@pytest.mark.channel("wechat", feature="同一客户同一会话")
async def test_a_follower_has_one_conversation_and_another_has_their_own(official, engine):
    async with official() as bot:
        follower, other = Follower(bot.http), Follower(bot.http)
        for each, text in ((follower, "一"), (other, "二"), (follower, "三")):
            await each.says(text)

    conversations = [asked["conversation"] for asked in engine.asked]
    assert conversations[0] == conversations[2] != conversations[1]


@pytest.mark.channel("wechat", feature="语音输入")
async def test_a_voice_that_wechat_has_recognised_is_what_was_said(follower, engine):
    voice = {"MediaId": "m1", "Format": "amr"}
    assert await follower.posts(follower.message("voice", **voice, Recognition="电视没信号了")) == "收到：电视没信号了"

    told = await follower.posts(follower.message("voice", **voice, Recognition=""))
    assert "打字" in told
    assert engine.ran == ["电视没信号了"]


async def test_what_can_not_be_read_is_told_so(follower, engine):
    told = await follower.posts(follower.message("video", MediaId="m1", ThumbMediaId="m2"))

    assert "这类消息我看不了" in told
    assert "还没有输入内容" in await follower.says("　")
    assert engine.ran == []


@pytest.mark.channel("wechat", feature="图片上传")
async def test_a_photo_is_fetched_kept_and_goes_to_the_engine_with_its_id(follower, engine, platform, official):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    assert await follower.posts(follower.message("image", MediaId="m1", PicUrl="http://x")) == "收到：[照片]"

    [asked] = engine.asked
    assert asked["metadata"]["attachment"]


@pytest.mark.channel("wechat", feature="图片上传")
@pytest.mark.parametrize(
    ("content", "told"),
    [("电视坏了".encode(), "不是照片"), (bytes(6 * 1024 * 1024), "一张最多 5 MB"), (None, "再发一次")],
    ids=["no photo", "too large", "not there"],
)
async def test_what_is_no_photo_is_told_so(follower, engine, platform, content, told):
    if content is not None:
        platform.files["m1"] = (content, "image/jpeg")

    assert told in await follower.posts(follower.message("image", MediaId="m1"))
    assert engine.ran == []


async def test_a_photo_that_wechat_does_not_give_at_once_is_fetched_later(hurried, engine, platform):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    platform.fails[MEDIA].extend([-1, json_response({}, status=502)])
    assert await hurried.posts(hurried.message("image", MediaId="m1")) is None

    assert await platform.sent(1, within=30) == ["收到：[照片]"]
    assert len(engine.ran) == 1


async def test_the_same_photo_tried_three_times_is_one(follower, engine, platform):
    platform.files["m1"] = (a_photo(), "image/jpeg")
    await follower.tries_three_times(follower.message("image", MediaId="m1"))
    await asyncio.sleep(2.5)

    assert len(engine.ran) == 1


async def test_a_place_is_its_address_in_words(follower, engine):
    place = {"Location_X": "28.69", "Location_Y": "115.85", "Scale": "16"}
    label = "江西省南昌市红谷滩区丰和中大道888号"
    await follower.posts(follower.message("location", **place, Label=label))
    told = await follower.posts(follower.message("location", **place, Label=""))

    assert engine.ran == [label]
    assert "请您把地址打给我" in told


@pytest.mark.channel("wechat", feature="欢迎语")
@pytest.mark.channel("wechat", feature="个人信息告知")
async def test_who_follows_is_welcomed_told_what_is_kept_and_offered_what_there_is(follower, engine, platform):
    told = await follower.happens("subscribe", EventKey="")

    assert told.startswith("您好")
    assert "只用来办您的事" in told
    assert "1. 电视报修" in told
    await follower.says("1")
    assert engine.ran == ["电视没信号了"]
    assert platform.texts == []


async def test_the_same_event_three_times_is_one_welcome(follower, platform):
    event = follower.fields("event", Event="subscribe", EventKey="")
    replies = await follower.tries_three_times(event)
    await asyncio.sleep(2.5)

    welcomes = [reply for reply in replies if reply]
    assert len(set(welcomes)) == 1
    assert platform.texts == []


async def test_an_entry_of_the_menu_says_what_a_customer_could_have_typed(follower, engine):
    assert await follower.presses("progress") == "收到：查进度"
    assert await follower.presses("of another time") is None
    assert engine.ran == ["查进度"]


async def test_an_area_s_card_tells_manager_and_team(follower, engine):
    told = await follower.happens("SCAN", EventKey="honggutan", Ticket="t")

    assert "红谷滩区" in told
    assert "片区客户经理：工号 1015" in told
    assert "维护人员：工号 1024" in told
    assert "服务热线：96130" in told
    assert engine.ran == []
    assert await follower.happens("SCAN", EventKey="of-something-else", Ticket="t") is None


async def test_who_follows_by_an_area_s_card_is_welcomed_and_told_both(follower):
    told = await follower.happens("subscribe", EventKey="qrscene_honggutan", Ticket="t")

    assert "您好" in told
    assert "片区客户经理：工号 1015" in told


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "unheard_of"])
async def test_what_only_happens_is_taken_note_of(follower, engine, event):
    more = {"EventKey": "http://x", "Latitude": "28.6", "Longitude": "115.8", "Precision": "30", "Status": "success"}

    assert await follower.happens(event, **more) is None
    assert engine.ran == []


@pytest.mark.channel("wechat", feature="主动通知")
async def test_a_notice_of_ours_arrives_while_it_may(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        conversation = engine.asked[0]["conversation"]
        told = await bot.notice({"id": "n1", "conversation": conversation, "text": "已修好"})
        assert (told.status_code, told.json()["reach"]) == (202, "wechat")
        assert await platform.sent(1) == ["已修好"]


@pytest.mark.channel("wechat", feature="主动通知")
async def test_a_notice_that_may_not_be_sent_is_told_by_a_template_and_read_later(official, platform, engine):
    template = {"template": "TM001", "template_fields": {"title": "thing1", "number": "character_string2"}}
    async with official(**template) as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        platform.fails[SEND].append(QUOTA_USED)
        notice = {"conversation": engine.asked[0]["conversation"], "text": "工单 261122 0001 8 已修好"}
        told = await bot.notice(notice | {"id": "n1"})
        assert told.json()["reach"] == "template"
        [sent] = platform.of(TEMPLATE)
        assert sent["data"]["character_string2"] == {"value": "261122 0001 8"}

        assert await follower.says("好了吗") == "工单 261122 0001 8 已修好\n\n收到：好了吗"


async def test_a_notice_that_reaches_nobody_on_wechat_says_so(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        await follower.happens("unsubscribe", EventKey="")
        told = await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        assert told.json()["reach"] == "none"


async def test_who_has_left_is_sent_nothing_and_has_it_when_they_come_back(official, platform, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        assert await follower.happens("unsubscribe", EventKey="") is None
        await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        await asyncio.sleep(2.5)
        assert platform.asked == []

        await asyncio.sleep(1)  # WeChat's times are whole seconds
        told = await follower.happens("subscribe", EventKey="")
        assert told.startswith("已修好\n\n您好")


@pytest.mark.parametrize("code", [QUOTA_USED, NOT_FOLLOWING])
async def test_what_wechat_does_not_allow_waits_for_the_next_word_of_the_customer(official, platform, engine, code):
    async with official() as bot:
        follower = Follower(bot.http)
        await follower.says("您好")
        platform.fails[SEND].append(code)
        await bot.notice({"id": "n1", "conversation": engine.asked[0]["conversation"], "text": "已修好"})
        await asyncio.sleep(4)
        assert len([path for path, _ in platform.asked if path == SEND]) == 1

        await asyncio.sleep(1)
        assert await follower.says("好了吗") == "已修好\n\n收到：好了吗"


async def test_while_wechat_is_away_it_is_tried_again(hurried, answers, platform):
    platform.fails[SEND].extend([-1, json_response([], status=200)])
    answers("让您久等了。", after=1.5)

    assert await hurried.says("查进度") is None
    assert await platform.sent(1, within=30) == ["让您久等了。"]
    await asyncio.sleep(2)
    assert len(platform.texts) == 1


@pytest.mark.channel("wechat", feature="限流")
async def test_who_floods_is_told_to_wait(official, engine):
    async with official(message_rate="2/minute") as bot:
        follower = Follower(bot.http)
        for _ in range(2):
            await follower.says("您好")
        assert "太快" in await follower.says("您好")
        assert len(engine.ran) == 2


@pytest.mark.channel("wechat", feature="引擎故障告知")
async def test_while_the_engine_is_away_it_is_told_and_answered_later(hurried, engine, platform):
    await engine.down()
    assert await hurried.says("电视没信号") is None
    assert "已经收到并保存好" in (await platform.sent(1))[0]
    await engine.up()
    assert (await platform.sent(2, within=30))[1] == "收到：电视没信号"


async def test_the_log_names_no_customer(follower, capfd):
    await follower.says(f"电话13807911234 {uuid4().hex}")
    written = capfd.readouterr()

    assert follower.openid not in written.err + written.out
