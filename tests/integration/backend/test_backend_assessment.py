"""考核: the sheet of a month, from tickets, visits, cases and recorded faults (R4.3, R7.1, R7.3)."""

import csv
from asyncio import to_thread
from datetime import date, timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from backend.charters import load_charter
from backend.cli import app
from backend.domain.accountability import Gravity
from backend.domain.assessment import Fault, Place
from backend.domain.complaint import Finding
from backend.domain.errors import LeaderNeeded
from backend.domain.vocabulary import TicketType
from backend.messages.accountability import CaseAct, CaseDecision
from backend.messages.acts import Resolved, VisitMade
from backend.messages.complaints import Conclude
from backend.messages.faults import FaultNoted
from backend.refusals import PointsNotPublished
from backend.usecases import accountability, complaints, faults, visiting
from backend.usecases.assessment import Whose, assess
from backend.usecases.assessment import sheet as sheet_of
from backend.usecases.dispatching import resolve
from backend.usecases.filing import Terms
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, TOKEN, a_report, stored

LATER = FRIDAY_EVENING + timedelta(hours=2)
MONTH = FRIDAY_EVENING.date().replace(day=1)
NEXT = (MONTH + timedelta(days=31)).replace(day=1)
JUDGE = "1003"


@pytest.fixture(scope="module")
def langzhong(terms):
    return Terms(charter=load_charter(operator="langzhong", root=ROOT / "charters"), calendar=terms.calendar)


@pytest.fixture
def sheet(store, terms):
    def sheet(*, of=terms, since=MONTH, until=NEXT, now=FRIDAY_EVENING + timedelta(days=30)):
        charter = of.charter
        lines = assess(since=since, until=until, assessment=charter.assessment, charter=charter, store=store, now=now)
        return {(line.whose, line.key): line for line in lines}

    return sheet


@pytest.fixture
def worked(file, store, terms):
    """One fault settled in two hours and visited with 4 of 5; one that nobody has touched."""
    file(a_report(matter_id="left", conversation="left", contact_phone="+8613807915678", subject="picture"))
    ticket = stored(store, file(a_report())).ticket
    facts = {"ticket_number": str(ticket.number), "by": ticket.handler}
    done = Resolved(request_id="done", reason="换了接头", **facts)
    resolve(act=done, terms=terms, store=store, now=LATER)
    visit = VisitMade(request_id="visit", outcome="solved", satisfaction=4, **facts)
    visiting.visit(act=visit, terms=terms, store=store, now=LATER)
    return stored(store, file(a_report())).ticket


def test_r4_3_an_area_a_person_and_a_department_have_their_figures(worked, sheet, terms):
    lines = sheet()
    area, person = lines[Whose.AREA, worked.area], lines[Whose.PERSON, worked.handler]
    department = lines[Whose.DEPARTMENT, terms.charter.department_of(worked.handler).key]

    for line in (area, person, department):
        assert line.figures.tickets == 2
        assert line.figures.replied.percent == Decimal("50.00")
        assert line.figures.satisfied.percent == Decimal("80.00")
    assert (area.complaints.part, area.complaints.of) == (0, terms.charter.area(worked.area).households)


def test_r4_1_each_area_has_its_households_to_one_person(sheet, terms):
    area = terms.charter.areas[0]
    load = sheet()[Whose.AREA, area.key].load

    assert (load.each, load.norm) == (
        round(area.households / len(area.team)),
        terms.charter.assessment.households_per_person.households[area.level],
    )


def test_what_nothing_happened_of_has_no_figure(sheet, terms):
    line = sheet()[Whose.PERSON, terms.charter.staff[0].job_number]

    assert (line.figures.on_time.percent, line.figures.satisfied.percent, line.complaints.percent) == (None, None, None)


def test_another_months_tickets_are_not_of_this_one_and_the_year_has_both(worked, file, sheet):
    file(
        a_report(
            matter_id="m",
            conversation="m",
            contact_phone="+8613807919999",
            accepted_at=FRIDAY_EVENING + timedelta(days=30),
        )
    )
    year = {"since": date(MONTH.year, 1, 1), "until": date(MONTH.year + 1, 1, 1)}

    assert sheet()[Whose.AREA, worked.area].figures.tickets == 2
    assert sheet(**year)[Whose.AREA, worked.area].figures.tickets == 3


def test_the_first_answer_counts_though_the_ticket_was_reopened(file, sheet, store, terms):
    ticket = stored(store, file(a_report())).ticket
    facts = {"ticket_number": str(ticket.number), "by": ticket.handler, "reason": "没好"}
    resolve(act=Resolved(request_id="done", **facts), terms=terms, store=store, now=LATER)
    visiting.visit(act=VisitMade(request_id="visit", outcome="unsolved", **facts), terms=terms, store=store, now=LATER)

    assert stored(store, file(a_report())).ticket.times_reopened == 1
    assert sheet()[Whose.AREA, ticket.area].figures.replied.part == 1


