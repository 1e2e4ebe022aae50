"""A call that is talked in, before a stand-in engine."""

import asyncio

import pytest

from bot.channels.hotline import prompts
from bot.conversations.database import open_database
from bot.conversations.peers import Peers
from bot.conversations.store import Store
from tests.integration.bot.caller import MOBILE, SECRET, Caller
from tests.integration.bot.stand_in_engine import saying
from tests.integration.bot.visitor import PATIENCE

HELLO, INVITATION = "您好，江西广电客服。我是机器人。", "请直接说您要办的事。"


@pytest.fixture
async def caller(start_bot):
    async with start_bot(jambonz_secret=SECRET) as bot:
        yield Caller(http=bot.http)


def buttons(*titles):
    return [{"title": title, "payload": f"我选{title}"} for title in titles]


@pytest.mark.channel("hotline", feature="欢迎语")
@pytest.mark.channel("hotline", feature="标明机器人或坐席")
async def test_the_operator_s_own_words_welcome_who_calls_and_tell_that_a_machine_speaks(caller):
    heard = await caller.calls()
    assert heard.startswith(HELLO)
    assert heard.endswith(INVITATION)

    gather = caller.last[-1]
    assert gather["input"] == ["speech", "digits"]
    assert gather["timeout"] > 0
    assert {"机顶盒", "红谷滩区", "红谷滩营业厅"} <= set(gather["recognizer"]["hints"])
    assert len(gather["recognizer"]["hints"]) <= 100


@pytest.mark.channel("hotline", feature="个人信息告知")
async def test_what_is_kept_and_why_is_told_to_each_number_once(caller):
    told = HELLO + prompts.PERSONAL_DATA + INVITATION
    assert await caller.calls() == told

    assert await Caller(http=caller.http).calls() == HELLO + INVITATION
    assert [await Caller(http=caller.http, phone="anonymous").calls() for _ in range(2)] == [told, told]


@pytest.mark.channel("hotline", feature="抢话")
async def test_whoever_knows_what_they_want_talks_over_what_is_said_or_presses_a_key(caller):
    await caller.calls()
    welcomed = caller.last[-1]
    await caller.says("查进度")

    for gather in (welcomed, caller.last[-1]):
        assert (gather["bargein"], gather["dtmfBargein"], gather["listenDuringPrompt"]) == (True, True, True)
        assert gather["say"]["text"]


@pytest.mark.channel("hotline", feature="问答")
@pytest.mark.channel("hotline", feature="语音输入")
async def test_what_is_said_is_a_turn_with_all_that_the_recogniser_offers(caller, engine):
    await caller.calls()

    assert await caller.says("我家电视没信号", "我加电视没信号") == "收到：我家电视没信号。"

    (turn,) = engine.asked
    metadata = turn["metadata"]
    assert turn["text"] == "我家电视没信号"
    assert (metadata["channel"], metadata["phone"], metadata["confidence"]) == ("hotline", MOBILE, 0.9)
    assert metadata["alternatives"] == [
        {"text": "我家电视没信号", "confidence": 0.9},
        {"text": "我加电视没信号", "confidence": 0.8},
    ]


@pytest.mark.channel("hotline", feature="名称按拼音纠正")
async def test_a_name_of_the_charter_is_put_right_in_every_alternative(caller, engine):
    await caller.calls()
    await caller.says("我住红古滩区", "我住洪骨滩区")

    (turn,) = engine.asked
    assert turn["text"] == "我住红谷滩区"
    assert [each["text"] for each in turn["metadata"]["alternatives"]] == ["我住红谷滩区"] * 2


@pytest.mark.channel("hotline", feature="重复消息只办一次")
async def test_the_same_webhook_twice_is_one_turn_with_one_answer(caller, engine):
    await caller.calls()
    hook = caller.hook_of_gather
    told = {"reason": "speechDetected", "speech": {"alternatives": [{"transcript": "查进度", "confidence": 0.9}]}}

    first = await caller.hook(hook, **told)
    again = await caller.hook(hook, **told)

    assert first == again
    assert engine.ran == ["查进度"]


@pytest.mark.channel("hotline", feature="同一客户同一会话")
@pytest.mark.channel("hotline", feature="来电号码作联系电话")
async def test_a_call_is_one_conversation_known_by_its_number(caller, tmp_path):
    await caller.calls()
    await caller.calls()
    await caller.says("查进度")

    database = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    (conversation,) = Peers(database).of_phone(phone=MOBILE)
    messages = Store(database).messages(conversation=conversation.id, after=0, most=10)
    database.dispose()
    assert (conversation.channel, conversation.peer) == ("hotline", caller.sid)
    assert [message.text for message in messages] == [
        HELLO + prompts.PERSONAL_DATA,
        INVITATION,
        "查进度",
        "收到：查进度",
    ]


