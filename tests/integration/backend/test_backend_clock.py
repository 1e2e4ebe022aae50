"""The clock and the owner of a stored ticket: what the staff does to them, with its record and what is told."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from backend import queries
from backend.domain.errors import LeaderNeeded, LimitHasRunOut, MaterialsToldAlready, NotTheirsToDecide, ReportMissing
from backend.domain.handling import DeemedGround
from backend.domain.staff import Decider
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Excuse, Grade, TicketStatus, TicketType
from backend.messages.acts import StaffAct
from backend.messages.clock import (
    AskExtension,
    ChangeOwner,
    DecideExtension,
    DeemOnTime,
    MissingMaterials,
    Refer,
    Regrade,
)
from backend.messages.force_majeure import Declared
from backend.ports import Event, Medium
from backend.refusals import (
    AreaUnknown,
    DepartmentUnknown,
    ExtensionAskedAlready,
    NoExtensionAsked,
    NoHead,
    NotFinished,
    RuleUnknown,
    StaffUnknown,
)
from backend.store.tables import metadata, outbox
from backend.usecases import deeming, erasure, extensions, force_majeure, ledger, materials, owners, regrading
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored

LEADER, AGENT, HEAD = "1003", "1041", "1001"
soon = FRIDAY_EVENING + timedelta(hours=1)
due = FRIDAY_EVENING + timedelta(hours=24)


@pytest.fixture
def fault(file):
    return file(a_report())


@pytest.fixture
def order(file):
    return file(a_report(matter_id="matter-of-an-order", ticket_type=TicketType.ORDER, subject="install"))


@pytest.fixture
def do(store, terms):
    """Carries out an act: `do(use_case, Shape, receipt, by=…, …)`."""

    def do(use_case, shape, receipt, *, now=soon, under=terms, request_id="r1", **said):
        act = shape(request_id=request_id, ticket_number=receipt.ticket_number, **said)
        return use_case(act=act, terms=under, store=store, now=now)

    return do


@pytest.fixture
def history(store):
    def history(receipt):
        return queries.read(number=TicketNumber(receipt.ticket_number), store=store)[1]

    return history


@pytest.fixture
def told(engine):
    def told(receipt):
        to_this = outbox.c.subject == receipt.ticket_number, outbox.c.medium == Medium.CONVERSATION
        with engine.connect() as connection:
            found = connection.execute(select(outbox.c.body).where(*to_this).order_by(outbox.c.not_before))
            return [body["text"] for body in found.scalars()]

    return told


@pytest.fixture
def verified(store):
    def verified(receipt):
        with store.reading() as tickets:
            return ledger.verify(number=TicketNumber(receipt.ticket_number), tickets=tickets).problems == ()

    return verified


@pytest.fixture
def asked(do, store, fault):
    def asked(**said):
        owner = stored(store, fault).ticket.owner
        usual = {"by": owner, "reason": "等光缆抢通", "wished_due": due + timedelta(days=2)}
        return do(extensions.request, AskExtension, fault, **(usual | said))

    return asked


def test_an_extension_stands_once_a_leader_approves_it_and_the_customer_is_told(
    do, asked, fault, store, told, verified
):
    """R1.17. The time told first stays on record."""
    asked()
    assert stored(store, fault).ticket.main_promise.due == due
    assert told(fault) == []

    do(extensions.decide, DecideExtension, fault, by=LEADER, reason="同意", approved=True, request_id="r2")

    filed = stored(store, fault)
    assert filed.ticket.main_promise.due == due + timedelta(days=2)
    assert filed.told_due == (due,)
    (message,) = told(fault)
    assert "延到 11月23日（周一）18:30，原来是 11月21日（周六）18:30。原因：等光缆抢通" in message
    assert verified(fault)


def test_an_extension_that_is_refused_changes_nothing_and_may_be_asked_for_again(
    do, asked, fault, store, told, history
):
    asked()
    with pytest.raises(ExtensionAskedAlready):
        asked(request_id="again")
    do(extensions.decide, DecideExtension, fault, by=LEADER, reason="人手够", approved=False, request_id="r2")

    assert stored(store, fault).ticket.main_promise.due == due
    assert told(fault) == []
    assert history(fault)[-1].event is Event.EXTENSION_REFUSED
    asked(request_id="r3")


def test_who_decides_is_a_leader_and_decides_what_was_asked_before_it_is_too_late(do, asked, fault):
    with pytest.raises(NoExtensionAsked):
        do(extensions.decide, DecideExtension, fault, by=LEADER, reason="同意", approved=True)
    asked()
    with pytest.raises(NotTheirsToDecide):
        do(extensions.decide, DecideExtension, fault, by=AGENT, reason="同意", approved=True, request_id="r2")
    late = due + timedelta(minutes=1)
    with pytest.raises(LimitHasRunOut):
        do(
            extensions.decide,
            DecideExtension,
            fault,
            by=LEADER,
            reason="同意",
            approved=True,
            request_id="r2",
            now=late,
        )


def test_at_the_customers_own_wish_it_is_granted_at_once_where_the_charter_says_so(asked, fault, store, terms, told):
    """zhangjiagang."""
    rule = replace(terms.charter.extension, decided_by=Decider.CUSTOMER_WISH)
    asked(words="我下周才回来", under=replace(terms, charter=replace(terms.charter, extension=rule)))

    assert stored(store, fault).ticket.main_promise.due == due + timedelta(days=2)
    assert "按您的要求延到" in told(fault)[0]


@pytest.fixture
def deemed(do, fault):
    def deemed(**said):
        usual = {
            "by": AGENT,
            "reason": "客户不在家",
            "ground": DeemedGround.NOT_REACHED_AND_NOT_AT_HOME,
            "called_at": (FRIDAY_EVENING + timedelta(minutes=20),),
            "at_door": FRIDAY_EVENING + timedelta(minutes=50),
            "report": "两次联系不上",
            "reported_to": HEAD,
        }
        return do(deeming.deem, DeemOnTime, fault, **(usual | said))

    return deemed


def test_a_matter_is_deemed_done_on_time_with_its_facts_and_the_report_on_record(
    deemed, fault, store, history, verified
):
    """R1.15."""
    view = deemed()

    ticket = stored(store, fault).ticket
    assert (view.promises[0].excused, ticket.main_promise.due) == (Excuse.DEEMED_ON_TIME, due)
    assert not ticket.is_overdue(now=due + timedelta(days=1))
    detail = history(fault)[-1].detail
    assert (detail["calledAt"], detail["atDoor"]) == (["2026-11-20T10:50:00+00:00"], "2026-11-20T11:20:00+00:00")
    assert (detail["report"], detail["leader"]) == ("两次联系不上", HEAD)
    assert verified(fault)


def test_the_written_report_reaches_the_head_at_once(deemed, fault, terms, engine):
    """R1.15: 第一时间书面报告."""
    deemed()

    with engine.connect() as connection:
        (report,) = connection.execute(select(outbox).where(outbox.c.recipient == terms.charter.member(HEAD).phone))
    assert (report.subject, report.not_before) == (fault.ticket_number, soon)
    assert "联系不上客户、上门又无人" in report.body["text"]
    assert "客户不在家。两次联系不上（报告人工号 1041）" in report.body["text"]


def test_the_written_report_goes_to_a_head(deemed):
    for missing in ({"report": " "}, {"reported_to": None}):
        with pytest.raises(ReportMissing):
            deemed(**missing)
    with pytest.raises(NoHead):
        deemed(reported_to=AGENT)


def test_formalities_not_completed_need_no_call_and_no_door(do, order, store):
    complete = FRIDAY_EVENING + timedelta(hours=2)
    do(materials.complete, StaffAct, order, by=AGENT, now=complete)
    made = stored(store, order).ticket.main_promise
    do(materials.missing, MissingMaterials, order, by=AGENT, missing=("委托书",), request_id="r2", now=complete)

    view = do(
        deeming.deem,
        DeemOnTime,
        order,
        by=AGENT,
        reason="没有补",
        ground=DeemedGround.FORMALITIES_NOT_COMPLETED,
        report="手续没有补齐",
        reported_to=HEAD,
        now=made.due,
        request_id="r3",
    )

    assert view.promises[0].excused is Excuse.DEEMED_ON_TIME


def test_what_is_missing_is_told_at_one_time_and_the_clock_starts_when_it_is_there(do, order, store, told, verified):
    """R2.4, R1.13."""
    do(materials.missing, MissingMaterials, order, by=AGENT, reason="带到营业厅即可", missing=("委托书", "合同"))
    (message,) = told(order)
    assert "委托书、合同。带到营业厅即可" in message
    with pytest.raises(MaterialsToldAlready):
        do(materials.missing, MissingMaterials, order, by=AGENT, missing=("照片",), request_id="r2")
    do(materials.missing, MissingMaterials, order, by=AGENT, missing=("合同",), request_id="r3")
    assert stored(store, order).ticket.main_promise.waits

    do(materials.complete, StaffAct, order, by=AGENT, request_id="r4")

    ticket = stored(store, order).ticket
    assert (ticket.status, ticket.main_promise.started_at) == (TicketStatus.IN_PROGRESS, soon)
    assert verified(order)


@pytest.fixture
def declare(store, terms):
    def declare(*, now=soon, under=terms, **said):
        usual = {
            "area": "honggutan",
            "cause": "暴雪",
            "starts_at": FRIDAY_EVENING,
            "until": due + timedelta(days=1),
            "declared_by": LEADER,
        }
        return force_majeure.declare(declared=Declared(**(usual | said)), charter=under.charter, store=store, now=now)

    return declare


def test_declared_force_majeure_excuses_what_runs_in_the_area_and_what_is_filed_there_later(
    declare, file, fault, store, verified
):
    """R1.18: never silently longer."""
    elsewhere = file(a_report(matter_id="m2", contact_phone="+8613800000000", address="南昌市东湖区阳明路1号"))
    declare()
    later = file(a_report(matter_id="m3", contact_phone="+8613800000001"), now=soon + timedelta(minutes=5))

    for receipt, excuse in ((fault, Excuse.FORCE_MAJEURE), (later, Excuse.FORCE_MAJEURE), (elsewhere, None)):
        made = stored(store, receipt).ticket.main_promise
        assert (made.excused, made.due) == (excuse, due)
        assert verified(receipt)
    assert [each.cause for each in force_majeure.declared(store=store)] == ["暴雪"]


def test_only_a_leader_declares_it_for_an_area_that_is_there(declare):
    for said, refused in (
        ({"declared_by": HEAD}, LeaderNeeded),
        ({"declared_by": "9999"}, StaffUnknown),
        ({"area": "nowhere"}, AreaUnknown),
    ):
        with pytest.raises(refused):
            declare(**said)


def test_a_leaders_regrading_to_major_never_lengthens_what_was_told(do, fault, store, verified):
    """R1.20: major would have 72 h."""
    with pytest.raises(LeaderNeeded):
        do(regrading.regrade, Regrade, fault, by=AGENT, reason="整片断", grade=Grade.MAJOR)
    do(regrading.regrade, Regrade, fault, by=LEADER, reason="整片断", grade=Grade.MAJOR)

    ticket = stored(store, fault).ticket
    assert (ticket.grade, ticket.main_promise.due) == (Grade.MAJOR, due)
    assert verified(fault)


def test_a_stated_rule_regrades_a_complaint_and_the_leader_has_it_at_once(do, file, store, fault):
    """R1.16, R1.20."""
    report = a_report(matter_id="m2", ticket_type=TicketType.COMPLAINT, subject="attitude", description="态度不好")
    complaint = file(report)
    said = {"by": AGENT, "reason": "客户是酒店", "grade": Grade.MAJOR}
    with pytest.raises(RuleUnknown):
        do(regrading.regrade, Regrade, complaint, rule="feeling", **said)
    with pytest.raises(RuleUnknown):
        do(regrading.regrade, Regrade, fault, rule="important_customer", **said)
    do(regrading.regrade, Regrade, complaint, rule="important_customer", **said)

    ticket = stored(store, complaint).ticket
    assert (ticket.grade, ticket.handler) == (Grade.MAJOR, ticket.reported_to)


def test_a_change_of_owner_takes_a_leader_and_the_customer_learns_who_answers_now(do, fault, store, told, verified):
    """R2.10."""
    with pytest.raises(LeaderNeeded):
        do(owners.change_owner, ChangeOwner, fault, by=AGENT, reason="调离", to="1042")
    view = do(owners.change_owner, ChangeOwner, fault, by=LEADER, reason="调离", to="1042")

    filed = stored(store, fault)
    assert (filed.ticket.owner, view.owner.job_number, view.owner.phone) == ("1042", "1042", filed.owner_phone)
    assert "1042" in filed.owner_phone
    assert "改由工号 1042 担任" in told(fault)[0]
    assert verified(fault)


def test_a_referral_tells_why_where_by_which_phone_and_how_and_leaves_the_owner(do, order, store, terms, told, history):
    """R2.3."""
    owner = stored(store, order).ticket.owner
    said = {"by": AGENT, "reason": "要先做小区接入"}
    with pytest.raises(DepartmentUnknown):
        do(owners.refer, Refer, order, department="garden", **said)
    do(owners.refer, Refer, order, department="engineering", contacted="1006", contacted_at=FRIDAY_EVENING, **said)

    department = next(each for each in terms.charter.departments if each.key == "engineering")
    (message,) = told(order)
    for part in ("要先做小区接入", "工程建设部", department.phone, department.place, "流程：", f"工号 {owner}"):
        assert part in message
    assert stored(store, order).ticket.owner == owner
    assert history(order)[-1].detail["contacted"] == "1006"


def test_the_customers_words_are_erased_from_a_finished_ticket_and_its_ledger_still_verifies(
    do, asked, fault, store, terms, engine, verified
):
    asked(words="我在红谷滩等了一天")
    with pytest.raises(NotFinished):
        do(erasure.erase, StaffAct, fault, by=LEADER, reason="客户要求", request_id="r2")
    usecases.change_status(
        number=TicketNumber(fault.ticket_number),
        to=TicketStatus.CANCELLED,
        reason="客户撤单：我搬到世贸路2号了",
        by="webchat",
        terms=terms,
        store=store,
        now=soon,
    )
    with pytest.raises(LeaderNeeded):
        do(erasure.erase, StaffAct, fault, by=HEAD, reason="客户要求", request_id="r2")
    do(erasure.erase, StaffAct, fault, by=LEADER, reason="客户要求", request_id="r2")

    assert verified(fault)
    ticket = stored(store, fault).ticket
    assert (ticket.contact_phone, ticket.address, ticket.description, ticket.status_reason) == ("", None, "", None)
    assert ticket.main_promise.due == due
    with engine.connect() as connection:
        dump = "\n".join(str(connection.execute(select(each)).all()) for each in metadata.sorted_tables)
    for said in ("13807911234", "世贸路", "没信号", "红谷滩等"):
        assert said not in dump
        assert json.dumps(said)[1:-1] not in dump


def test_erased_words_cannot_be_put_back_or_taken_out_without_a_trace(do, fault, store, engine, verified):
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET contact_phone = ''"))
        connection.execute(text("UPDATE ledger SET words = NULL, salt = NULL"))
    assert not verified(fault)


async def test_the_acts_go_through_the_interface(backend, filed):
    client = backend.client()
    number = await filed()
    view = await client.act(
        "change-owner",
        ChangeOwner(request_id="r1", ticket_number=number, by=LEADER, reason="调离", to="1042"),
        correlation_id="c",
    )
    assert view.owner.job_number == "1042"
    await client.aclose()
