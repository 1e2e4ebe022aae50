"""Webhooks of the telephone platform: signed by it, of a known shape, or refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.hotline import jambonz
from tests.integration.bot.caller import SECRET, Caller


@pytest.fixture
async def caller(start_bot):
    async with start_bot(jambonz_secret=SECRET) as bot:
        yield Caller(http=bot.http)


async def test_without_a_secret_there_is_no_hotline(bot):
    caller = Caller(http=bot.http)

    assert (await caller.post("/hotline/start", caller.base)).status_code == 404


@pytest.mark.channel("hotline", feature="身份与签名校验")
@pytest.mark.parametrize(
    "forge",
    [
        lambda _body: "",
        lambda _body: "t=1,v1=",
        lambda body: jambonz.signature(body=body, secret="another-secret-altogether", at=datetime.now(UTC)),
        lambda body: jambonz.signature(body=body + b" ", secret=SECRET, at=datetime.now(UTC)),
        lambda body: jambonz.signature(body=body, secret=SECRET, at=datetime.now(UTC) - timedelta(minutes=6)),
    ],
)
async def test_what_is_not_signed_now_by_the_platform_is_refused(caller, forge):
    body = json.dumps(caller.base, ensure_ascii=False).encode()

    assert (await caller.post("/hotline/start", caller.base, header=forge(body))).status_code == 401


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/hotline/gather?turn=1", {"reason": "speech"}),
        ("/hotline/gather?turn=one", {"reason": "timeout"}),
        ("/hotline/gather", {"reason": "dtmfDetected"}),
        ("/hotline/queue-exit", {"queue_result": "leave"}),
        ("/hotline/start", {"call_sid": ""}),
    ],
)
async def test_what_is_no_callback_is_refused(caller, path, told):
    assert (await caller.post(path, {**caller.base, **told})).status_code == 422


async def test_an_unknown_hook_is_unknown(caller):
    assert (await caller.post("/hotline/elsewhere", caller.base)).status_code == 404


async def test_the_state_of_a_call_is_noted_and_answered(caller):
    response = await caller.post("/hotline/status", {**caller.base, "call_status": "completed", "duration": 61})

    assert (response.status_code, response.json()) == (200, [])
