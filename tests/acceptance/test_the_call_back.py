"""回访电话 of the whole system: reported in the chat, called back by telephone, not mended, mended, and how it went."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from tests.acceptance.stage import PATIENCE, Stage, a_phone
from tests.acceptance.visits import Visits, a_stage, changed, falls_due, in_thread, said, selected
from tests.dialogues.runner import Stored
from tests.integration.bot.serving import serving
from tests.integration.bot.telephone import Platform, telephone


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    Sanic.test_mode = True
    async with telephone(serving) as running:
        yield running


@pytest.fixture
async def stage(platform: Platform, tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(platform, var=tmp_path, changes={}) as running:
        yield running


def reported_and_repaired(stage: Stage, phone: str) -> dict[str, Any]:
    customer = stage.about_to_confirm(phone=phone)
    customer.say("对", within=PATIENCE)
    (ticket,) = stage.tickets(customer)
    repaired(stage, ticket["id"])
    return {**ticket, "conversation": customer.conversation}


def repaired(stage: Stage, number: str) -> None:
    """And the page is closed."""
    (ticket,) = stage.backend.get("/tmf-api/troubleTicket/v5/troubleTicket", params={"id": number}).json()
    steps = ["resolved"] if ticket["status"] == "inProgress" else ["inProgress", "resolved"]
    Stored(http=stage.backend).move(number, *steps)
    changed(stage.system, "bot.sqlite", "DELETE FROM chat_seen")
    falls_due(stage, number)


@pytest.mark.timeout(600)
@pytest.mark.channel("hotline", feature="回访")
async def test_reported_in_the_chat_and_called_back_what_is_not_mended_reopens_and_what_is_mended_is_judged(
    stage: Stage, platform: Platform
) -> None:
    phone, visits = a_phone(), Visits(stage=stage, platform=platform)
    ticket = await in_thread(reported_and_repaired, stage, phone)
    callee, call = await visits.rings()
    assert callee.phone == f"+86{phone}"

    opening = await callee.picks_up()
    assert "给您做个回访" in opening
    assert "现在正常了吗" in opening
    assert await callee.says("喂") == opening
    heard = await said(callee, await callee.says("没有啊 晚上又花了"), until="重新打开")
    assert "没给您修利索" in heard
    assert "请您先挂机" in await callee.says("再见")
    await callee.hangs_up()

    await visits.reached(call)
    (after,) = Stored(http=stage.backend).of(ticket["conversation"])
    assert (after["id"], after["status"]) == (ticket["id"], "inProgress")

    await in_thread(repaired, stage, ticket["id"])
    callee, call = await visits.rings()
    assert "现在正常了吗" in await callee.picks_up()
    assert "打几分" in await said(callee, await callee.says("嗯 好了"), until="？")
    assert "工作证" in await said(callee, await callee.types("4"), until="？")
    heard = await said(callee, await callee.says("没出示工作证别的都做到了"), until="还有别的事吗")
    assert "办结了" in heard
    assert "请您先挂机" in await callee.says("没有了 再见")
    await callee.hangs_up()

    await visits.reached(call)
    (after,) = Stored(http=stage.backend).of(ticket["conversation"])
    assert after["status"] == "closed"
    answers = "SELECT outcome, satisfaction, conduct, remark FROM visit WHERE outcome <> 'asked' ORDER BY round"
    unsolved, solved = selected(stage.system, "backend.sqlite", answers)
    assert unsolved["outcome"] == "unsolved"
    assert (solved["outcome"], solved["satisfaction"]) == ("solved", 4)
    assert solved["conduct"] == '{"on_time": true, "showed_id": false, "left_clean": true}'
