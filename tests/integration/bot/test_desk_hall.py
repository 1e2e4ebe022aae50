"""The hall at the desk (R2.7): greeting, pre-acceptance, duty log, opinion book, hand-over, key visits, handbook.

A real backend keeps what is written.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from backend.charters import load_charter
from backend.domain.working_time import local
from bot.desk.greeting import NO_LOBBY, NOBODY_NOW, greeting
from bot.desk.tables import audit
from tests.factories import at
from tests.integration.backend.support import TOKEN, BackendProcess


@pytest.fixture
async def bot(start_bot: Any, real_backend: BackendProcess) -> AsyncIterator[Any]:
    async with start_bot(backend_url=real_backend.url, backend_token=TOKEN) as running:
        yield running


@pytest.fixture
async def agent(bot: Any) -> AsyncIterator[Any]:
    async with bot.member("1031") as member:
        yield member


@pytest.fixture
async def leader(bot: Any) -> AsyncIterator[Any]:
    async with bot.member("1003") as member:
        yield member


def a_matter(**said: object) -> dict[str, object]:
    usual = {
        "id": uuid4().hex,
        "ticket_type": "fault",
        "subject": "no_signal",
        "service": "tv",
        "description": "电视没信号",
        "address": "南昌市红谷滩区世贸路1号",
        "contact_phone": f"138 {uuid4().int % 10**8:08}",
    }
    return usual | said


async def test_r2_7_the_screen_greets_and_says_what_is_unfinished(agent):
    noted = await agent.post("/hall/duty-log", {"id": uuid4().hex, "text": "取号机坏了", "event": True})
    shown = (await agent.get("/hall/greeting")).json()

    assert noted.json()["number"] in [note["number"] for note in shown["unfinished"]]
    assert shown["heads"]
    install = next(matter for matter in shown["matters"] if matter["subject"] == "install")
    assert install["materials"]


def test_r2_7_where_there_is_no_lobby_manager_that_is_said():
    jiangxi, zhangjiagang = load_charter(operator="jiangxi"), load_charter(operator="zhangjiagang")

    assert greeting(jiangxi, at=at("2026-11-27 10:00"))["note"] == NO_LOBBY
    assert greeting(zhangjiagang, at=at("2026-11-27 20:00"))["note"] == NOBODY_NOW
    shown = greeting(zhangjiagang, at=at("2026-11-27 10:00"))
    assert ([member["title"] for member in shown["lobby"]], shown["note"]) == (["大堂经理"], None)


def test_what_a_charter_does_not_promise_the_screen_does_not_either():
    zhumadian = load_charter(operator="zhumadian")
    shown = greeting(zhumadian, at=at("2026-11-27 10:00"))
    fault = next(matter for matter in shown["matters"] if matter["subject"] == "telephone")

    assert [promise["limit"] for promise in fault["promises"]] == [None]
    assert "没有公布" in fault["promises"][0]["remark"]


async def test_r2_1_who_accepts_a_matter_at_the_counter_answers_for_it_with_the_same_promise(agent):
    accepted = await agent.post("/hall/acceptances", a_matter())
    receipt = accepted.json()

    assert accepted.status_code == 201
    assert (receipt["owner"]["job_number"], receipt["owner"]["role"]) == ("1031", receipt["owner"]["role"])
    assert [promise["label"] for promise in receipt["promises"]] == ["一般故障修复"]


async def test_r2_2_of_two_at_the_counter_the_senior_one_answers(agent):
    receipt = (await agent.post("/hall/acceptances", a_matter(present=["1001"]))).json()

    assert receipt["owner"]["job_number"] == "1001"


async def test_a_matter_sent_twice_is_one_ticket(agent):
    matter = a_matter()
    first, second = [await agent.post("/hall/acceptances", matter) for _ in range(2)]

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["ticket_number"] == second.json()["ticket_number"]


@pytest.mark.parametrize("phone", ["12345", "abc", "+1 1"])
async def test_a_wrong_phone_is_refused_before_anything_is_filed(agent, phone):
    answer = await agent.post("/hall/acceptances", a_matter(contact_phone=phone))

    assert (answer.status_code, answer.json()["error"]) == (422, "phone_wrong")


async def test_r2_7_the_duty_log_of_a_day_shows_who_was_on_duty_and_what_was_noted(agent):
    noted = (await agent.post("/hall/duty-log", {"id": uuid4().hex, "text": "开门检查，一切正常"})).json()
    day = (await agent.get(f"/hall/duty-log/{local(datetime.fromisoformat(noted['at'])).date()}")).json()

    assert "开门检查，一切正常" in [note["text"] for note in day["notes"]]
    assert {"1001", "1002"} <= {shift["job_number"] for shift in day["shifts"]}


async def test_an_event_of_the_log_is_ended_once(agent):
    event = (await agent.post("/hall/duty-log", {"id": uuid4().hex, "text": "停电", "event": True})).json()
    ended, again = [await agent.post(f"/hall/duty-log/{event['number']}/end", {"outcome": "已恢复"}) for _ in range(2)]

    assert ended.json()["outcome"] == "已恢复"
    assert (again.status_code, again.json()["message"]) == (
        409,
        f"值班日志 {event['number']} 号不是未了事项，或者已经了结。",
    )


@pytest.mark.parametrize("day", ["gestern", "2026-13-01"])
async def test_a_day_that_is_none_is_refused(agent, day):
    assert (await agent.get(f"/hall/duty-log/{day}")).status_code == 422


async def test_r2_7_an_entry_of_the_opinion_book_is_tracked_with_owner_and_promise(agent):
    opinion = {
        "id": uuid4().hex,
        "kind": "complaint",
        "words": "排队一小时",
        "subject": "attitude",
        "contact_phone": "13807911234",
    }
    entry = (await agent.post("/hall/opinions", opinion)).json()
    listed = (await agent.get("/hall/opinions", limit=200)).json()

    assert (entry["owner"], entry["promise"]["label"], entry["answer"]) == ("1031", "投诉答复与处理", None)
    assert entry["ticket"] in [each["ticket"] for each in listed["opinions"]]
    assert listed["unanswered"] >= 1
    last = (await agent.get("/hall/opinions", limit=1, offset=listed["total"] - 1)).json()["opinions"]
    assert last == listed["opinions"][-1:]


async def test_a_phone_in_the_opinion_book_is_masked(agent):
    words = "请打13807911234给我个说法"
    opinion = {"id": uuid4().hex, "kind": "suggestion", "words": words, "contact_phone": "13807915678"}
    entry = (await agent.post("/hall/opinions", opinion)).json()

    assert entry["words"].endswith("请打***给我个说法")
    assert "13807911234" not in (await agent.get("/hall/opinions", limit=200)).text


async def test_a_matter_of_another_kind_is_not_accepted(agent):
    answer = await agent.post("/hall/acceptances", a_matter(subject="install"))

    assert (answer.status_code, answer.json()["error"]) == (422, "wrong_fields")


async def test_a_suggestion_without_a_phone_is_shown_another_way(agent):
    answer = await agent.post("/hall/opinions", {"id": uuid4().hex, "kind": "suggestion", "words": "多开窗口"})

    assert answer.status_code == 400
    assert "值班日志" in answer.json()["message"]


async def test_r2_9_a_shift_is_listed_offered_and_taken(bot, leader):
    async with bot.member("1032") as agent:
        receipt = (await agent.post("/hall/acceptances", a_matter())).json()
        mine = (await agent.get("/handovers/in-hand")).json()
        offered = await agent.post("/handovers", {"taking": "1003", "note": "机房钥匙在值班室"})
        refused = await agent.post(f"/handovers/{offered.json()['number']}/take")
    taken = await leader.post(f"/handovers/{offered.json()['number']}/take")

    assert receipt["ticket_number"] in [matter["ticket"] for matter in mine]
    assert (offered.status_code, refused.status_code, taken.status_code) == (201, 409, 200)
    assert (await leader.get("/handovers")).json()[0]["taken_at"]


async def test_r5_5_the_plan_of_key_visits_is_shown_and_a_visit_that_is_none_not_recorded(agent):
    plan = (await agent.get("/key-visits")).json()
    answer = await agent.post("/key-visits/99", {"said": "很满意"})

    assert (plan["every_days"], plan["rule"]) == (90, "R5.5")
    assert (answer.status_code, answer.json()["message"]) == (404, "没有 99 号大客户回访。")


async def test_r7_5_the_handbook_is_the_charter(agent):
    shown = (await agent.get("/handbook")).json()
    limits = next(chapter for chapter in shown["chapters"] if chapter["title"] == "限时办结")

    assert limits["items"][0] == {
        "text": "一般故障修复：受理起 24 小时（不可抗力因素除外）",
        "rule": "R1.1",
        "source": "001 §4.3；§9.4",
        "sample": False,
    }


async def test_r7_5_a_test_is_scored_and_recorded_with_its_date(agent, leader):
    began = datetime.now(UTC)
    test = (await agent.post("/handbook/tests")).json()
    chosen = {question["key"]: 0 for question in test["questions"]}
    scored = (await agent.post(f"/handbook/tests/{test['id']}", {"chosen": chosen})).json()
    (result,) = (await agent.get("/handbook/tests")).json()

    assert "right" not in test["questions"][0]
    assert scored["right"] + len(scored["mistakes"]) == scored["of"] == 10
    assert all(mistake["options"][mistake["right"]] for mistake in scored["mistakes"])
    assert (result["job_number"], result["score"], result["questions"]) == ("1031", scored["right"], 10)
    assert began <= datetime.fromisoformat(result["handed_in_at"]) <= datetime.now(UTC)
    assert [each["job_number"] for each in (await leader.get("/handbook/tests")).json()] == ["1031"]


async def test_who_knows_the_right_answers_has_no_mistakes(agent):
    test = (await agent.post("/handbook/tests")).json()
    first = (await agent.post("/handbook/tests")).json()
    assert test["questions"] != first["questions"]
    wrong = (await agent.post(f"/handbook/tests/{test['id']}", {"chosen": {}})).json()

    assert wrong["right"] == 0
    assert [mistake["key"] for mistake in wrong["mistakes"]] == [question["key"] for question in test["questions"]]


async def test_a_test_is_handed_in_once_and_by_whose_it_is(agent, leader):
    test = (await agent.post("/handbook/tests")).json()
    path, none = f"/handbook/tests/{test['id']}", {"chosen": {}}
    other, first, second = [await who.post(path, none) for who in (leader, agent, agent)]

    assert [answer.status_code for answer in (other, first, second)] == [404, 200, 409]
    assert (await agent.get("/handbook/tests")).json()[0]["score"] == 0
    assert len((await leader.get("/handbook/tests")).json()) == 1


async def test_what_is_done_in_the_hall_stands_in_the_audit(bot, agent):
    receipt = (await agent.post("/hall/acceptances", a_matter())).json()
    with bot.database.begin() as connection:
        rows = connection.execute(audit.select().where(audit.c.act == "accepted")).all()

    assert [(row.who, row.about) for row in rows] == [("1031", receipt["ticket_number"])]
