"""What an agent has at hand beside a conversation: the customer, suggestions, a ticket filed from it, the charter."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from bot.conversations.peers import Peers
from bot.desk.audit import Audit
from tests.integration.backend.support import customers

AGENT, COLLEAGUE, HEAD = "1031", "1032", "1001"
FAULT = {"intent": "report_fault_no_signal", "confidence": 0.93, "ranking": [], "entities": []}


@pytest.fixture
async def waiting(desk_bot, engine):
    """A customer who wrote and was answered by the assistant; their phone is known."""
    visitor = await desk_bot.visitor()
    phone = f"+86138{next(customers)}"
    Peers(desk_bot.database).know_phone(conversation=visitor.conversation, phone=phone)
    await visitor.says("家里电视没信号，什么都看不了")
    await visitor.sees(2)
    visitor.phone = phone
    return visitor


async def serves(agent: Any, path: str) -> None:
    assert (await agent.post("/presence/", {"capacity": 5}, method="PUT")).status_code == 200
    assert (await agent.post(f"{path}/step-in")).json()["state"] == "agent"


def a_fault(**changed: Any) -> dict[str, Any]:
    return {
        "matter_id": uuid4().hex,
        "ticket_type": "fault",
        "subject": "no_signal",
        "service": "tv",
        "description": "电视没信号",
        "address": f"南昌市红谷滩区丰和北大道{next(customers)}号",
    } | changed


async def test_an_agent_files_from_the_conversation_once_and_owns_it(desk_bot, waiting):
    """R2.1: who received the customer first answers for the matter."""
    path = f"/conversations/{waiting.conversation}"
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, path)
        matter = a_fault()
        filed = [await agent.post(f"{path}/tickets", matter) for _ in range(2)]
        assert [answer.status_code for answer in filed] == [201, 200], filed[0].text
        numbers = {answer.json()["ticket_number"] for answer in filed}
        assert len(numbers) == 1
        receipt = filed[0].json()
        assert receipt["owner"]["job_number"] == AGENT
        assert receipt["promises"][0]["due"]

        ticket = (await agent.get(f"/tickets/{receipt['ticket_number']}")).json()
        assert ticket["conversation"] == waiting.conversation
        assert ticket["row"]["phone"].endswith(waiting.phone[-4:])
    rows = Audit(desk_bot.database).rows(about=receipt["ticket_number"], before=None, most=10)
    assert {(row.who, row.act) for row in rows} == {(AGENT, "filed")}


async def test_the_highest_in_rank_of_who_was_there_owns_it(desk_bot, waiting):
    """R2.2."""
    path = f"/conversations/{waiting.conversation}"
    async with desk_bot.member(AGENT) as agent, desk_bot.member(HEAD) as head:
        await serves(agent, path)
        receipt = (await head.post(f"{path}/tickets", a_fault())).json()
        assert receipt["owner"]["job_number"] == HEAD


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"subject": "fee"}, "wrong_fields"),
        ({"contact_phone": "12"}, "phone_wrong"),
        ({"description": ""}, "wrong_fields"),
        ({"service": "gas"}, "wrong_fields"),
    ],
)
async def test_what_can_not_be_a_ticket_is_refused(desk_bot, waiting, wrong, error):
    async with desk_bot.member(AGENT) as agent:
        refused = await agent.post(f"/conversations/{waiting.conversation}/tickets", a_fault(**wrong))
        assert (refused.status_code, refused.json()["error"]) == (422, error)


async def test_without_a_phone_the_agent_asks_for_it(desk_bot):
    visitor = await desk_bot.visitor()
    async with desk_bot.member(AGENT) as agent:
        refused = await agent.post(f"/conversations/{visitor.conversation}/tickets", a_fault())
        assert "联系电话" in refused.json()["message"]
        typed = a_fault(contact_phone=f"138{next(customers)}")
        assert (await agent.post(f"/conversations/{visitor.conversation}/tickets", typed)).status_code == 201


async def test_the_draft_holds_what_is_known(desk_bot, engine, waiting):
    said = {"phone": "+8613807910007", "service": "tv", "address": "红谷滩区世贸路1号"}
    engine.understood = FAULT | {"entities": [{"entity": name, "value": value} for name, value in said.items()]}
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, f"/conversations/{waiting.conversation}")
        await waiting.says("我住红谷滩区世贸路1号，电话13807910007")
        await waiting.says("人工")
        draft = (await agent.get(f"/conversations/{waiting.conversation}/draft")).json()
    assert (draft["ticket_type"], draft["subject"]) == ("fault", "no_signal")
    assert draft["description"] == "家里电视没信号，什么都看不了；我住红谷滩区世贸路1号，电话13807910007"
    assert (draft["address"], draft["service"]) == ("红谷滩区世贸路1号", "tv")
    assert draft["contact_phone"] == "13807910007"
    assert draft["phone_known"] == waiting.phone[-4:]
    assert draft["owner"] == AGENT


async def test_the_customer_is_shown_masked_with_matters_area_and_manager(desk_bot, waiting):
    path = f"/conversations/{waiting.conversation}"
    async with desk_bot.member(AGENT) as agent:
        number = (await agent.post(f"{path}/tickets", a_fault())).json()["ticket_number"]
        shown = await agent.get(f"{path}/customer")
        customer = shown.json()
    assert [row["number"] for row in customer["tickets"]] == [number]
    assert customer["tickets"][0]["next"]["due"] > datetime.now(UTC).isoformat()
    assert (customer["area"]["name"], customer["area"]["manager"]) == ("红谷滩区", "1015")
    assert customer["accounts"] == []
    assert waiting.phone.removeprefix("+86") not in shown.text


async def test_an_account_is_shown_with_how_its_phone_is_known(desk_bot):
    """The sample customer 0000000002 owes 72 yuan."""
    visitor = await desk_bot.visitor()
    Peers(desk_bot.database).know_phone(conversation=visitor.conversation, phone="+8613800000002")
    async with desk_bot.member(AGENT) as agent:
        shown = await agent.get(f"/conversations/{visitor.conversation}/customer")
        [account] = shown.json()["accounts"]
    assert account["known_by"] == "channel"
    assert account["number"].startswith("****")
    assert account["sample"]
    assert "13800000002" not in shown.text


async def test_replies_are_suggested_for_what_the_customer_said_last_and_nothing_happens(desk_bot, engine, waiting):
    engine.understood = {"intent": "ask_fee", "confidence": 0.9, "ranking": [], "entities": []}
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, f"/conversations/{waiting.conversation}")
        await waiting.says("移机要多少钱")
        told = (await agent.get(f"/conversations/{waiting.conversation}/suggestions")).json()
        before = len(await waiting.log())
        assert told["understood"]["intent"] == "ask_fee"
        assert told["replies"][0]["id"] == "fee:relocation"
        assert "20 元" in told["replies"][0]["text"]
        assert engine.read == ["移机要多少钱"]
        assert len(await waiting.log()) == before


async def test_who_asks_how_it_stands_is_suggested_the_tickets_own_words(desk_bot, engine, waiting):
    engine.understood = {"intent": "ticket_progress", "confidence": 0.9, "ranking": [], "entities": []}
    path = f"/conversations/{waiting.conversation}"
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, path)
        await agent.post(f"{path}/tickets", a_fault())
        await waiting.says("我的单子到哪了")
        told = (await agent.get(f"{path}/suggestions")).json()
        assert told["replies"][0]["topic"] == "进度"
        assert "最迟" in told["replies"][0]["text"]


async def test_who_has_asked_for_a_person_is_suggested_what_fits_the_matter(desk_bot, engine, waiting):
    engine.understood = FAULT
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, f"/conversations/{waiting.conversation}")
        for said in ("有线电视没信号", "转人工"):
            await waiting.says(said)
        told = (await agent.get(f"/conversations/{waiting.conversation}/suggestions")).json()
        assert engine.read == ["有线电视没信号"]
        assert "24 小时" in json.dumps(told["replies"], ensure_ascii=False)


async def test_without_the_engine_the_words_decide(desk_bot, engine, waiting):
    async with desk_bot.member(AGENT) as agent:
        await serves(agent, f"/conversations/{waiting.conversation}")
        await waiting.says("过户要带什么材料")
        await engine.down()
        told = (await agent.get(f"/conversations/{waiting.conversation}/suggestions")).json()
        assert told["understood"] is None
        assert told["replies"][0]["id"] == "process:transfer"


async def test_canned_replies_and_the_charter_are_at_hand(desk_bot):
    async with desk_bot.member(COLLEAGUE) as agent:
        canned = (await agent.get("/canned")).json()
        assert {"礼貌用语", "资费", "办理时限", "营业厅"} <= {reply["topic"] for reply in canned}
        found = (await agent.get("/charter", q="故障多久修好")).json()
        assert "24 小时" in json.dumps(found[:3], ensure_ascii=False)
        assert (await agent.get("/charter", q=" ")).status_code == 422
