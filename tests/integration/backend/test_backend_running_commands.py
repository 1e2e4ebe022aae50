"""The commands that ask the running backend: where it can be installed, and the erasing of a customer's words."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from backend.cli import app
from tests.integration.backend.support import eventually


@pytest.fixture
def run(backend):
    def run(*arguments: str):
        environ = {
            "SHOUWEN_VAR": str(backend.var),
            "SHOUWEN_BACKEND_URL": backend.url,
            "SHOUWEN_BACKEND_TOKEN": backend.environ["SHOUWEN_BACKEND_TOKEN"],
            "DATABASE_URL": None,
        }
        return CliRunner().invoke(app, arguments, env=environ)

    return run


def test_an_area_is_opened_and_closed_and_the_list_says_so(run):
    """R2.11."""
    assert "未开通  balihu  九江市八里湖新区" in run("area", "list").output
    assert "已开通  balihu" in run("area", "open", "balihu", "--by", "1041").output
    assert "未开通  balihu" in run("area", "close", "balihu", "--by", "1041").output
    refused = run("area", "open", "nowhere", "--by", "1041")
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)


@pytest.fixture
def proposed(run, filed):
    """The number of an incident that has just been proposed of many faults in an area."""

    def proposed(area: str) -> str:
        for _ in range(3):
            asyncio.run(filed(area=area, accepted_at=datetime.now(UTC)))
        return eventually(waiting)[0]

    def waiting() -> list[str]:
        return [line.split()[0] for line in run("incident", "list").output.splitlines() if "待确认" in line]

    return proposed


def test_an_incident_is_confirmed_and_mended_or_dismissed(run, proposed):
    one = proposed("wanli")
    confirmed = run("incident", "confirm", one, "--cause", "光缆被挖断", "--by", "1003").output
    assert ("已确认" in confirmed, "光缆被挖断" in confirmed, "3 张工单" in confirmed) == (True, True, True)
    assert "光缆接好了" in run("incident", "mend", one, "--outcome", "光缆接好了", "--by", "1041").output

    other = proposed("xihu")
    refused = run("incident", "dismiss", other, "--reason", "各家原因不同", "--by", "1041")
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert "已排除" in run("incident", "dismiss", other, "--reason", "各家原因不同", "--by", "1003").output


def test_a_finished_ticket_is_erased_by_a_leader_and_still_verifies(run, backend, filed, api):
    number = asyncio.run(filed())
    not_yet = run("ticket", "erase", number, "--by", "1003", "--reason", "客户要求")
    assert (not_yet.exit_code, "办完以后才能抹除" in not_yet.output) == (1, True)
    api.patch(f"/troubleTicket/{number}", json={"status": "cancelled", "statusChangeReason": "不修了"})

    erased = run("ticket", "erase", number, "--by", "1003", "--reason", "客户要求")

    assert "已抹除" in erased.output
    verified = run("ticket", "verify", number)
    assert verified.exit_code == 0
    assert "文字已抹除" in verified.output
    shown = api.get(f"/troubleTicket/{number}").json()
    assert shown["note"][-1]["text"] == "抹除：客户要求"
    assert "世贸路" not in str(shown)
    assert "+86138" not in str(shown)
