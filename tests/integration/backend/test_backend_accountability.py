"""责任追究: a breach opens its case by itself, once, with its facts; it is heard and decided and its person told."""

from asyncio import to_thread
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.domain.accountability import Answerable, Gravity, Heavier
from backend.domain.accountability_case import Breach, CaseState
from backend.domain.complaint import Finding
from backend.domain.errors import NotHeardYet
from backend.domain.vocabulary import TicketType
from backend.messages.accountability import CaseAct, CaseDecision
from backend.messages.acts import Resolved, VisitMade
from backend.messages.complaints import Conclude
from backend.ports import Medium
from backend.refusals import CaseNotFound
from backend.store.erasing import erase_words
from backend.usecases import accountability, complaints, visiting
from backend.usecases.dispatching import resolve
from tests.integration.backend.support import FRIDAY_EVENING, TOKEN, a_report, stored
from tests.integration.backend.working import sent, work_off

DUE = FRIDAY_EVENING + timedelta(hours=24)
LATER = DUE + timedelta(hours=1)
LEADER = "1003"


@pytest.fixture
def judge(terms):
    """A leader of the company, who judges everybody."""
    return next(m.job_number for m in terms.charter.staff if m.is_leader and m.department is None)


@pytest.fixture
def late(file, store, terms):
    receipt = file(a_report())
    work_off(store, terms, now=DUE)
    return receipt


@pytest.fixture
def cases(store):
    return lambda: [each.case for each in accountability.every(store=store)]


@pytest.fixture
def resolved(store, terms):
    def resolved(receipt, *, now):
        ticket = stored(store, receipt).ticket
        act = Resolved(request_id="done", ticket_number=str(ticket.number), by=ticket.handler, reason="换了接头")
        resolve(act=act, terms=terms, store=store, now=now)

    return resolved


@pytest.fixture
def decide(store, terms, judge):
    def decide(number, *, at=LATER):
        hearing = CaseAct(case=number, by=judge, text="路断了")
        accountability.hear(act=hearing, terms=terms, store=store, now=at)
        act = CaseDecision(case=number, by=judge, text="没有提前联系", gravity=Gravity.LIGHT)
        return accountability.decide(act=act, terms=terms, store=store, now=at).case

    return decide


def test_r6_1_a_promise_reported_overdue_opens_a_case_against_the_department_whose_head_answers(
    late, cases, store, terms
):
    (case,) = cases()
    ticket = stored(store, late).ticket
    department = terms.charter.department_of(ticket.handler)

    assert (case.ticket, case.breach, case.what, case.due) == (ticket.number, Breach.LATE, "一般故障修复", DUE)
    assert (case.against, case.answerable, case.department) == (
        Answerable.DEPARTMENT,
        department.head,
        department.key,
    )


def test_r6_1_one_breach_is_one_case_which_hears_when_it_was_kept(late, cases, resolved, store, terms):
    work_off(store, terms, now=DUE + terms.charter.watch.leader_after)
    resolved(late, now=DUE + timedelta(hours=5))

    (case,) = cases()
    assert case.late_by(now=DUE + timedelta(days=30)) == timedelta(hours=5)


def test_r6_1_what_was_settled_late_is_a_case_though_nobody_reported_it(file, cases, resolved):
    resolved(file(a_report()), now=LATER)

    (case,) = cases()
    assert (case.breach, case.kept_at) == (Breach.LATE, LATER)


def test_what_is_kept_in_time_is_no_case(file, cases, resolved):
    resolved(file(a_report()), now=DUE)

    assert cases() == []


def test_r5_6_a_reopened_matter_that_is_late_again_is_a_second_case(late, cases, resolved, store, terms):
    resolved(late, now=LATER)
    ticket = stored(store, late).ticket
    found = VisitMade(
        request_id="visit", ticket_number=str(ticket.number), by="1001", reason="没好", outcome="unsolved"
    )
    visiting.visit(act=found, terms=terms, store=store, now=LATER)
    work_off(store, terms, now=LATER + timedelta(hours=25))

    assert [case.due for case in cases()] == [LATER + timedelta(hours=24), DUE]


@pytest.fixture
def uphold(store, terms):
    def uphold(receipt, *, staff="1024"):
        act = Conclude(
            request_id="upheld",
            ticket_number=receipt.ticket_number,
            by="1001",
            finding=Finding.UPHELD,
            answer="态度不好，属实",
            remedy="当面道歉",
            staff=staff,
        )
        return complaints.conclude(act=act, terms=terms, store=store, now=LATER)

    return uphold


