"""A caller reports a fault by telephone: mishears are put right on the keypad, and what was heard can be read again."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.acceptance.stage import PATIENCE, Stage, a_phone, eventually
from tests.acceptance.visits import in_thread, said
from tests.integration.bot.caller import Caller

DIGITS = str.maketrans("0123456789", "零幺二三四五六七八九")


@pytest.fixture
async def caller(stage: Stage) -> AsyncIterator[Caller]:
    secret = stage.system.environ["SHOUWEN_JAMBONZ_SECRET"]
    async with httpx.AsyncClient(base_url=stage.system.url("bot"), timeout=PATIENCE, trust_env=False) as http:
        yield Caller(http=http, phone=f"+86{a_phone()}", secret=secret)


def sms(stage: Stage, phone: str) -> str:
    """The first that this phone got."""
    sent = stage.system.var / "outgoing" / "sms.jsonl"

    def text() -> str:
        messages = map(json.loads, sent.read_text(encoding="utf-8").splitlines() if sent.exists() else [])
        return next((message["text"] for message in messages if message["to"] == f"+86{phone}"), "")

    return eventually(text, what="an SMS")


@pytest.mark.timeout(600)
@pytest.mark.channel("hotline", feature="工单号与承诺")
@pytest.mark.channel("hotline", feature="按键补输")
@pytest.mark.channel("hotline", feature="查进度")
@pytest.mark.channel("hotline", feature="通话后短信")
async def test_a_caller_reports_asks_for_the_progress_and_has_all_of_it_in_an_sms(stage: Stage, caller: Caller) -> None:
    other = a_phone()
    await caller.calls()
    await said(caller, await caller.says("我家电视没信号都试过了"), until="地址")
    heard = await caller.says("红谷滩区丰和北大道六十六号三栋五零二")
    await said(caller, heard, until="作为联系电话可以吗")
    heard = await said(caller, await caller.says(f"不是换一个{other[:-1].translate(DIGITS)}"), until="位")
    assert "用键盘输入" in heard
    await said(caller, await caller.types(other), until="对吗")
    filed = await said(caller, await caller.says("对"), until="还有别的事吗")

    told = await in_thread(sms, stage, other)
    number = told.split("工单号 ")[1][:13]
    in_digits = "，".join(part.translate(DIGITS) for part in number.split())
    assert f"工单号我念给您，{in_digits}" in filed
    assert "承诺最迟" in told
    assert "首问责任人工号" in told
    progress = await said(caller, await caller.says("查一下进度"), until="已受理")
    assert f"工单，{in_digits}" in progress

    another = Caller(http=caller.http, phone=f"+86{a_phone()}", secret=caller.secret)
    await another.calls()
    await said(another, await another.says("查进度"), until="工单号")
    await said(another, await another.says(number.replace(" ", "").translate(DIGITS)), until="后四位")
    assert f"工单，{in_digits}" in await said(another, await another.says(other[-4:].translate(DIGITS)), until="已受理")
