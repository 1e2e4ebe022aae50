"""One customer: reports on WeChat, is called back on the hotline, and all of it is one history."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sanic import Sanic

from bot.conversations.database import open_database
from tests.acceptance.stage import PATIENCE, Stage, a_phone
from tests.acceptance.visits import Visits, a_stage, falls_due, in_thread, said
from tests.dialogues.runner import Phones, Stored
from tests.integration.bot import telephone
from tests.integration.bot.desk import Member
from tests.integration.bot.serving import serving
from tests.integration.bot.wechat.follower import TOKEN, Follower
from tests.integration.bot.wechat.platform import APP_ID, APP_SECRET, OUTSIDE_WINDOW, SEND, Platform

AGENT = "1031"


@pytest.fixture
async def line() -> AsyncIterator[telephone.Platform]:
    Sanic.test_mode = True
    async with telephone.telephone(serving) as running:
        yield running


@pytest.fixture
async def wechat() -> AsyncIterator[Platform]:
    Sanic.test_mode = True
    async with Platform().up() as running:
        yield running


@pytest.fixture
async def stage(line: telephone.Platform, wechat: Platform, tmp_path: Path) -> AsyncIterator[Stage]:
    changes = {
        "SHOUWEN_WECHAT_APP_ID": APP_ID,
        "SHOUWEN_WECHAT_APP_SECRET": APP_SECRET,
        "SHOUWEN_WECHAT_TOKEN": TOKEN,
        "SHOUWEN_WECHAT_API": wechat.url,
    }
    async with a_stage(line, var=tmp_path, changes=changes) as running:
        yield running


@dataclass
class OnWechat:
    """What is heard in reply to a message, in time or sent afterwards."""

    follower: Follower
    platform: Platform

    async def says(self, text: str) -> str:
        before = len(self.platform.texts)
        reply = await self.follower.says(text)
        return reply or "\n".join((await self.platform.sent(before + 1, within=PATIENCE))[before:])


@pytest.mark.timeout(600)
@pytest.mark.channel("wechat", feature="工单号与承诺")
@pytest.mark.channel("wechat", feature="查进度")
@pytest.mark.channel("wechat", feature="历史记录")
async def test_who_reports_on_wechat_is_called_back_on_the_hotline_and_all_is_one_history(
    stage: Stage, line: telephone.Platform, wechat: Platform
) -> None:
    assert line.bot is not None
    phone = a_phone()
    follower = OnWechat(Follower(line.bot), wechat)
    await follower.says(f"我家电视没信号了，住红谷滩区丰和北大道66号3栋502，电话{phone}")
    assert "对吗" in await follower.says("都试过了，直接报修")
    filed = await follower.says("对")
    [ticket] = await in_thread(of_phone, stage, phone)
    assert ticket["id"] in filed.replace(" ", "")
    assert "最迟" in filed
    await follower.says(f"绑定{phone}")
    sms = Phones(sms=stage.system.var / "outgoing" / "sms.jsonl")
    assert "绑定好了" in await follower.says(await in_thread(sms.code, phone[-4:]))

    await in_thread(Stored(http=stage.backend).move, ticket["id"], "inProgress", "resolved")
    wechat.fails[SEND].append(OUTSIDE_WINDOW)  # 48 hours have gone by
    await in_thread(falls_due, stage, ticket["id"])
    callee, call = await Visits(stage=stage, platform=line).rings()
    assert callee.phone == f"+86{phone}"
    assert "现在正常了吗" in await callee.picks_up()
    assert "打几分" in await said(callee, await callee.says("好了 能看了"), until="？")
    assert "工作证" in await said(callee, await callee.says("五分"), until="？")
    assert "办结了" in await said(callee, await callee.says("都做到了"), until="还有别的事吗")
    await callee.hangs_up()

    assert "已办结" in await follower.says("查进度")
    database = open_database(f"sqlite:///{stage.system.var / 'bot.sqlite'}")
    async with httpx.AsyncClient(base_url=stage.system.url("bot"), timeout=PATIENCE) as http:
        agent = await Member.signs_in(http, database, AGENT)
        listed = (await agent.get("/conversations/", all=1)).json()["conversations"]
        on_wechat = next(each["conversation"] for each in listed if each["channel"] == "wechat")
        [called] = (await agent.get(f"/conversations/{on_wechat}")).json()["history"]
        assert (called["channel"], called["conversation"]) == ("hotline", call.body["call_id"])
        talk = (await agent.get(f"/conversations/{called['conversation']}/messages")).json()["messages"]
        assert [each["text"] for each in talk if each["from"] == "customer"] == ["好了 能看了", "五分", "都做到了"]
    database.dispose()


def of_phone(stage: Stage, phone: str) -> list[dict[str, object]]:
    mine = {"troubleTicketCharacteristic.contactPhone": f"+86{phone}"}
    return list(stage.backend.get("/tmf-api/troubleTicket/v5/troubleTicket", params=mine).raise_for_status().json())
