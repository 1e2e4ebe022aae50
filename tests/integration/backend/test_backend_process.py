"""The backend as a process: it starts or says in one line why not, survives a kill, and its log is silent on people."""

import asyncio
import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing

import httpx
import pytest

from backend.__main__ import serve
from backend.client import BackendClient, BackendUnavailable, Receipt, Report
from tests.integration.backend.support import ROOT, TOKEN, BackendProcess, a_report


@pytest.fixture
def refused_start(capsys, monkeypatch):
    def refused_start(backend: BackendProcess, **changed: str) -> str:
        """What it writes to stderr when it does not start."""
        monkeypatch.chdir(ROOT)
        assert serve({key: value for key, value in (backend.environ | changed).items() if value}) == 2
        written = capsys.readouterr()
        assert written.out == ""
        return str(written.err)

    return refused_start


def test_a_second_process_on_the_same_file_refuses_in_one_line(new_backend):
    backend = new_backend()
    backend.start()

    environ = backend.environ | {"SHOUWEN_BACKEND_URL": "http://127.0.0.1:1"}
    command = [sys.executable, "-m", "backend"]
    second = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)

    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert "belongs to another running backend" in second.stderr


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SHOUWEN_BACKEND_TOKEN": ""}, "SHOUWEN_BACKEND_TOKEN"),
        ({"SHOUWEN_BACKEND_TOKEN": "short"}, "SHOUWEN_BACKEND_TOKEN"),
        ({"SHOUWEN_BACKEND_URL": "8100"}, "SHOUWEN_BACKEND_URL"),
        ({"SHOUWEN_BACKEND_URL": "http://127.0.0.1:99999"}, "SHOUWEN_BACKEND_URL"),
        ({"OPERATOR": "atlantis"}, "atlantis"),
        ({"DATABASE_URL": "sqlite:////dev/null/backend.sqlite"}, "can't"),
        ({"DATABASE_URL": "postgresql+unheardof://nobody@127.0.0.1/nothing"}, "unheardof"),
        ({"DATABASE_URL": "nonsense"}, "URL"),
    ],
)
def test_a_setting_that_cannot_work_is_told_in_one_line(new_backend, refused_start, changed, named):
    said = refused_start(new_backend(), **changed)

    assert said.count("\n") == 1
    assert named in said
    assert "Traceback" not in said


def test_a_port_in_use_is_told_in_one_line(new_backend, refused_start):
    backend = new_backend()
    with socket.create_server(("127.0.0.1", backend.port)):
        said = refused_start(backend)

    assert said.count("\n") == 1
    assert str(backend.port) in said


def test_a_file_that_is_no_database_is_told_in_one_line(new_backend, refused_start):
    backend = new_backend()
    (backend.var / "backend.sqlite").write_bytes(b"no database" * 100)

    said = refused_start(backend)

    assert said.count("\n") == 1
    assert "database" in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(new_backend, how):
    backend = new_backend()
    backend.start()

    assert backend.stop(how) == 0
    assert "Traceback" not in backend.log


async def test_healthz_and_readyz_need_no_token(backend):
    async with httpx.AsyncClient(base_url=backend.url, trust_env=False) as anyone:
        alive, ready = await anyone.get("/healthz"), await anyone.get("/readyz")

    assert alive.json() == {"alive": True}
    assert (ready.status_code, ready.json()["ready"], ready.json()["reasons"]) == (200, True, [])


async def test_the_correlation_id_of_the_caller_stands_in_the_lines_and_in_the_answer(backend):
    client = backend.client()
    await client.file(a_report(matter_id="to-correlate"), correlation_id="turn-of-zhang-1")
    await client.aclose()

    lines = [json.loads(line) for line in backend.log.splitlines()]
    (line,) = [line for line in lines if line.get("correlation_id") == "turn-of-zhang-1"]
    assert (line["path"], line["process"]) == ("/internal/tickets", "backend")


async def test_a_correlation_id_that_is_none_is_replaced(backend):
    async with httpx.AsyncClient(base_url=backend.url, trust_env=False) as anyone:
        answer = await anyone.get("/healthz", headers={"X-Correlation-Id": '13807911234", "forged": "'})

    assert "forged" not in answer.headers["X-Correlation-Id"]