def test_a_complaint_counts_against_the_area_and_upheld_against_the_person_and_their_points(
    file, sheet, store, terms, langzhong
):
    receipt = file(a_report(ticket_type=TicketType.COMPLAINT, subject="attitude"))
    act = Conclude(
        request_id="upheld",
        ticket_number=receipt.ticket_number,
        by="1001",
        finding=Finding.UPHELD,
        answer="态度不好，属实",
        remedy="当面道歉",
        staff="1024",
    )
    complaints.conclude(act=act, terms=terms, store=store, now=LATER)
    before = sheet()[Whose.PERSON, "1024"].complaints.part
    accountability.hear(act=CaseAct(case=1, by=JUDGE, text="当时太急"), terms=terms, store=store, now=LATER)
    decision = CaseDecision(case=1, by=JUDGE, text="属实", gravity=Gravity.LIGHT)
    accountability.decide(act=decision, terms=terms, store=store, now=LATER)

    assert (before, sheet()[Whose.PERSON, "1024"].complaints.part) == (0, 1)
    department = terms.charter.department_of("1024").key
    assert sheet()[Whose.DEPARTMENT, department].complaints.part == 1


@pytest.fixture
def record(store, langzhong):
    def record(member, fault, *, by="3004", of=langzhong):
        noted = FaultNoted(member=member, fault=fault, on=FRIDAY_EVENING.date(), note="值班迟到", by=by)
        faults.record(noted=noted, terms=of, store=store, now=LATER)

    return record


def test_r7_1_recorded_faults_take_points_and_the_last_loses_50_yuan(record, sheet, langzhong):
    record("3021", Fault.TASK_NOT_DONE)
    month = sheet(of=langzhong)[Whose.PERSON, "3021"].month

    assert (month.points, month.place, month.yuan) == (95, Place.LAST, -50)


def test_r7_1_what_stands_behind_the_points_and_the_yuan_is_told_one_by_one(record, store, langzhong):
    record("3021", Fault.TASK_NOT_DONE)
    where = {"charter": langzhong.charter, "store": store, "now": LATER}
    [line] = [each for each in sheet_of(since=MONTH, until=NEXT, **where).lines if each.key == "3021"]

    [fault], [paid] = line.faults, line.paid
    assert (fault.on, fault.what, fault.note, fault.points) == (
        FRIDAY_EVENING.date(),
        "工作任务未完成",
        "值班迟到",
        5,
    )
    assert (paid.why, paid.yuan) == ("本月最后一名", -50)


def test_r7_1_heads_are_judged_apart_and_a_year_has_no_points(record, sheet, langzhong):
    year = {"since": date(MONTH.year, 1, 1), "until": date(MONTH.year + 1, 1, 1)}

    assert sheet(of=langzhong)[Whose.PERSON, "3004"].month is None
    assert sheet(of=langzhong, **year)[Whose.PERSON, "3021"].month is None


def test_a_fault_is_recorded_by_a_leader_and_where_there_are_points(record, terms):
    with pytest.raises(LeaderNeeded):
        record("3021", Fault.RULE, by="3022")
    with pytest.raises(PointsNotPublished):
        record("1024", Fault.RULE, by=JUDGE, of=terms)


@pytest.fixture
def run(database_url, monkeypatch):
    monkeypatch.chdir(ROOT)
    environ = {"DATABASE_URL": database_url, "OPERATOR": None, "COLUMNS": "200"}
    return lambda *arguments: CliRunner().invoke(app, ["assessment", *arguments], env=environ)


def test_the_sheet_is_printed_and_written_as_csv(worked, run, tmp_path):
    result = run("--month", f"{MONTH:%Y-%m}", "--csv", str(tmp_path / "sheet.csv"))

    assert result.exit_code == 0
    assert "无数据" in result.output
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        by_key = {row["编号"]: row for row in csv.DictReader(file)}
    assert (by_key[worked.area]["工单"], by_key[worked.area]["满意度"]) == ("2", "80.00%")


@pytest.mark.parametrize(
    "arguments", [(), ("--month", "2026-11", "--year", "2026"), ("--month", "2026-13"), ("--year", "last")]
)
def test_a_span_that_is_none_is_refused_in_one_line(run, arguments):
    result = run(*arguments)

    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1


async def test_a_leader_records_a_fault_from_the_command_line(new_backend, monkeypatch):
    backend = new_backend()
    backend.settings["OPERATOR"] = "langzhong"
    backend.start()
    monkeypatch.setenv("SHOUWEN_BACKEND_URL", backend.url)
    monkeypatch.setenv("SHOUWEN_BACKEND_TOKEN", TOKEN)
    said = ["fault", "--member", "3021", "--fault", "rule", "--on", "2026-11-20", "--note", "没戴工作证", "--by"]

    recorded, refused = [await to_thread(CliRunner().invoke, app, [*said, by]) for by in ("3004", "3022")]

    assert (recorded.exit_code, recorded.output) == (0, "工号 3021  2026-11-20  rule  没戴工作证\n")
    assert (refused.exit_code, "负责人" in refused.output) == (1, True)
