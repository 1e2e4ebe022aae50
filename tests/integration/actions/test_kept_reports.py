"""Nothing is lost: what could not be filed is kept on disk, filed later as it was accepted, and told."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_httpserver import HTTPServer

from actions.parts import Parts
from actions.server import file_and_tell
from actions.unfiled import Unfiled, file_what_waits
from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.client import BackendClient
from backend.commands.unfiled import unfiled as listed
from tests.contract.answered import NUMBER
from tests.integration.actions.support import (
    ACCEPTED_AT,
    ADDRESS,
    BACKEND_TOKEN,
    BOT_TOKEN,
    PHONE,
    ROOT,
    a_confirmed_fault,
    bodies,
    eventually,
    receives_tickets,
)
from tests.integration.backend.support import a_report

KEPT_AT = datetime(2026, 11, 21, 12, 31, tzinfo=UTC)
TICKETS, NOTICES = "/internal/tickets", "/internal/notices"


def test_a_kept_report_survives_kill_9_and_is_filed_and_told_once(actions, listening):
    actions.start()
    assert actions.said(a_confirmed_fault())[0] == "utter_report_kept"
    actions.kill()
    backend, bot = listening(actions.backend_port), listening(actions.bot_port)
    receives_tickets(backend)
    bot.expect_request(NOTICES, method="POST").respond_with_json({"seq": 5}, status=202)

    actions.start()
    eventually(lambda: actions.unfiled == 0)
    actions.kill()
    actions.start()
    eventually(lambda: actions.get("/readyz").is_success)

    (report,) = bodies(backend, TICKETS)
    assert (report["matter_id"], report["accepted_at"]) == ("matter-of-zhang", ACCEPTED_AT.replace("+00:00", "Z"))
    assert (report["contact_phone"], report["address"]) == (PHONE, ADDRESS)
    ((request, _),) = bot.log
    notice = request.get_json()
    assert (notice["id"], notice["conversation"]) == ("filed-matter-of-zhang", "conversation-of-zhang")
    assert " ".join((NUMBER[:6], NUMBER[6:-1], NUMBER[-1])) in notice["text"]
    assert request.headers["Authorization"] == f"Bearer {BOT_TOKEN}"
    assert backend.log[0][0].headers["Authorization"] == f"Bearer {BACKEND_TOKEN}"


def test_a_turn_that_runs_again_keeps_its_report_once(actions):
    actions.start()

    again = [actions.said(a_confirmed_fault()) for _ in range(2)]

    assert again[0] == again[1]
    assert actions.unfiled == 1


def test_what_was_kept_is_in_the_file_however_the_process_dies(tmp_path):
    keeping = """
import sys
from pathlib import Path
from actions.unfiled import Unfiled
from tests.integration.actions.test_kept_reports import KEPT_AT
from tests.integration.backend.support import a_report
unfiled = Unfiled(Path(sys.argv[1]))
for running in range(10_000):
    unfiled.keep(a_report(matter_id=f"matter-{running}"), at=KEPT_AT)
    print(f"matter-{running}", flush=True)
