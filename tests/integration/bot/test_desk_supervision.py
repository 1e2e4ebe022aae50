"""Heads see figures at the desk, open the tickets behind them and save them as a spreadsheet. A real backend counts."""

import csv
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from backend.domain.performance import Behind
from backend.domain.vocabulary import TicketType
from bot.desk.spreadsheet import sheet
from bot.desk.supervision_tables import BEHIND_LABELS
from bot.desk.tables import audit
from tests.integration.backend.support import FRIDAY_EVENING, TOKEN, BackendProcess, a_report

DAY = FRIDAY_EVENING.date()
SPAN = {"since": f"{DAY}", "until": f"{DAY + timedelta(days=1)}"}


@pytest.fixture(scope="module")
def brought(real_backend: BackendProcess) -> list[str]:
    """The numbers of a fault and a complaint, whose limits have long run out."""
    complaint = {"matter_id": "c", "ticket_type": TicketType.COMPLAINT, "subject": "fee", "description": "多收了 30 元"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=real_backend.url, headers=headers, trust_env=False) as http:
        answers = [http.post("/internal/tickets", content=a_report(**said).to_json()) for said in ({}, complaint)]
    return [answer.json()["ticket_number"] for answer in answers]


@pytest.fixture
async def bot(start_bot: Any, real_backend: BackendProcess, brought: list[str]) -> AsyncIterator[Any]:
    async with start_bot(backend_url=real_backend.url, backend_token=TOKEN) as running:
        yield running


@pytest.fixture
async def leader(bot: Any) -> AsyncIterator[Any]:
    async with bot.member("1003") as member:
        yield member


def table(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_r7_3_a_leader_sees_the_figures_by_matter_area_and_department(leader):
    shown = (await leader.get("/supervision/", **SPAN)).json()

    assert (shown["whole"]["tickets"], shown["whole"]["on_time"]["percent"]) == (2, 0.0)
    assert {group["name"]: group["tickets"] for group in shown["by_matter"]} == {
        "报障·有线电视无信号": 1,
        "投诉·收费": 1,
    }
    assert {group["key"] for group in shown["by_area"]} >= {"honggutan"}
    assert {group["key"] for group in shown["by_department"]} >= {"maintenance"}
    assert shown["return_visits"][0]["published"] == 100


async def test_each_figure_opens_its_tickets(leader, brought):
    behind = (await leader.get("/supervision/tickets", behind="late", ticket_type="complaint", **SPAN)).json()

    assert (behind["total"], [row["number"] for row in behind["rows"]]) == (1, [brought[1]])


async def test_the_sheet_of_an_assessment_has_a_line_for_each_area_person_and_department(leader):
    shown = (await leader.get("/supervision/sheet", **SPAN)).json()

    assert shown["rule"] == "R4.3"
    assert {line["whose"] for line in shown["lines"]} == {"area", "person", "department"}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("matters", {"名称": "报障·有线电视无信号", "按期率%": "0.0", "满意度%": "无数据"}),
        ("areas", {"名称": "全部", "工单": "2"}),
        ("departments", {"名称": "全部", "工单": "2"}),
        ("answer-times", {"事项": "报障", "已首次响应": "0"}),
        ("return-visits", {"事项": "报障", "公布比例%": "100"}),
        ("marks", {"评分": "5", "次数": "0"}),
        ("sheet", {"对象": "部门", "编号": "maintenance"}),
    ],
)
async def test_every_table_is_saved_as_a_spreadsheet(leader, name, row):
    answer = await leader.get(f"/supervision/csv/{name}", **SPAN)

    assert any(row.items() <= line.items() for line in table(answer)), answer.text
    assert "江西广电" in unquote(answer.headers["content-disposition"])


async def test_the_tickets_behind_a_figure_are_saved_without_anything_of_the_customer(leader, brought):
    answer = await leader.get("/supervision/csv/tickets", behind="tickets", **SPAN)

    assert {line["工单"] for line in table(answer)} == set(brought)
    assert "工单明细 受理" in unquote(answer.headers["content-disposition"])
    assert {*Behind} == {*BEHIND_LABELS}
    assert "1234" not in answer.text


async def test_what_was_saved_stands_in_the_audit(bot, leader):
    await leader.get("/supervision/csv/areas", **SPAN)
    with bot.database.begin() as connection:
        rows = connection.execute(audit.select().where(audit.c.act == "exported")).all()

    assert [(row.who, row.about) for row in rows] == [("1003", "supervision/areas")]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/supervision/", {"since": "gestern", "until": "2026-12-01"}, 422),
        ("/supervision/", {}, 422),
        ("/supervision/", {"since": "2026-12-01", "until": "2026-11-01"}, 422),
        ("/supervision/tickets", SPAN, 422),
        ("/supervision/tickets", SPAN | {"behind": "everything"}, 422),
        ("/supervision/csv/secrets", SPAN, 404),
    ],
)
async def test_a_wrong_question_is_refused_in_chinese(leader, path, query, status):
    answer = await leader.get(path, **query)

    assert answer.status_code == status
    assert answer.json()["message"]


async def test_with_the_backend_away_that_is_said(start_bot):
    async with start_bot(backend_url="http://127.0.0.1:1") as alone, alone.member("1003") as leader:
        answer = await leader.get("/supervision/", **SPAN)

    assert (answer.status_code, answer.json()["message"]) == (503, "工单系统暂时连接不上，请稍后再试。")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+8613800000000", "'+8613800000000"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("报障·无信号", "报障·无信号"),
        (-50, "-50"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(cell, written):
    answer = sheet("表", head=["值"], rows=[[cell]])

    assert next(csv.DictReader(StringIO(answer.body.decode("utf-8-sig"), newline="")))["值"] == written
