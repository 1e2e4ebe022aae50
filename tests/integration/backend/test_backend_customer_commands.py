"""`customers load` and `outage add|list|end`, as an operator types them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from typer.testing import CliRunner, Result

from backend.accounts import accounts_of, load_samples
from backend.cli import app
from backend.domain.key_visit import KeyVisit
from backend.ports import AccountsUnavailable
from backend.settings import SettingsInvalid
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine, sole_owner
from backend.store.repository import SqlStore
from tests.factories import an_account
from tests.integration.backend.support import ROOT, TOKEN

SAMPLES = ROOT / "samples/jiangxi/customers.yml"
CSV = """number,phone,status,services,balance,paid_until,important
A1001,+8613800000101,active,tv broadband,35.5,2027-01-31,true
A1002,+8613800000102,cut_off,tv,-24,,
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)

    def run(*arguments: str, var: Path = tmp_path, **environ: str) -> Result:
        usual = {"SHOUWEN_VAR": str(var), "DATABASE_URL": None, "OPERATOR": None, "SHOUWEN_BACKEND_TOKEN": None}
        return CliRunner().invoke(app, arguments, env={**usual, **environ})

    return run


def loaded(var: Path) -> TableAccounts:
    return TableAccounts(SqlStore(open_engine(f"sqlite:///{var / 'backend.sqlite'}")))


def test_the_sample_file_is_loaded_and_all_of_it_is_marked(run, tmp_path):
    result = run("customers", "load", str(SAMPLES))

    assert (result.exit_code, result.output) == (0, "5 customers loaded, 5 of them samples 示例; 5 in the table\n")
    assert loaded(tmp_path).of_number(number="9900000022").sample


