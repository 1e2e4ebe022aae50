"""Replies and callbacks of whole calls, checked by @jambonz/verb-specifications and @jambonz/schema."""

import pytest

from bot.channels.hotline.calls import Step
from bot.channels.hotline.verbs import ask, hold_on
from tests.integration.bot.caller import SECRET, Caller
from tests.integration.bot.stand_in_engine import saying
from tests.ivr import wrong_callbacks, wrong_replies

CALLBACKS = {"start": "session-new", "gather": "gather", "queue-exit": "enqueue", "dial-done": "dial", "wait": "base"}


class Recording(Caller):
    """Keeps every reply."""

    async def hook(self, path, **told):
        self.replies = getattr(self, "replies", [])
        before = len(self.posted)
        verbs = await super().hook(path, **told)
        if len(self.posted) > before:
            self.replies.append(verbs)
        return verbs


@pytest.fixture
async def caller(start_bot):
    async with start_bot(jambonz_secret=SECRET, hotline_agents=("sip:desk@pbx.example.com",)) as bot:
        yield Recording(http=bot.http)


async def test_all_that_a_call_says_and_is_told_is_valid(caller, engine):
    async def ask_for_more(body):
        if body["text"] == "查进度":
            return saying("工单 261121 0042 7：已受理。" + "很长的一段话。" * 30, "还有别的事吗？")
        return {**saying(""), "messages": [{"text": "好了吗？", "buttons": [{"title": "好了", "payload": "好了"}]}]}

    engine.behaviour = ask_for_more
    await caller.calls()
    await caller.says("查进度", "茶进度")
    await caller.mumbles("报修")
    await caller.says("对")
    await caller.is_silent()
    await caller.is_silent()
    await caller.types("1")
    await caller._next(reason="error", details={"message": "stt"})
    await caller.types("0")
    queue = caller.last[-1]
    told = {"queue_sid": "queue:hotline", "queue_time": 5, "queue_position": 1, "queue_size": 2, "call_sid": caller.sid}
    in_queue = [(await caller.post(queue["waitHook"], told | {"queue_position": at})).json() for at in (1, 0)]
    left = {"queue_sid": "queue:hotline", "queue_result": "leave"}
    await caller.hook(queue["actionHook"], **left, queue_time=90)
    await caller.says("接着等")
    await caller.hook(caller.last[-1]["actionHook"], **left, queue_time=5)
    await caller.hook(caller.last[-1]["actionHook"], dial_call_status="completed", dial_sip_status=200)
    await caller.says("再见")
    await caller.is_silent()

    assert caller.last == [{"verb": "hangup"}]
    assert wrong_replies([*caller.replies, *in_queue]) == []
    posted = [(CALLBACKS[path.split("/")[2].partition("?")[0]], body) for path, body in caller.posted]
    state = {**caller.base, "call_status": "completed", "duration": 61, "call_termination_by": "caller"}
    assert wrong_callbacks([*posted, ("enqueue-wait", told), ("call-status", state)]) == []


def test_who_is_held_on_is_redirected_as_the_platform_wants_it():
    assert wrong_replies([hold_on("请稍等。", step=Step(turn=2, waiting=7))]) == []


GATHER = ask(["您好。"], step=Step(), hints=["报修"])[0]


@pytest.mark.parametrize(
    "broken",
    [
        [GATHER | {"bargeIn": True}],
        [GATHER | {"input": ["dtmf"]}],
        [GATHER | {"timeout": "8"}],
        [GATHER | {"say": {"text": 5}}],
        [GATHER | {"recognizer": {"hints": ["报修"]}}],
        [{"verb": "speak", "text": "您好。"}, GATHER],
        [{"verb": "dial", "timeout": 20}],
        [{"verb": "redirect"}],
        [{"verb": "say", "text": "您好。"}],
    ],
)
def test_the_checks_find_what_is_wrong(broken):
    assert wrong_replies([[GATHER], broken])


@pytest.mark.parametrize(
    ("name", "posted"), [("gather", {"reason": "speech"}), ("enqueue", {"queue_time": 3}), ("nothing", {})]
)
def test_the_checks_find_a_callback_that_none_is(name, posted):
    assert wrong_callbacks([(name, posted)])