async def test_no_line_of_the_log_tells_a_phone_or_an_address(backend):
    """Also where something goes wrong with them."""
    client = backend.client()
    receipt = await client.file(a_report(matter_id="to-be-silent-about"), correlation_id="turn-1")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=backend.url, headers=headers, trust_env=False) as careless:
        await careless.get("/internal/13807911234/红谷滩区世贸路1号", params={"phone": "13807911234"})
        await careless.get("/tmf-api/troubleTicket/v5/troubleTicket", params={"phone": "+86 138 0791 1234"})
        await careless.post("/internal/tickets", content='{"contact_phone": "13807911234", "address": "世贸路1号"}')
        await careless.post("/internal/tickets", content="x" * 100_000)
        await careless.post("/internal/tickets", content=a_report().to_json().replace("webchat", "13807911234"))
    await client.aclose()

    log = backend.log
    assert receipt.ticket_number
    for personal in ("3807911234", "138 0791", "世贸路"):
        assert personal not in log


def tickets_of_matters(backend: BackendProcess) -> Counter[str]:
    with closing(sqlite3.connect(f"file:{backend.var / 'backend.sqlite'}?mode=ro", uri=True)) as connection:
        return Counter(matter for (matter,) in connection.execute("SELECT matter_id FROM ticket"))


async def test_killed_while_filing_each_matter_has_one_ticket_or_none_and_filing_again_makes_exactly_one(new_backend):
    backend = new_backend()
    backend.start()
    reports = [a_report(matter_id=f"matter-{which}", contact_phone=f"+86138079{which:05}") for which in range(300)]
    told: dict[str, Receipt] = {}
    enough = asyncio.Event()

    async def file_until_it_dies(client: BackendClient, mine: list[Report]) -> None:
        for report in mine:
            try:
                told[report.matter_id] = await client.file(report, correlation_id=report.matter_id)
            except BackendUnavailable:
                return
            if len(told) >= 40:
                enough.set()

    client = backend.client()
    filing = [asyncio.create_task(file_until_it_dies(client, reports[start::8])) for start in range(8)]
    await enough.wait()
    backend.stop(signal.SIGKILL)
    await asyncio.gather(*filing)
    await client.aclose()
    after_the_kill = tickets_of_matters(backend)

    assert 40 <= len(told) < len(reports)
    assert set(told) <= set(after_the_kill)  # what was told is never lost
    assert set(after_the_kill.values()) == {1}

    backend.start()
    client = backend.client()
    for report in reports:
        receipt = await client.file(report, correlation_id=report.matter_id)
        if report.matter_id in told:
            assert receipt.ticket_number == told[report.matter_id].ticket_number
            assert receipt.already_filed
    await client.aclose()
    backend.stop()

    assert tickets_of_matters(backend) == Counter({report.matter_id: 1 for report in reports})
    with closing(sqlite3.connect(f"file:{backend.var / 'backend.sqlite'}?mode=ro", uri=True)) as connection:
        (without_promise,) = connection.execute(
            "SELECT count(*) FROM ticket WHERE number NOT IN (SELECT ticket_number FROM promise)"
            " OR number NOT IN (SELECT ticket_number FROM audit) OR owner = ''"
        ).fetchone()
    assert without_promise == 0


@pytest.fixture
def two_backends(new_backend, postgresql):
    url = postgresql.create("two")
    both = [new_backend(), new_backend()]
    for backend in both:
        backend.settings["DATABASE_URL"] = url
    yield both
    for backend in both:
        backend.stop()
    postgresql.drop("two")


async def test_two_backends_on_one_postgresql_know_the_same_tickets_and_number_them_once(two_backends):
    for backend in two_backends:
        backend.start()
    reports = [a_report(matter_id=f"matter-{which}", contact_phone=f"+86138079{which:05}") for which in range(10)]

    async def file_all(backend: BackendProcess) -> list[Receipt]:
        client = backend.client()
        receipts = [await client.file(report, correlation_id=report.matter_id) for report in reports]
        await client.aclose()
        return receipts

    here, there = await asyncio.gather(*map(file_all, two_backends))

    assert [receipt.ticket_number for receipt in here] == [receipt.ticket_number for receipt in there]
    assert [one.already_filed + other.already_filed for one, other in zip(here, there, strict=True)] == [1] * 10
    assert all("Traceback" not in backend.log for backend in two_backends)
