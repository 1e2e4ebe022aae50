"""The commands of `python -m backend.cli` on stored tickets."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.charter_book import CharterBook
from backend.cli import app
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine, sole_owner
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.work.consequences import Consequences
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)

    def run(*arguments: str, database_url: str | None = None) -> Result:
        environ = {"SHOUWEN_VAR": str(tmp_path), "DATABASE_URL": database_url, "OPERATOR": None}
        return CliRunner().invoke(app, arguments, env=environ)

    return run


@pytest.fixture
def number(tmp_path: Path, terms: Terms) -> str:
    engine = open_engine(f"sqlite:///{tmp_path / 'backend.sqlite'}")
    migrate(engine)
    store = SqlStore(
        engine, follow=Consequences(charters=CharterBook(operator="jiangxi", root=ROOT / "charters")).follow
    )
    receipt = usecases.accept(
        report=a_report(), terms=terms, store=store, accounts=TableAccounts(store), now=FRIDAY_EVENING
    )
    engine.dispose()
    return receipt.ticket_number


def keep_unfiled(var: Path, *, matter_id: str, kept_at: datetime, last_error: str | None = None) -> None:
    """What the actions write."""
    with closing(sqlite3.connect(var / "unfiled.sqlite")) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS unfiled (matter_id TEXT PRIMARY KEY, report_json TEXT, kept_at TEXT,"
            " attempts INTEGER, last_error TEXT)"
        )
        report = a_report(matter_id=matter_id).to_json()
        row = (matter_id, report, kept_at.isoformat(), 3, last_error)
        connection.execute("INSERT INTO unfiled VALUES (?, ?, ?, ?, ?)", row)


def test_db_migrate_makes_the_tables_and_may_run_again(run, tmp_path):
    first, again = run("db", "migrate"), run("db", "migrate")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output == again.output
    assert "is at revision" in again.output
    assert (tmp_path / "backend.sqlite").exists()


def test_db_migrate_keeps_off_a_database_that_a_backend_has_open(run, tmp_path):
    with sole_owner(f"sqlite:///{tmp_path / 'backend.sqlite'}"):
        refused = run("db", "migrate")

    assert refused.exit_code == 1
    assert "belongs to another running backend" in refused.output


def test_ticket_show_tells_promise_owner_and_history_but_not_the_phone(run, number):
    shown = run("ticket", "show", number)

    assert shown.exit_code == 0
    assert "最迟 2026-11-21 18:30" in shown.output
    assert "首问责任人" in shown.output
    assert "filed" in shown.output
    assert "13807911234" not in shown.output
    assert "世贸路" not in shown.output


@pytest.mark.parametrize("unknown", ["26112000011", "1", "电话"])
def test_ticket_show_says_in_one_line_what_it_cannot_find(run, number, unknown):
    refused = run("ticket", "show", unknown)

    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1


def test_ticket_verify_recomputes_the_ledger_and_the_promise_and_shows_the_days(run, number):
    verified = run("ticket", "verify", number)

    assert verified.exit_code == 0
    assert "第 1 页  2026-11-20 18:30  filed" in verified.output
    assert "起算 2026-11-20 18:30 最迟 2026-11-21 18:30：一致" in verified.output
    assert "计入 2026-11-21  按小时连续计时" in verified.output


@pytest.mark.parametrize(
    ("tampering", "shown"),
    [
        ("UPDATE promise SET due = '2026-11-25 10:30:00.000000'", "应为 2026-11-21 18:30，又没有批准过延期"),
        ("UPDATE promise SET limit_amount = 48", "条款 general_fault_repair 的时限是 24 小时"),
        ("UPDATE promise SET steps = '[]'", "逐日的计算与日历不符"),
        ("UPDATE promise SET clause = 'none'", "承诺书 2026-11-01 里没有条款 none"),
        ("UPDATE ticket SET owner = '1001'", "工单的 owner 与台账不符"),
    ],
)
def test_ticket_verify_shows_what_was_changed_behind_the_ledgers_back(run, number, tmp_path, tampering, shown):
    with closing(sqlite3.connect(tmp_path / "backend.sqlite")) as connection, connection:
        connection.execute(tampering)

    verified = run("ticket", "verify", number)

    assert verified.exit_code == 1
    assert shown in verified.output


def test_ticket_verify_says_in_one_line_what_it_cannot_find(run, number):
    for arguments in (("26112000011",), (number, "--root", "nowhere")):
        refused = run("ticket", "verify", *arguments)
        assert refused.exit_code == 1
        assert refused.output.count("\n") == 1


@pytest.mark.parametrize("command", [("db", "migrate"), ("ticket", "show", "26112000011")])
@pytest.mark.parametrize("url", ["no database", "sqlite:////dev/null/x", "mysql+pymysql://nobody@localhost/none"])
def test_a_database_that_cannot_be_used_is_told_in_one_line(run, command, url):
    refused = run(*command, database_url=url)

    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1


def test_ticket_show_makes_no_database(run, tmp_path):
    assert run("ticket", "show", "26112000011").exit_code == 1
    assert not (tmp_path / "backend.sqlite").exists()


def test_jobs_settle_provisional_says_what_it_did(run, number):
    done = run("jobs", "settle-provisional")

    assert done.exit_code == 0
    assert "firm now: none" in done.output


def test_nothing_waits_where_nothing_was_kept(run):
    listed = run("unfiled")

    assert listed.exit_code == 0
    assert "0 waiting" in listed.output


def test_unfiled_lists_what_waits_with_its_age_and_no_phone_or_address(run, tmp_path):
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    keep_unfiled(tmp_path, matter_id="matter-waiting", kept_at=an_hour_ago, last_error="ConnectError 13807911234")

    listed = run("unfiled")
    as_json = run("unfiled", "--json")

    assert "1 waiting" in listed.output
    assert "matter-waiting" in listed.output
    assert "for 1:00:0" in listed.output
    assert "ConnectError" in listed.output
    for output in (listed.output, as_json.output):
        assert "13807911234" not in output
        assert "世贸路" not in output


def test_unfiled_alarms_by_age(run, tmp_path):
    keep_unfiled(tmp_path, matter_id="matter-waiting", kept_at=datetime.now(UTC) - timedelta(hours=1))

    assert run("unfiled", "--alarm-after", "120").exit_code == 0
    assert run("unfiled", "--alarm-after", "30").exit_code == 1


def test_unfiled_says_when_the_file_cannot_be_read(run, tmp_path):
    (tmp_path / "unfiled.sqlite").write_bytes(b"no database" * 100)

    refused = run("unfiled")

    assert refused.exit_code == 2
    assert "unfiled.sqlite" in refused.output