def test_a_csv_file_is_loaded_beside_the_samples_or_instead_of_them(run, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text(CSV, "utf-8")
    run("customers", "load", str(SAMPLES))

    beside, instead = run("customers", "load", str(file)), run("customers", "load", str(file), "--replace")

    assert ["7 in the table" in beside.output, "2 in the table" in instead.output] == [True, True]
    customers = loaded(tmp_path)
    first, second = (customers.of_number(number=number) for number in ("A1001", "A1002"))
    assert (first.balance, sorted(first.services), first.important) == (Decimal("35.50"), ["broadband", "tv"], True)
    assert (second.arrears, second.paid_until, second.sample) == (24, None, False)
    assert customers.of_number(number="9900000022") is None


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("c.csv", CSV.replace("+86138", "138"), "customer 1: phone: String should match pattern"),
        ("c.csv", CSV + CSV.splitlines()[1], "customer 3: number: stands there twice"),
        ("c.csv", CSV.replace("-24", "-24.123"), "customer 2: balance: Decimal input should have no more than 2"),
        ("c.yml", "customers: [}", "is no file of customers"),
        ("c.yml", "- 1", "is no file of customers"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_and_nothing_is_loaded(run, tmp_path, name, text, line):
    file = tmp_path / name
    file.write_text(text, "utf-8")

    result = run("customers", "load", str(file))

    assert result.exit_code == 1
    assert line in result.stderr
    assert "13800000101" not in result.stderr
    assert not (tmp_path / "backend.sqlite").exists()


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    assert "No such file" in run("customers", "load", str(tmp_path / "none.yml")).stderr


def test_customers_are_not_loaded_under_a_running_backend(run, tmp_path):
    with sole_owner(f"sqlite:///{tmp_path / 'backend.sqlite'}"):
        result = run("customers", "load", str(SAMPLES))

    assert result.exit_code == 1
    assert "belongs to another running backend" in result.stderr


def test_samples_fill_an_empty_table_only_and_only_where_an_operator_has_some(store):
    assert load_samples(operator="atlantis", store=store, root=ROOT / "samples") == 0
    assert load_samples(operator="jiangxi", store=store, root=ROOT / "samples") == 5
    assert load_samples(operator="jiangxi", store=store, root=ROOT / "samples") == 0


def make_accounts(environ):
    """An operator's own system, as SHOUWEN_ACCOUNTS names it."""

    class Billing:
        def of_number(self, *, number):
            return an_account(number=number)

        def of_phone(self, *, phone):
            return (an_account(phone=phone),)

    return Billing()


def test_an_operators_own_system_takes_the_place_of_the_table(store, monkeypatch):
    monkeypatch.setattr("backend.accounts.own_accounts", make_accounts, raising=False)

    accounts = accounts_of(adapter="backend.accounts:own_accounts", store=store)

    assert accounts.of_number(number="A7").number == "A7"


def test_an_operators_own_system_that_hangs_is_unavailable_in_time(store, monkeypatch):
    class Hanging:
        def of_number(self, *, number):  # noqa: ARG002
            Event().wait()

    monkeypatch.setattr("backend.plugins.ANSWERS_WITHIN", 0.1)
    monkeypatch.setattr("backend.accounts.own_accounts", lambda _environ: Hanging(), raising=False)
    accounts = accounts_of(adapter="backend.accounts:own_accounts", store=store)

    with pytest.raises(AccountsUnavailable):
        accounts.of_number(number="A7")


@pytest.mark.parametrize("adapter", ["atlantis.billing:make", "backend.accounts:nothing", "not a name"])
def test_a_system_that_can_not_be_found_is_told_when_the_backend_starts(store, adapter):
    with pytest.raises(SettingsInvalid, match=f"SHOUWEN_ACCOUNTS: {adapter}"):
        accounts_of(adapter=adapter, store=store)


@pytest.fixture
def outage(run, backend):
    def outage(*words: str) -> Result:
        return run("outage", *words, var=backend.var, SHOUWEN_BACKEND_URL=backend.url, SHOUWEN_BACKEND_TOKEN=TOKEN)

    return outage


def test_an_outage_is_announced_listed_and_ended_beside_the_running_backend(outage):
    words = ("--area", "湾里", "--area", "xihu", "--service", "tv", "--cause", "光缆被挖断", "--by", "1041")

    added = outage("add", *words, "--from", "2026-11-22 20:00", "--until", "2040-11-23 02:00")
    assert added.exit_code == 0, added.stderr
    assert "已知故障  湾里  tv  光缆被挖断  2026-11-22 20:00 → 2040-11-23 02:00" in added.output
    numbers = [line.split()[0] for line in added.output.splitlines()]

    assert "西湖区" in outage("list").output
    ended = [outage("end", number, "--by", "1041") for number in numbers]
    assert [each.exit_code for each in ended] == [0, 0]
    assert "湾里" not in outage("list").output
    assert "结束（1041）" in outage("list", "--all").output


def test_planned_work_is_moved_and_what_is_not_planned_is_not(outage):
    words = ("--area", "西湖区", "--service", "tv", "--cause", "割接", "--until", "2040-01-02 04:00", "--by", "1041")
    planned = outage("add", "--kind", "maintenance", *words, "--from", "2040-01-02 00:00").output.split()[0]
    there = ("--from", "2040-01-03 00:00", "--until", "2040-01-03 04:00", "--by", "1041")

    assert "2040-01-03 00:00 → 2040-01-03 04:00" in outage("move", planned, *there).output
    assert "2040-01-03 00:00" in outage("list").output
    begun = outage("add", *words).output.split()[0]
    refused = outage("move", begun, *there)
    assert (refused.exit_code, "不能改期" in refused.output) == (1, True)


def test_who_announces_maintenance_is_reminded_of_the_public_promise(outage):
    words = ("--kind", "maintenance", "--area", "xihu", "--service", "broadband", "--cause", "机房割接", "--by", "1041")

    added = outage("add", *words, "--from", "2040-01-01 00:00", "--until", "2040-01-01 04:00")

    assert "公开承诺：线路维修、新业务等变动提前" in added.output


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("add --area 火星 --service tv --cause x --by 1041", "承诺书里没有片区“火星”。"),
        ("add --area xihu --service tv --cause x --by 9999", "承诺书里没有工号 9999。"),
        ("add --area xihu --service tv --cause x --by 1041 --from soon", "soon: must be like 2026-11-22 20:00"),
        ("add --area xihu --service telephone --cause x --by 1041", "公司不办理这项业务：固定电话。"),
        ("end 4711 --by 1041", "没有 4711 号公告。"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(outage, words, line):
    result = outage(*words.split())

    assert result.exit_code != 0
    assert result.stderr == f"{line}\n"


def test_a_cause_too_long_to_be_said_is_refused(outage):
    result = outage("add", "--area", "xihu", "--service", "tv", "--by", "1041", "--cause", "长" * 61)

    assert "cause: String should have at most 60 characters" in result.stderr


def test_without_a_running_backend_or_its_token_the_command_says_so(run, tmp_path):
    words = ("outage", "end", "1", "--by", "1041")

    assert "SHOUWEN_BACKEND_TOKEN is not set" in run(*words).stderr
    (tmp_path / "secrets.env").write_text(f"SHOUWEN_BACKEND_TOKEN={TOKEN}\n")
    away = run(*words, SHOUWEN_BACKEND_URL="http://127.0.0.1:9")
    assert "the backend does not answer at http://127.0.0.1:9" in away.stderr


def test_a_key_customers_visit_is_listed_until_it_is_recorded_with_what_was_said(run, backend):
    """R5.5."""

    def key(*words: str) -> Result:
        return run(
            "visits", "key", *words, var=backend.var, SHOUWEN_BACKEND_URL=backend.url, SHOUWEN_BACKEND_TOKEN=TOKEN
        )

    assert key("list").output == "没有待做的大客户回访\n"
    planned = KeyVisit(account="9900000055", planned_on=date(2026, 11, 29), staff="1015")
    engine = open_engine(f"sqlite:///{backend.var / 'backend.sqlite'}")
    with SqlStore(engine).writing() as tickets:
        number = tickets.key_visits.plan(planned).number
    engine.dispose()

    assert key("list").output == f"{number}  9900000055  2026-11-29  1015\n"
    assert key("done", str(number), "--said", "都好", "--by", "9999").output == "承诺书里没有工号 9999。\n"
    assert "都好" in key("done", str(number), "--said", "都好", "--by", "1015").output
    assert "登记过了" in key("done", str(number), "--said", "都好", "--by", "1015").output
    assert key("list").output == "没有待做的大客户回访\n"
    assert "1015  都好" in key("list", "--made").output
