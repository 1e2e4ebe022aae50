"""Staff at the desk: the board, tickets, what they do to them and what they decide. The backend is a real one."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.domain.staff_acts import Verb
from backend.domain.vocabulary import TicketType
from bot.conversations.takeover import Act, State
from bot.desk.audit import Audit, Deed
from bot.desk.supervision_tables import TABLES
from bot.desk.tickets import ContactReason
from tests.integration.backend.support import PATIENCE, a_report, customers

OWNER, COLLEAGUE, HEAD, LEADER, SUPERVISOR = "1024", "1031", "1001", "1003", "1009"


@pytest.fixture
def filed(real_backend):
    async def filed(**said: Any) -> str:
        """The number of a new ticket of a customer of its own, accepted now."""
        customer = next(customers)
        usual = {
            "matter_id": uuid4().hex,
            "contact_phone": f"+86138{customer}",
            "accepted_at": datetime.now(UTC),
            "address": f"南昌市红谷滩区世贸路{customer}号",
            "description": f"电视没信号，我的手机是 138{customer}",
        }
        client = real_backend.client()
        receipt = await client.file(a_report(**(usual | said)), correlation_id="test")
        await client.aclose()
        return receipt.ticket_number

    return filed


def said(**fields: Any) -> dict[str, Any]:
    return {"request_id": uuid4().hex, **fields}


async def test_the_board_masks_customers_and_looking_closer_leaves_a_trace(desk_bot, filed):
    number = await filed()
    async with desk_bot.member(HEAD) as head:
        board = (await head.get("/tickets", view="unfinished", limit=200)).json()
        [row] = [row for row in board["rows"] if row["number"] == number]
        assert row["phone"].startswith("138****")
        assert "***" in row["address"]
        assert "138***" not in row["description"]
        assert row["next"]["label"]
        full = await head.get(f"/tickets/{number}")
        phone = (await head.post(f"/tickets/{number}/contact", {"reason": "calling"})).json()["phone"]
        assert phone.removeprefix("+86") not in full.text
        assert phone.startswith("+86138")
    [trace] = Audit(desk_bot.database).rows(about=number, before=None, most=10)
    assert (trace.who, trace.act, trace.reason) == (HEAD, "contact_shown", "calling")


async def test_a_view_that_is_none_is_refused_in_chinese(desk_bot):
    async with desk_bot.member(HEAD) as head:
        refused = await head.get("/tickets", view="everything")
        assert (refused.status_code, refused.json()["error"]) == (422, "wrong_fields")
        unknown = await head.get("/tickets/261129999999")
        assert unknown.status_code in (400, 404)
        assert "工单" in unknown.json()["message"]


async def test_an_act_is_done_once_and_answers_with_the_ticket_as_it_is_then(desk_bot, filed):
    number = await filed()
    async with desk_bot.member(HEAD) as head:
        held = said(reason="缺设备")
        for _ in range(2):
            answer = await head.post(f"/tickets/{number}/acts/hold", held)
            assert answer.status_code == 200, answer.text
            assert answer.json()["row"]["status"] == "held"
        done = [entry for entry in answer.json()["history"] if entry["reason"] == "缺设备"]
        assert len(done) == 1
        assert done[0]["by"] == HEAD
    assert {row.act for row in Audit(desk_bot.database).rows(about=number, before=None, most=10)} == {"hold"}


@pytest.mark.parametrize(
    ("verb", "fields", "status", "error"),
    [
        ("hold", {"reason": " "}, 400, "reason_missing"),
        ("close", {}, 409, "transition_not_allowed"),
        ("transfer", {"reason": "片区负责"}, 422, "wrong_fields"),
        ("transfer", {"reason": "片区负责", "to": "9999"}, 400, "staff_unknown"),
        ("change-owner", {"reason": "调岗", "to": OWNER}, 409, "leader_needed"),
        ("eat", {}, 404, "page_unknown"),
    ],
)
async def test_what_the_rules_do_not_allow_is_refused_with_the_reason(desk_bot, filed, verb, fields, status, error):
    number = await filed()
    async with desk_bot.member(HEAD) as head:
        refused = await head.post(f"/tickets/{number}/acts/{verb}", said(**fields))
        assert (refused.status_code, refused.json()["error"]) == (status, error), refused.text
    assert Audit(desk_bot.database).rows(about=number, before=None, most=10) == []


async def test_an_act_needs_an_id_of_its_own_and_nobody_acts_as_another(desk_bot, filed):
    number = await filed()
    async with desk_bot.member(COLLEAGUE) as colleague:
        assert (await colleague.post(f"/tickets/{number}/acts/respond", {})).status_code == 422
        answer = await colleague.post(f"/tickets/{number}/acts/respond", said(by=LEADER, ticket_number="1"))
        latest = answer.json()["history"][0]
        assert (latest["by"], latest["who"]) == (COLLEAGUE, f"工号 {COLLEAGUE}")
        theirs = await colleague.post(f"/tickets/{number}/acts/hold", said(reason="缺设备"))
        assert (theirs.status_code, theirs.json()["error"]) == (409, "not_theirs_to_act")


async def test_an_extension_is_asked_for_by_the_owner_and_decided_by_a_leader(desk_bot, filed):
    """R1.17."""
    number = await filed()
    later = (datetime.now(UTC) + timedelta(hours=48)).isoformat()
    async with desk_bot.member(HEAD) as head, desk_bot.member(LEADER) as leader:
        owner = (await head.get(f"/tickets/{number}")).json()["row"]["owner"]
        async with desk_bot.member(owner) as own:
            asked = await own.post(f"/tickets/{number}/acts/ask-extension", said(reason="等配件", wished_due=later))
            assert asked.status_code == 200, asked.text
        offers = {offer["verb"] for offer in (await leader.get(f"/tickets/{number}")).json()["offers"]}
        assert "decide-extension" in offers
        decided = await leader.post(f"/tickets/{number}/acts/decide-extension", said(reason="属实", approved=True))
        [settle] = [promise for promise in decided.json()["promises"] if promise["kind"] == "settle"]
        assert settle["due"] > settle["told_due"]


async def test_what_hits_an_area_is_announced_once_and_ended(desk_bot):
    begins, ends = datetime.now(UTC) + timedelta(days=3), datetime.now(UTC) + timedelta(days=3, hours=4)
    work = {
        "kind": "maintenance",
        "area": "xihu",
        "services": ["broadband"],
        "cause": "机房割接",
        "starts_at": begins.isoformat(),
        "expected_until": ends.isoformat(),
    }
    async with desk_bot.member(HEAD) as head:
        made = [await head.post("/outages", work) for _ in range(2)]
        assert {answer.status_code for answer in made} == {201}
        [number] = {answer.json()["number"] for answer in made}
        assert number in {each["number"] for each in (await head.get("/outages")).json()}
        later = {
            name: (at + timedelta(days=1)).isoformat() for name, at in (("starts_at", begins), ("expected_until", ends))
        }
        moved = await head.post(f"/outages/{number}/move", later)
        assert datetime.fromisoformat(moved.json()["starts_at"]) == begins + timedelta(days=1)
        assert (await head.post(f"/outages/{number}/end")).status_code == 200
        refused = await head.post(f"/outages/{number}/end")
        assert (refused.status_code, refused.json()["error"]) == (409, "outage_over")


async def test_a_leader_confirms_an_incident_and_staff_mend_it(desk_bot, filed):
    numbers = [await filed(address=f"南昌市湾里区幸福路{door}号", area="wanli") for door in range(1, 4)]
    async with desk_bot.member(LEADER) as leader:
        incident = await eventually(leader, "/incidents", lambda each: set(numbers) <= set(each["tickets"]))
        path = f"/incidents/{incident['number']}"
        assert (await leader.post(f"{path}/confirm", {"text": "光缆被挖断"})).json()["state"] == "confirmed"
        again = await leader.post(f"{path}/confirm", {"text": "光缆被挖断"})
        assert (again.status_code, again.json()["error"]) == (409, "incident_decided")
        async with desk_bot.member("1026") as repairer:
            assert (await repairer.post(f"{path}/mend", {"text": "接好了"})).json()["state"] == "mended"
        assert (await leader.get(f"/tickets/{numbers[0]}")).json()["row"]["status"] == "resolved"


async def eventually(member: Any, path: str, fits: Any) -> Any:
    """The backend's due work looks every two seconds."""
    async with asyncio.timeout(PATIENCE):
        while not (found := [each for each in (await member.get(path)).json() if fits(each)]):
            await asyncio.sleep(0.2)
    return found[0]


