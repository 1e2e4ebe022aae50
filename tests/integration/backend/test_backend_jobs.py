"""DBOS in the running backend: it wakes up, does what is due, shows what it gave up, and stops when it is told to."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from typer.testing import CliRunner

from backend.__main__ import serve
from backend.cli import app
from backend.ports import Medium, Message
from backend.store.engine import open_engine
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from tests.integration.backend.support import ROOT, TOKEN, BackendProcess, eventually

STOPPED_WITHIN = 10.0  # what the launcher gives


@pytest.fixture
def command(monkeypatch):
    monkeypatch.chdir(ROOT)

    def command(backend: BackendProcess, *words: str):
        environ = {
            "SHOUWEN_VAR": str(backend.var),
            "SHOUWEN_BACKEND_URL": backend.url,
            "SHOUWEN_BACKEND_TOKEN": TOKEN,
            "DATABASE_URL": None,
        }
        return CliRunner().invoke(app, ["due", *words], env=environ)

    return command


@pytest.fixture
def stopped_backend(new_backend):
    """Not started yet, with a message in its outbox that nobody can deliver: the bot is not there."""
    backend = new_backend()
    engine = open_engine(f"sqlite:///{backend.var / 'backend.sqlite'}")
    migrate(engine)
    message = Message(
        key="call-1",
        medium=Medium.CONVERSATION,
        recipient="+8613807911234",
        subject="ticket",
        body={"text": "您的电话是 13807911234"},
        not_before=datetime.now(UTC) - timedelta(hours=1),
    )
    with SqlStore(engine).writing() as tickets:
        tickets.outbox.add(message)
    engine.dispose()
    return backend


def test_what_was_due_while_the_backend_was_down_is_tried_once_it_is_up(stopped_backend, command):
    stopped_backend.start()

    line = eventually(lambda: [line for line in command(stopped_backend, "list").output.splitlines() if "Not" in line])

    assert "deliver  ticket  call-1" in line[0]
    assert "NotDelivered" in line[0]
    assert "3807911234" not in stopped_backend.log


def bury(backend: BackendProcess) -> int:
    engine = open_engine(f"sqlite:///{backend.var / 'backend.sqlite'}")
    now = datetime.now(UTC)
    with SqlStore(engine).writing() as tickets:
        (claim,) = tickets.agenda.claim(now=now, until=now + timedelta(minutes=1), by="test", limit=1, lanes=True)
        tickets.agenda.bury(claim, at=now - timedelta(hours=1), error="NotDelivered")
    engine.dispose()
    return claim.id


def test_a_dead_letter_is_shown_with_its_age_and_tried_again_by_command(stopped_backend, command):
    dead = bury(stopped_backend)
    stopped_backend.start()
    shown = command(stopped_backend, "dead")
    ready = httpx.get(f"{stopped_backend.url}/readyz", trust_env=False).json()

    assert (shown.exit_code, shown.output.split()[0]) == (1, str(dead))
    assert (ready["dead_letters"], ready["oldest_dead_letter_seconds"] >= 3600) == (1, True)

    assert command(stopped_backend, "retry", str(dead)).exit_code == 0
    again = command(stopped_backend, "retry", str(dead))
    assert (again.exit_code, again.output) == (1, f"没有 {dead} 号办不成的到期事项。\n")
    assert command(stopped_backend, "dead").output == "没有办不成的到期事项\n"


def test_where_nothing_is_due_nothing_is_listed(new_backend, command):
    backend = new_backend()
    engine = open_engine(f"sqlite:///{backend.var / 'backend.sqlite'}")
    migrate(engine)
    engine.dispose()

    assert command(backend, "list").output == "没有待办的到期事项\n"
    assert command(backend, "dead").exit_code == 0


def test_a_running_backend_has_no_work_that_stays_due(backend):
    def oldest_due() -> int:
        return int(httpx.get(f"{backend.url}/readyz", trust_env=False).json()["oldest_due_seconds"])

    eventually(lambda: oldest_due() == 0)


def finished_jobs(backend: BackendProcess) -> set[str]:
    with closing(sqlite3.connect(f"file:{backend.var / 'dbos.sqlite'}?mode=ro", uri=True)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM workflow_status WHERE status = 'SUCCESS'")}


def test_it_stops_within_what_the_launcher_gives_and_goes_on_after_a_kill(stopped_backend):
    stopped_backend.start()
    eventually(lambda: finished_jobs(stopped_backend) >= {"due_work", "messages", "settle_provisional"})
    stopped_backend.process.kill()
    stopped_backend.process.wait()
    with closing(sqlite3.connect(stopped_backend.var / "dbos.sqlite")) as connection, connection:
        connection.execute("DELETE FROM workflow_status WHERE status = 'SUCCESS'")

    stopped_backend.start()
    eventually(lambda: finished_jobs(stopped_backend) >= {"due_work", "messages", "settle_provisional"})
    began = time.monotonic()
    assert stopped_backend.stop() == 0

    assert time.monotonic() - began < STOPPED_WITHIN
    for line in stopped_backend.log.splitlines():
        assert json.loads(line)["level"] != "warning", line


def test_a_system_database_that_is_none_is_told_in_one_line(new_backend, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    backend = new_backend()
    (backend.var / "dbos.sqlite").write_bytes(b"no database" * 100)

    assert serve(backend.environ) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "database" in said