@pytest.mark.channel("hotline", feature="来电号码作联系电话")
@pytest.mark.parametrize("number", ["sip:anonymous@anonymous.invalid", "anonymous", "+86123", ""])
async def test_who_calls_without_a_number_is_served_too(caller, engine, number):
    caller.phone = number
    await caller.calls()
    await caller.says("查进度")

    assert engine.asked[0]["metadata"]["phone"] is None


@pytest.mark.channel("hotline", feature="按键输入")
async def test_digits_are_what_was_typed(caller, engine):
    await caller.calls()
    await caller.types("13807911234")

    assert engine.ran == ["13807911234"]


@pytest.mark.channel("hotline", feature="选项")
async def test_a_key_picks_the_choice_of_the_last_question(caller, engine):
    async def ask(body):
        return {**saying("现在好了吗？"), "messages": [{"text": "现在好了吗？", "buttons": buttons("好了", "不行")}]}

    engine.behaviour = ask
    await caller.calls()
    await caller.says("电视没信号")
    await caller.types("2")

    assert engine.ran == ["电视没信号", "我选不行"]


@pytest.mark.channel("hotline", feature="重复上一句")
@pytest.mark.parametrize("said", ["再说一遍", "请再说一遍好吗", "没听清楚", "刚才那个号码重复一下"])
async def test_the_last_reply_is_repeated_without_the_engine(caller, engine, said):
    await caller.calls()
    reply = await caller.says("查进度")

    assert await caller.says(said) == reply
    assert await caller.types("*") == reply
    assert engine.ran == ["查进度"]


@pytest.mark.channel("hotline", feature="没听清先确认")
async def test_a_doubtful_sentence_is_asked_back_and_taken_when_it_was_right(caller, engine):
    await caller.calls()

    assert await caller.mumbles("我要报修") == "您是说“我要报修”，对吗？"
    assert engine.ran == []
    assert await caller.says("对") == "收到：我要报修。"


@pytest.mark.channel("hotline", feature="没听清先确认")
async def test_a_doubtful_sentence_that_was_wrong_is_said_anew(caller, engine):
    await caller.calls()
    await caller.mumbles("我要保修")

    assert await caller.says("不对") == "好的，请您再说一遍。"
    await caller.says("我要报修")
    assert engine.ran == ["我要报修"]


async def test_who_says_at_once_what_was_meant_is_taken_at_their_word(caller, engine):
    await caller.calls()
    await caller.mumbles("我要保修")
    await caller.says("电视没信号")

    assert engine.ran == ["电视没信号"]


async def test_a_recogniser_without_confidence_is_not_doubted(caller, engine):
    await caller.calls()
    await caller.says("我要报修", confidence=0)

    assert engine.ran == ["我要报修"]


@pytest.mark.channel("hotline", feature="没听清先确认")
async def test_nothing_readable_and_a_failed_recogniser_are_asked_again(caller, engine):
    await caller.calls()

    assert await caller.says("") == "不好意思，刚才没听清，请您再说一遍。" + INVITATION
    assert "没听清" in await caller._next(reason="error", details={})
    assert engine.ran == []


@pytest.mark.channel("hotline", feature="等待提示")
async def test_a_slow_answer_is_held_for_and_never_silence(caller, engine):
    ready = asyncio.Event()

    async def slowly(body):
        await ready.wait()
        return saying("好了。")

    engine.behaviour = slowly
    await caller.calls()
    asked = asyncio.create_task(caller.says("查进度"))
    while caller.heard[-1] != "请稍等，马上好。":
        await asyncio.sleep(0.02)
    ready.set()

    assert await asked == "请稍等，马上好。好了。"


@pytest.mark.channel("hotline", feature="引擎故障告知")
async def test_an_engine_that_is_away_is_told_and_the_call_goes_on(caller, engine):
    await caller.calls()
    await engine.down()
    heard = await caller.says("查进度")

    assert "已经收到并保存好" in heard
    assert caller.last[-1]["verb"] == "gather"
    await engine.up()
    async with asyncio.timeout(PATIENCE):
        while "收到：查进度" not in (heard := await caller.is_silent()):
            assert caller.last[-1]["verb"] == "gather"


@pytest.mark.channel("hotline", feature="断线不丢消息")
async def test_what_goes_wrong_behind_an_accepted_webhook_does_not_end_the_call(caller, monkeypatch):
    async def broken(*_given, **_named):
        raise RuntimeError("the disk is full")

    await caller.calls()
    monkeypatch.setattr("bot.conversations.log.MessageLog.accept", broken)

    assert "系统出了点问题" in await caller.says("查进度")
    assert caller.last[-1]["verb"] == "gather"
