"""绑定手机号, with a backend that runs: the SMS really goes out, and a kill between check and answer loses nothing."""

import json
import re
import signal
from datetime import UTC, datetime, timedelta

import pytest

from backend.client import BackendClient, CodeSaid, CodeWish, Refused
from backend.domain.vocabulary import Channel
from tests.integration.backend.support import BackendProcess, eventually

PHONE = "+8613807911234"


def sent_code(backend: BackendProcess) -> str:
    file = backend.var / "outgoing" / "sms.jsonl"

    def code() -> str | None:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        texts = [line["text"] for line in map(json.loads, lines) if line["to"] == PHONE]
        codes = [found[1] for text in texts if (found := re.search(r"验证码 (\d{6})，", text))]
        return codes[-1] if codes else None

    return eventually(code) or ""


async def asked(client: BackendClient) -> None:
    wish = CodeWish(conversation="of-zhang", request_id="asked", phone=PHONE)
    assert (await client.send_code(wish, correlation_id="turn-1")).tail == "1234"


def said(code: str, *, request_id: str = "said") -> CodeSaid:
    return CodeSaid(conversation="of-zhang", request_id=request_id, channel=Channel.WECHAT, code=code)


async def test_a_backend_killed_between_check_and_answer_answers_the_same_afterwards(new_backend):
    backend = new_backend()
    backend.start()
    client = backend.client()
    await asked(client)
    code = sent_code(backend)
    bound = await client.check_code(said(code), correlation_id="turn-2")
    backend.stop(signal.SIGKILL)
    backend.start()

    assert await client.check_code(said(code), correlation_id="turn-2") == bound
    assert await client.bound_phones(conversation="of-zhang", correlation_id="turn-3") == (bound,)
    with pytest.raises(Refused, match="no_code_sent"):
        await client.check_code(said(code, request_id="another message"), correlation_id="turn-4")
    assert await client.unbind(conversation="of-zhang", correlation_id="turn-5") == (bound,)
    assert await client.bound_phones(conversation="of-zhang", correlation_id="turn-6") == ()
    await client.aclose()


async def test_the_days_are_the_operators_and_neither_phone_nor_code_is_logged(new_backend):
    backend = new_backend()
    backend.settings["SHOUWEN_WECHAT_BOUND_DAYS"] = "3"
    backend.start()
    client = backend.client()
    await asked(client)
    code = sent_code(backend)
    bound = await client.check_code(said(code), correlation_id="turn-2")
    await client.aclose()

    assert timedelta(days=2, hours=23) < bound.until - datetime.now(UTC) <= timedelta(days=3)
    assert code not in backend.log
    assert "13807911234" not in backend.log
