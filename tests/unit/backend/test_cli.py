"""The commands, as an operator runs them."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app, main

CHARTERS = Path(__file__).parents[3] / "charters"


def run(*words: str, root: Path = CHARTERS):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words, "--root", str(root)])


def promised(*words: str) -> dict[str, object]:
    result = run("promise", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("words", "due", "clause"),
    [
        ("--matter fault", "2026-09-29T10:00:00+08:00", "general_fault_repair"),
        ("--matter fault --grade major", "2026-10-01T10:00:00+08:00", "major_fault_repair"),
        ("--matter install --district urban", "2026-10-10T17:30:00+08:00", "install_urban"),
        ("--matter install --district rural", "2026-10-16T17:30:00+08:00", "install_rural"),
        ("--matter resume", "2026-10-10T17:30:00+08:00", "resume"),
        ("--matter complaint", "2026-10-08T17:30:00+08:00", "complaint_handling"),
        ("--matter response", "2026-09-28T14:00:00+08:00", "complaint_response"),
    ],
)
def test_a_promise_is_printed_with_its_clause(words, due, clause):
    told = promised(*words.split(), "--accepted-at", "2026-09-28T10:00+08:00")
    assert (told["due"], told["clause"], told["provisional"]) == (due, clause, False)
    assert told["source"].startswith("001 §")
    assert told["calendar"].startswith("国务院办公厅放假通知")
    assert set(told["steps"][0]) == {"date", "counted", "why"}


def test_an_install_without_a_district_has_no_due_time_but_a_reason():
    told = promised("--matter", "install", "--accepted-at", "2026-09-28T10:00+08:00")
    assert told["due"] is None
    assert "城区还是农村" in told["reason"]


def test_a_promise_into_a_year_without_a_notice_is_provisional():
    told = promised("--matter", "resume", "--accepted-at", "2040-02-01T10:00+08:00")
    assert told["provisional"] is True
    assert "2040 年放假通知尚未收录" in told["reason"]


def test_explain_lists_each_day_and_why():
    listed = run(
        "promise", "--matter", "install", "--district", "rural", "--accepted-at", "2026-09-28T10:00+08:00", "--explain"
    ).stdout
    assert "最迟 2026-10-16 周五 17:30" in listed
    assert "不计 2026-10-01 周四  国庆节放假" in listed
    assert "计入 2026-10-10 周六  国庆节调休上班" in listed


def test_explain_without_a_due_time_gives_the_reason():
    listed = run("promise", "--matter", "install", "--accepted-at", "2026-09-28T10:00+08:00", "--explain").stdout
    assert "说明：安装开通的办结时限要看地址" in listed


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("--accepted-at 2026-09-28T10:00", "--accepted-at 2026-09-28T10:00: needs a time and a time zone"),
        ("--accepted-at 2026-09-28", "needs a time and a time zone"),
        ("--accepted-at yesterday", "--accepted-at yesterday: is not a date and time"),
        ("--accepted-at 0001-01-01T00:00+14:00", "is beyond the calendar"),
        ("--accepted-at 9999-12-31T10:00+08:00", "the due time is beyond the calendar"),
        ("--accepted-at 2026-09-28T10:00Z --district urban", "--district goes with --matter install only"),
    ],
)
def test_a_wrong_option_gives_one_clear_line(words, line):
    result = run("promise", "--matter", "fault", *words.split())
    assert result.exit_code == 2
    assert line in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("nonsense", "No such command 'nonsense'."),
        (
            "promise",
            "Missing option '--matter'. Choose from: fault, install, resume, complaint, response, dispatch, contact",
        ),
        ("promise --matter fault", "Missing option '--accepted-at'."),
        ("promise --matter fault --accepted 1", "No such option: --accepted (Possible options: --accepted-at)"),
        (
            "promise --matter fault --grade huge --accepted-at 2026-09-28T10:00Z",
            "Invalid value for '--grade': 'huge' is not one of 'general', 'major'.",
        ),
        ("ticket show", "Missing argument 'number'."),
    ],
)
def test_a_mistyped_command_gives_one_clear_line(words, line, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["backend.cli", *words.split()])
    assert main() == 2
    assert capsys.readouterr().err == f"{line}\n"


def test_a_command_says_how_it_ended(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["backend.cli", "charter", "check", "--root", str(CHARTERS)])
    assert main() == 0
    monkeypatch.setattr("sys.argv", ["backend.cli", "charter", "check", "--operator", "atlantis"])
    assert main() == 1


def test_a_grade_is_refused_where_it_means_nothing():
    result = run("promise", "--matter", "resume", "--grade", "major", "--accepted-at", "2026-09-28T10:00Z")
    assert (result.exit_code, result.stderr) == (2, "--grade goes with --matter fault only\n")


@pytest.mark.parametrize(
    ("words", "due", "told"),
    [
        ("langzhong fault --grade major", "2026-09-30T10:00:00+08:00", "major_fault_repair"),
        ("langzhong install --district old_town", "2026-10-08T17:30:00+08:00", "install_old_town"),
        ("langzhong install --district qili", "2026-10-10T17:30:00+08:00", "install_qili"),
        ("langzhong install --district urban", None, "没有公布城区的"),
        ("langzhong response", None, "公司没有公布投诉的答复时限"),
        ("zhangjiagang dispatch", "2026-09-28T10:03:00+08:00", "dispatch"),
        ("zhangjiagang contact", "2026-09-28T10:20:00+08:00", "contact"),
        ("zhangjiagang fault", None, "公司没有公布故障修复的办结时限"),
        ("jiangxi dispatch", None, "公司没有公布故障修复的派单时限"),
        ("zhumadian complaint", None, "公司没有公布投诉的办结时限"),
        ("zhumadian resume", None, "公司没有公布这项业务的办结时限"),
    ],
)
def test_each_operator_promises_what_it_has_published(words, due, told):
    """R1.1–R1.8."""
    operator, *matter = words.split()
    made = promised("--operator", operator, "--matter", *matter, "--accepted-at", "2026-09-28T10:00+08:00")
    assert made["due"] == due
    assert (made["clause"] if due else made["reason"]).endswith(told)
    assert made["typical"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--cause other", ["非电缆原因的故障平均 24 小时内修复"]),
        ("--cause cable", ["电缆原因的故障平均不超过 72 小时"]),
        ("", ["非电缆原因的故障平均 24 小时内修复", "电缆原因的故障平均不超过 72 小时"]),
        ("--grade major", ["非电缆原因的故障平均 24 小时内修复", "电缆原因的故障平均不超过 72 小时"]),
    ],
)
def test_a_reported_average_is_told_as_typical_beside_no_due_time(words, told):
    """R1.1, R1.2."""
    asked = ("--operator", "zhumadian", "--matter", "fault", *words.split(), "--accepted-at", "2026-09-28T10:00Z")
    made = promised(*asked)
    assert made["due"] is None
    assert made["reason"].startswith("公司没有公布故障修复的办结时限。以往统计，")
    assert [figure["text"] for figure in made["typical"]] == told
    assert {figure["mark"] for figure in made["typical"]} == {"source"}
    listed = run("promise", *asked, "--explain").stdout
    assert all(text in listed for text in told)


def test_a_cause_is_refused_where_it_means_nothing():
    result = run("promise", "--matter", "install", "--cause", "cable", "--accepted-at", "2026-09-28T10:00Z")
    assert (result.exit_code, result.stderr) == (2, "--cause goes with --matter fault only\n")


@pytest.mark.parametrize("operator", ["jiangxi", "langzhong", "zhangjiagang", "zhumadian"])
def test_the_shipped_charters_are_valid_and_always_attended(operator):
    result = run("charter", "check", "--operator", operator)
    assert result.exit_code == 0
    assert "an owner is on duty every minute of the week" in result.stdout


def test_placeholders_are_refused_for_production():
    result = run("charter", "check", "--production")
    assert result.exit_code == 1
    assert "staff.yml: 1024 is a placeholder (sample: true), not for production" in result.stderr


def test_a_broken_charter_and_an_unattended_hour_are_told_line_by_line(tmp_path):
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi")
    staff = tmp_path / "jiangxi" / "staff.yml"
    staff.write_text(staff.read_text("utf-8").replace('start: "20:00", end: "08:00"', 'start: "20:00", end: "07:00"'))
    result = run("charter", "check", root=tmp_path)
    assert result.exit_code == 1
    assert "staff.yml: nobody on duty for an address in no listed area on Monday 07:00–08:00" in result.stderr
    staff.unlink()
    result = run("charter", "check", root=tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"{tmp_path}/jiangxi/staff.yml: the file is missing\n"


def test_the_charter_is_shown_with_its_sources():
    shown = run("charter", "show").stdout
    assert "一般故障修复" in shown
    assert "001 §4.3" in shown


@pytest.mark.parametrize("operator", ["langzhong", "zhangjiagang", "zhumadian"])
def test_the_operators_own_values_are_marked_where_they_are_shown(operator):
    shown = run("charter", "show", "--operator", operator).stdout
    assert "运营商自定" in shown
    assert ("以往，不是承诺" in shown) is (operator == "zhumadian")


def test_two_operators_are_compared_entry_by_entry():
    told = run("charter", "diff", "jiangxi", "langzhong").stdout.splitlines()
    assert "~ commitments.major_fault_repair.limit: 72 小时 → 48 小时" in told
    assert "- commitments.install_rural: 安装开通（农村） 10 个工作日" in told
    assert "+ commitments.install_qili: 安装开通（七里新区） 5 个工作日" in told
    assert "~ extension.decided_by: leader → company_leader" in told
    assert "~ deemed_on_time.needs_report: yes → no" in told
    assert not any(line[2:].startswith(("digest", "commitments.general_fault_repair.charter_version")) for line in told)


def test_two_versions_are_compared_by_their_dates(tmp_path):
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi" / "versions" / "2025-01-01")
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi", dirs_exist_ok=True)
    former = tmp_path / "jiangxi/versions/2025-01-01"
    for name, before, after in (
        ("operator.yml", "version: 2026-11-01", "version: 2025-01-01"),
        ("commitments.yml", "within: 72 hours\n    promise: settle", "within: 96 hours\n    promise: settle"),
        ("commitments.yml", "key_customer_visits: {every: 90 days", "key_customer_visits: {every: 24 hours"),
    ):
        path = former / name
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    told = run("charter", "diff", "jiangxi@2025-06-01", "jiangxi@2026-11-01", root=tmp_path).stdout
    assert told.splitlines() == [
        "~ version.is: 2025-01-01 → 2026-11-01",
        "~ commitments.major_fault_repair.limit: 96 小时 → 72 小时",
        "~ key_customer_visits.every: 24 hours → 90 days",
    ]
    assert run("charter", "diff", "jiangxi", "jiangxi", root=tmp_path).stdout == "no difference\n"


def test_a_date_that_is_none_gives_one_clear_line():
    result = run("charter", "diff", "jiangxi", "jiangxi@tomorrow")
    assert result.exit_code == 2
    assert result.stderr == "jiangxi@tomorrow: is not an operator, or operator@date like jiangxi@2026-11-01\n"
