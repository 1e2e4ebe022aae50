"""The same calls over a second platform: its forms, its signature, its markup."""

from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.hotline import prompts
from tests.integration.bot.caller import MOBILE

TOKEN = "twilio-token-of-the-tests"
PUBLIC = "https://kefu.example.com"
GREETING = "".join(prompts.welcome("您好，江西广电客服。请直接说您要办的事。", is_known=False))


class TwilioCaller:
    def __init__(self, http):
        self.http = http
        self.heard = []
        self.last = None

    async def post(self, path, *, token=TOKEN, **form):
        form = {"CallSid": "CA0123456789", "From": MOBILE, "To": "+8679196130", "CallStatus": "in-progress"} | form
        signature = RequestValidator(token).compute_signature(f"{PUBLIC}{path}", form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        return await self.http.post(path, content=urlencode(form), headers=headers)

    async def hook(self, path, **form):
        response = await self.post(path, **form)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("text/xml")
        self.last = ElementTree.fromstring(response.text)  # noqa: S314  our own reply
        self.heard.append("".join(said.text or "" for said in self.last.iter("Say")))
        return self.last

    async def answers(self, **form):
        await self.hook(self.last.find("Gather").get("action"), **form)
        return self.heard[-1]


@pytest.fixture
async def caller(start_bot):
    async with start_bot(twilio_token=TOKEN, public_url=PUBLIC, hotline_agents=("sip:desk@pbx.example.com",)) as bot:
        yield TwilioCaller(bot.http)


@pytest.mark.channel("hotline", feature="多平台适配")
async def test_who_calls_is_welcomed_and_listened_to(caller):
    await caller.hook("/hotline/twilio/start")

    gather = caller.last.find("Gather")
    assert caller.heard == [GREETING]
    assert (gather.get("input"), gather.get("actionOnEmptyResult")) == ("speech dtmf", "true")
    assert "红谷滩区" in gather.get("hints").split(",")


@pytest.mark.channel("hotline", feature="多平台适配")
async def test_speech_digits_and_silence_go_the_same_way(caller, engine):
    await caller.hook("/hotline/twilio/start")

    assert await caller.answers(SpeechResult="查进度", Confidence="0.91") == "收到：查进度。"
    assert engine.asked[0]["metadata"]["phone"] == MOBILE
    assert engine.asked[0]["metadata"]["confidence"] == 0.91
    await caller.answers(Digits="26112100427")
    assert engine.ran == ["查进度", "26112100427"]
    assert (await caller.answers()).startswith(prompts.STILL_THERE)
    assert await caller.answers(SpeechResult="报修", Confidence="0.1") == prompts.doubt("报修")
    assert await caller.answers(SpeechResult="对", Confidence="0.0") == "收到：报修。"


@pytest.mark.channel("hotline", feature="多平台适配")
async def test_to_a_person_and_back(caller):
    await caller.hook("/hotline/twilio/start")
    await caller.answers(Digits="0")
    queued = caller.last.find("Enqueue")
    of_queue = {"QueueSid": "QU1", "CurrentQueueSize": "3"}

    await caller.hook(queued.get("waitUrl"), QueuePosition="3", QueueTime="10", **of_queue)
    assert "前面还有两位" in caller.heard[-1]
    await caller.hook(queued.get("waitUrl"), QueuePosition="1", QueueTime="20", **of_queue)
    assert caller.last.find("Leave") is not None
    await caller.hook(queued.get("action"), QueueResult="leave", QueueTime="21")
    dial = caller.last.find("Dial")
    assert dial.find("Sip").text == "sip:desk@pbx.example.com"
    await caller.hook(dial.get("action"), DialCallStatus="completed")
    assert caller.heard[-1] == prompts.BACK_AGAIN


async def test_after_goodbye_silence_ends_the_call(caller):
    await caller.hook("/hotline/twilio/start")
    await caller.answers(SpeechResult="再见", Confidence="0.9")
    await caller.answers()

    assert [element.tag for element in caller.last] == ["Hangup"]


@pytest.mark.channel("hotline", feature="身份与签名校验")
async def test_what_the_platform_did_not_sign_is_refused(caller):
    assert (await caller.post("/hotline/twilio/start", token="another-token")).status_code == 401


async def test_a_state_is_noted(caller):
    assert (await caller.post("/hotline/twilio/status", CallStatus="completed")).status_code == 204


@pytest.mark.parametrize(("path", "status"), [("/hotline/twilio/queue-exit", 422), ("/hotline/twilio/else", 404)])
async def test_what_is_no_webhook_of_ours_is_refused(caller, path, status):
    assert (await caller.post(path)).status_code == status


async def test_without_a_token_it_is_not_there(bot):
    assert (await TwilioCaller(bot.http).post("/hotline/twilio/start")).status_code == 404
