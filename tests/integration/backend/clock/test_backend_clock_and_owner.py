"""The clock and the owner of a stored ticket: what the staff does to them, with its record and what is told."""

import pytest

from backend.domain.errors import LeaderNeeded, MaterialsToldAlready
from backend.domain.vocabulary import Grade, TicketStatus, TicketType
from backend.messages.acts import StaffAct
from backend.messages.clock import (
    ChangeOwner,
    MissingMaterials,
    Refer,
    Regrade,
)
from backend.refusals import DepartmentUnknown, RuleUnknown
from backend.usecases import materials, owners, regrading
from tests.integration.backend.clock.support import AGENT, LEADER, due, soon
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


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