"""
    path = tmp_path / "unfiled.sqlite"
    with subprocess.Popen(
        (sys.executable, "-W", "ignore", "-c", keeping, str(path)), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told_as_kept = [process.stdout.readline().strip() for _ in range(20)]
        process.kill()
        told_as_kept += process.stdout.read().split()

    assert set(told_as_kept) <= {report.matter_id for report in Unfiled(path).waiting()}


def test_the_oldest_report_is_filed_first(tmp_path):
    unfiled = Unfiled(tmp_path / "unfiled.sqlite")
    unfiled.keep(a_report(matter_id="later"), at=KEPT_AT + timedelta(hours=1))
    unfiled.keep(a_report(matter_id="earlier"), at=KEPT_AT)

    assert [report.matter_id for report in unfiled.waiting()] == ["earlier", "later"]


def test_a_report_comes_back_as_it_was_kept(tmp_path):
    kept = a_report(requested_at=KEPT_AT, requested_text="明天下午", description="“'\\")

    Unfiled(tmp_path / "unfiled.sqlite").keep(kept, at=KEPT_AT)

    assert Unfiled(tmp_path / "unfiled.sqlite").waiting() == [kept]


Filing = Callable[[], Any]


@pytest.fixture
def unfiled(tmp_path: Path) -> Unfiled:
    return Unfiled(tmp_path / "unfiled.sqlite")


@pytest.fixture
def filing(unfiled: Unfiled, backend: HTTPServer, bot: HTTPServer) -> Filing:
    """async with filing(): what waits is filed in the background, again every 20 ms."""
    parts = Parts(
        charter=load_charter(operator="jiangxi", root=ROOT / "charters"),
        calendar=state_council_calendar(),
        backend=BackendClient(base_url=backend.url_for(""), token=BACKEND_TOKEN),
        unfiled=unfiled,
    )

    @asynccontextmanager
    async def run() -> AsyncIterator[asyncio.Task[None]]:
        async with httpx.AsyncClient(base_url=bot.url_for(""), trust_env=False) as to_bot:
            work = partial(file_and_tell, parts=parts, bot=to_bot)
            task = asyncio.create_task(file_what_waits(unfiled, file_and_tell=work, every=0.02))
            yield task
            task.cancel()
            await asyncio.wait([task])

    return run


@pytest.fixture
def backend(listening: Callable[[int], HTTPServer]) -> HTTPServer:
    server = listening(0)
    receives_tickets(server)
    return server


@pytest.fixture
def bot(listening: Callable[[int], HTTPServer]) -> HTTPServer:
    return listening(0)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("status", [503, 500, 401])
async def test_while_the_bot_does_not_take_the_notice_the_report_waits(unfiled, filing, backend, bot, status):
    bot.expect_ordered_request(NOTICES).respond_with_data("", status=status)
    bot.expect_ordered_request(NOTICES).respond_with_data("", status=status)
    bot.expect_ordered_request(NOTICES).respond_with_json({"seq": 5}, status=202)
    unfiled.keep(a_report(), at=KEPT_AT)

    async with filing():
        await until(lambda: len(bot.log) == 1)
        assert unfiled.waiting()
        await until(lambda: not unfiled.waiting())

    assert [notice["id"] for notice in bodies(bot, NOTICES)] == ["filed-matter-of-zhang"] * 3
    assert len({(report["matter_id"], report["accepted_at"]) for report in bodies(backend, TICKETS)}) == 1
    assert unfiled.was_told(matter_id="matter-of-zhang")


async def test_dying_between_filing_and_telling_tells_with_the_same_id(unfiled, filing, backend, bot):
    unfiled.keep(a_report(), at=KEPT_AT)
    async with filing():
        await until(lambda: bool(bot.log))  # 500: nobody expects a notice yet
    assert unfiled.waiting()
    bot.expect_request(NOTICES).respond_with_json({"seq": 5}, status=200)

    async with filing():
        await until(lambda: not unfiled.waiting())

    assert {notice["id"] for notice in bodies(bot, NOTICES)} == {"filed-matter-of-zhang"}


async def test_a_report_kept_while_the_work_sleeps_wakes_it(unfiled, filing, backend, bot):
    bot.expect_request(NOTICES).respond_with_json({"seq": 5}, status=202)
    async with filing():
        await asyncio.sleep(0.05)
        unfiled.keep(a_report(), at=KEPT_AT)
        await until(lambda: not unfiled.waiting())

    assert len(bodies(backend, TICKETS)) == 1


async def test_one_report_that_can_not_be_filed_does_not_hold_up_the_others(unfiled, filing, backend, bot, tmp_path):
    bot.expect_request(NOTICES).respond_with_json({"seq": 5}, status=202)
    backend.clear()
    backend.expect_ordered_request(TICKETS).respond_with_json({"code": "area_closed", "message": "不行"}, status=422)
    receives_tickets(backend)
    unfiled.keep(a_report(matter_id="refused"), at=KEPT_AT)
    unfiled.keep(a_report(matter_id="fine"), at=KEPT_AT + timedelta(hours=1))

    async with filing():
        await until(lambda: unfiled.was_told(matter_id="fine"))

    (refused,) = listed(tmp_path / "unfiled.sqlite", now=KEPT_AT)
    assert (refused.matter_id, refused.last_error) == ("refused", "Refused")


async def test_an_error_nobody_thought_of_does_not_end_the_filing(unfiled):
    filed = []

    async def file_and_stumble(report: Any) -> None:
        if report.matter_id == "odd":
            raise KeyError("a clause of yesterday's charter")
        filed.append(report.matter_id)

    unfiled.keep(a_report(matter_id="odd"), at=KEPT_AT)
    unfiled.keep(a_report(matter_id="fine"), at=KEPT_AT + timedelta(hours=1))
    task = asyncio.create_task(file_what_waits(unfiled, file_and_tell=file_and_stumble, every=0.02))
    await until(lambda: bool(filed) or task.done())
    task.cancel()
    await asyncio.wait([task])

    assert filed == ["fine"]
    assert unfiled.kept(matter_id="odd")
    assert not unfiled.was_told(matter_id="odd")


async def test_what_waits_is_visible_with_its_age_and_its_attempts(unfiled, filing, tmp_path, bot, backend):
    unfiled.keep(a_report(), at=KEPT_AT)
    async with filing():
        await until(lambda: len(bot.log) >= 2)

    (waiting,) = listed(tmp_path / "unfiled.sqlite", now=KEPT_AT + timedelta(minutes=10))

    assert (waiting.matter_id, waiting.age_seconds, waiting.last_error) == ("matter-of-zhang", 600, "NoticeFailed")
    assert waiting.attempts >= 1
