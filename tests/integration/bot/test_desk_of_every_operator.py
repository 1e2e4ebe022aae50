"""The hall, supervision and the handbook of the other operators: what a charter does not have is said, not invented."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.charters import load_charter
from tests.integration.backend.support import TOKEN, BackendProcess
from tests.ports import free_port

SPAN = {"since": "2026-11-01", "until": "2026-12-01"}
SHOWN = ("/words", "/hall/greeting", "/handbook", "/key-visits", "/annotations", "/supervision", "/supervision/sheet")


@pytest.fixture(params=["langzhong", "zhangjiagang", "zhumadian"])
async def desk(request: Any, start_bot: Any, tmp_path: Any) -> AsyncIterator[Any]:
    """What a leader of the operator is shown, by path."""
    operator = request.param
    (tmp_path / "backend").mkdir()
    backend = BackendProcess(var=tmp_path / "backend", port=free_port(), settings={"OPERATOR": operator})
    backend.start()
    leader = next(member.job_number for member in load_charter(operator=operator).staff if member.is_leader)
    try:
        async with (
            start_bot(operator=operator, backend_url=backend.url, backend_token=TOKEN) as bot,
            bot.member(leader) as member,
        ):
            shown = {}
            for path in SHOWN:
                answer = await member.get(path, **(SPAN if path.startswith("/supervision") else {}))
                assert answer.status_code == 200, (path, answer.text)
                shown[path] = answer.json()
            shown["test"] = (await member.post("/handbook/tests")).json()
            yield operator, shown
    finally:
        backend.stop()


async def test_each_is_shown_its_own_charter_and_told_where_it_is_silent(desk):
    operator, shown = desk
    silent = {chapter["title"]: chapter["silent"] for chapter in shown["/handbook"]["chapters"] if not chapter["items"]}
    found = shown["/supervision"]

    assert len(shown["test"]["questions"]) == 10
    assert shown["/words"]["force_majeure"] == {}
    assert found["whole"]["on_time"]["percent"] is None
    assert {line["whose"] for line in shown["/supervision/sheet"]["lines"]} == {"area", "person", "department"}
    match operator:
        case "langzhong":
            assert [each["published"] for each in found["return_visits"]] == [30, 100]
            assert shown["/hall/greeting"]["note"] == "公司没有设大堂经理，由值班负责人接待"
            assert shown["/key-visits"]["rule"] == "R5.5"
        case "zhangjiagang":
            assert [each["published"] for each in found["return_visits"]] == [20]
            assert "公司没有公布故障修复时限，按期率不含故障修复" in found["unpublished"]
            assert shown["/key-visits"]["every_days"] is None
            assert silent["责任追究"] == "公司没有公布责任追究办法"
            assert [shown["/words"][name] for name in ("gravities", "heavier", "lighter")] == [{}, {}, {}]
        case "zhumadian":
            assert found["return_visits"] == []
            assert shown["/words"]["statuses"]["resolved"] == "已处理，待办结"
            assert set(shown["/words"]["subjects"]["fault"]) == {"telephone", "area", "danger"}
            assert "公司没有公布回访比例，不统计回访覆盖" in found["unpublished"]
            assert shown["/annotations"]["annotated_by"] == "leader"
            assert silent["限时办结"] == "公司没有公布办结时限"