async def test_an_upheld_complaint_opens_a_case_that_is_heard_and_decided(desk_bot, filed):
    """R1.5, R2.12, R6.5."""
    number = await filed(ticket_type=TicketType.COMPLAINT, subject="attitude", service=None, description="师傅骂人")
    async with desk_bot.member(LEADER) as leader:
        upheld = said(finding="upheld", answer="师傅态度不好", remedy="当面道歉", staff="1024")
        done = await leader.post(f"/tickets/{number}/acts/conclude", upheld)
        assert done.status_code == 200, done.text
        [case] = [case for case in (await leader.get("/cases")).json() if case["ticket"] == number]
        path = f"/cases/{case['number']}"
        assert "decide" not in case["offers"]
        decision = {"text": "属实", "gravity": "light"}
        early = await leader.post(f"{path}/decide", decision)
        assert (early.status_code, early.json()["error"]) == (409, "not_heard_yet")
        async with desk_bot.member(case["answerable"]) as person, desk_bot.member(COLLEAGUE) as colleague:
            [own] = (await person.get("/cases")).json()
            assert (own["number"], own["offers"]) == (case["number"], ["hear"])
            assert (await colleague.get("/cases")).json() == []
            assert (await colleague.post(f"{path}/hear", {"text": "不是我"})).status_code == 403
            assert (await person.post(f"{path}/hear", {"text": "当时太累了"})).json()["state"] == "heard"
        async with desk_bot.member(SUPERVISOR) as supervisor:
            decided = await supervisor.post(f"{path}/decide", decision)
            assert decided.status_code == 200, decided.text
            assert decided.json()["measures"]
            assert decided.json()["offers"] == []
            rows = (await supervisor.get("/audit", about=f"case:{case['number']}")).json()
            assert [(row["who"], row["act"]) for row in rows] == [
                (SUPERVISOR, "case_decide"),
                (case["answerable"], "case_hear"),
            ]