@pytest.fixture
def complaint(file):
    return file(a_report(ticket_type=TicketType.COMPLAINT, subject="attitude", accepted_at=LATER))


def test_r6_1_a_complaint_upheld_is_a_case_of_the_person_it_is_about_and_only_once(complaint, cases, uphold):
    uphold(complaint)
    uphold(complaint)

    (case,) = cases()
    assert (case.breach, case.against, case.answerable, case.due) == (
        Breach.COMPLAINT,
        Answerable.PERSON,
        "1024",
        None,
    )


def test_r6_1_where_no_person_is_named_the_department_answers_for_a_complaint_upheld(
    complaint, cases, uphold, store, terms
):
    uphold(complaint, staff=None)

    (case,) = cases()
    department = terms.charter.department_of(stored(store, complaint).ticket.handler)
    assert (case.against, case.answerable) == (Answerable.DEPARTMENT, department.head)


def test_r6_5_it_is_not_decided_before_the_hearing(late, store, terms, judge):
    act = CaseDecision(case=1, by=judge, text="没有提前联系", gravity=Gravity.LIGHT)

    with pytest.raises(NotHeardYet):
        accountability.decide(act=act, terms=terms, store=store, now=LATER)


def test_r6_6_who_answers_hears_the_decision_its_measures_and_when_it_is_carried_out(late, decide, engine):
    case = decide(1)

    assert case.state is CaseState.DECIDED
    (text,) = [text for _, text in sent(engine, Medium.SMS) if "责任追究" in text]
    assert "告诫" in text
    assert "没有提前联系" in text


def test_r6_3_the_second_act_of_a_year_is_found_to_be_heavier(late, file, cases, decide, store, terms):
    assert decide(1).heavier == ()
    file(a_report(matter_id="second", conversation="second", contact_phone="+8613807915678", subject="picture"))
    work_off(store, terms, now=LATER)

    newest = cases()[0]
    assert decide(newest.number, at=LATER + timedelta(hours=2)).heavier == (Heavier.REPEATED,)


def test_r6_5_a_case_is_dismissed_with_the_reason_and_nobody_is_told_of_a_punishment(late, store, terms, judge, engine):
    act = CaseAct(case=1, by=judge, text="客户改约")
    dismissed = accountability.dismiss(act=act, terms=terms, store=store, now=LATER).case

    assert (dismissed.state, dismissed.reason) == (CaseState.DISMISSED, "客户改约")
    assert not [text for _, text in sent(engine, Medium.SMS) if "责任追究" in text]


def test_what_was_stated_goes_with_the_words_of_the_ticket_and_the_decision_stays(late, decide, cases, store, engine):
    decide(1)
    with engine.begin() as connection:
        erase_words(connection, stored(store, late).ticket)

    (case,) = cases()
    assert (case.statement, case.reason, case.measures) == (None, None, ("告诫",))


def test_a_case_that_is_not_there_is_refused(store, terms):
    with pytest.raises(CaseNotFound, match="7 号"):
        accountability.hear(act=CaseAct(case=7, by="1001", text="…"), terms=terms, store=store, now=LATER)


async def test_cases_are_listed_heard_and_decided_from_the_command_line(backend, monkeypatch):
    monkeypatch.setenv("SHOUWEN_BACKEND_URL", backend.url)
    monkeypatch.setenv("SHOUWEN_BACKEND_TOKEN", TOKEN)
    client = backend.client()
    complaint = a_report(ticket_type=TicketType.COMPLAINT, subject="attitude", accepted_at=datetime.now(UTC))
    receipt = await client.file(complaint, correlation_id="c")
    act = Conclude(
        request_id="r",
        ticket_number=receipt.ticket_number,
        by=LEADER,
        finding=Finding.UPHELD,
        answer="态度不好，属实",
        remedy="当面道歉",
        staff="1024",
    )
    await client.act("conclude", act, correlation_id="c")
    await client.aclose()

    async def run(*arguments):
        return (await to_thread(CliRunner().invoke, app, ["case", *arguments])).output

    assert "待陈述申辩" in await run("list")
    assert "先听当事人" in await run("decide", "1", "--gravity", "light", "--reason", "属实", "--by", LEADER)
    assert "已陈述申辩" in await run("hear", "1", "--statement", "当时太急", "--by", LEADER)
    assert "情节较轻  告诫" in await run("decide", "1", "--gravity", "light", "--reason", "属实", "--by", LEADER)
    assert "不用再处理" in await run("dismiss", "1", "--reason", "算了", "--by", LEADER)