async def test_force_majeure_is_declared_by_a_leader(desk_bot):
    now = datetime.now(UTC)
    storm = {"area": "xihu", "cause": "暴雨", "starts_at": now.isoformat()}
    async with desk_bot.member(LEADER) as leader:
        wrong = await leader.post("/force-majeure", storm | {"until": (now - timedelta(hours=1)).isoformat()})
        assert (wrong.status_code, wrong.json()["error"]) == (400, "ends_before_it_begins")
        made = await leader.post("/force-majeure", storm | {"until": (now + timedelta(hours=5)).isoformat()})
        assert made.status_code == 201
        assert made.json()["declared_by"] == LEADER
        assert made.json() in (await leader.get("/force-majeure")).json()


async def test_the_page_is_told_what_can_be_chosen_and_who_is_there(desk_bot):
    async with desk_bot.member(HEAD) as head:
        words = (await head.get("/words")).json()
        assert words["statuses"]["held"] == "处理受阻"
        assert words["verbs"]["transfer"] == {"label": "转派", "needs_reason": True}
        assert words["departments"]["engineering"] == "工程建设部"
        states = {"proposed": "待确认", "confirmed": "已确认", "dismissed": "已排除", "mended": "已修复"}
        assert words["incidents"] == states
        assert words["cases"]["heard"] == "已陈述申辩"
        assert words["heavier"]["repeated"] == "一年内出现两次以上应予以追究服务责任的行为"
        assert words["conversations"].keys() == {*State}
        assert words["steps"].keys() == {*Act}
        assert words["deeds"].keys() == {*Deed, *Verb}
        assert words["contact_reasons"].keys() == {*ContactReason}
        assert words["exports"].keys() == {*TABLES, "sheet", "tickets"}
        assert words["force_majeure"] == {
            "general_fault_repair": "一般故障修复",
            "major_fault_repair": "重大故障修复",
        }
        staff = {each["job_number"]: each for each in (await head.get("/staff")).json()}
        assert staff[HEAD]["account"]
        assert not staff["2041"]["account"]


async def test_without_the_backend_the_desk_says_so(start_bot):
    async with start_bot(backend_url="http://127.0.0.1:1") as bot, bot.member(HEAD) as head:
        away = await head.get("/tickets")
        assert (away.status_code, away.json()["error"]) == (503, "backend_away")
