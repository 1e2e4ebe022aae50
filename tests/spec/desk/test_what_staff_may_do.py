"""What the desk offers a member of staff on a ticket: by its state, the charter, and whose it is (R2.1, R2.10)."""

from dataclasses import replace

import pytest

from backend.domain.charter import Department, StaffGrade
from backend.domain.complaint import Steps
from backend.domain.dispatch import Dispatch
from backend.domain.errors import NotTheirsToAct
from backend.domain.handling import (
    ComplaintHandling,
    DeemedGround,
    DeemedOnTime,
    Extension,
)
from backend.domain.severity import MajorRule
from backend.domain.staff import Decider
from backend.domain.staff_acts import LABELS, NEEDS_REASON, Standing, Verb, is_theirs, offered, refuse_others
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import FaultKind, Mark, OrderKind, TicketStatus, TicketType
from tests.factories import a_charter, a_member, a_promise, a_resolved_ticket, a_ticket, at

NOW = at("2026-11-21 12:00")
SAID = {"rule": "R1", "source": "001", "mark": Mark.SOURCE}
OWNER, COLLEAGUE, NEIGHBOUR = a_member("1024"), a_member("1031"), a_member("1041", areas=("donghu",))
HEAD = a_member("1001", is_head=True)
LEADER = a_member("1003", grade=StaffGrade.LEADER)
SUPERVISOR = a_member("1009", grade=StaffGrade.SUPERVISOR)
NOTHING = Standing(
    order=None, extension_asked=False, complaint=Steps(annotated=False, investigator_named=False), step_left=False
)
ENGINEERING = Department(
    key="engineering", name="工程建设部", handles=(), place="", phone="", head="1003", source=None, sample=True
)
CHARTER = a_charter(
    extension=Extension(decided_by=Decider.LEADER, **SAID),
    complaint_handling=ComplaintHandling(annotated_by=Decider.LEADER, investigator_named=True, **SAID),
    deemed_on_time=DeemedOnTime(grounds=frozenset(DeemedGround), needs_report=True, **SAID),
    departments=(ENGINEERING,),
)
SENT = Dispatch(number=a_ticket().number, turn=1, staff="1024", receipt_token="code", sent_at=NOW)


def may(ticket: Ticket, member=OWNER, *, charter=CHARTER, **standing) -> set[Verb]:
    return set(offered(ticket, member=member, charter=charter, standing=replace(NOTHING, **standing), now=NOW))


def a_complaint(**changes):
    return a_ticket(ticket_type=TicketType.COMPLAINT, subject="fee", **changes)


def an_order(**changes):
    return a_ticket(ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL, **changes)


def test_every_verb_has_a_name_and_those_that_need_a_reason_are_verbs():
    assert LABELS.keys() == set(Verb)
    assert set(Verb) > NEEDS_REASON


@pytest.mark.parametrize("verb", [*Verb])
def test_a_supervisor_watches_and_decides_only_what_the_charter_leaves_to_them(verb):
    theirs = {Verb.REMARK, Verb.DECIDE_EXTENSION, Verb.CHANGE_OWNER, Verb.ANNOTATE, Verb.NAME_INVESTIGATOR, Verb.ERASE}
    assert is_theirs(verb, ticket=a_ticket(), member=SUPERVISOR) is (verb in theirs)


def test_a_supervisor_is_offered_no_more_than_a_remark():
    assert may(a_ticket(), SUPERVISOR) == {Verb.REMARK}
    by_supervisor = replace(CHARTER, extension=Extension(decided_by=Decider.SUPERVISOR, **SAID))
    assert may(a_ticket(), SUPERVISOR, charter=by_supervisor, extension_asked=True) == {
        Verb.REMARK,
        Verb.DECIDE_EXTENSION,
    }


def test_whoever_has_the_customer_before_them_may_do_what_the_customer_wants():
    """R2.1: who is asked first helps; the work itself is done by whose it is."""
    assert may(a_ticket(), COLLEAGUE) == {Verb.RESPOND, Verb.CANCEL, Verb.REMARK}
    assert may(a_resolved_ticket(), COLLEAGUE) == {Verb.VISIT, Verb.REOPEN, Verb.REMARK}


@pytest.mark.parametrize("member", [OWNER, HEAD, LEADER, NEIGHBOUR])
def test_owner_heads_and_the_staff_of_the_area_do_the_work(member):
    assert {Verb.START, Verb.RESOLVE, Verb.TRANSFER, Verb.HOLD} <= may(a_ticket(area="donghu"), member)


def test_what_is_somebody_elses_is_refused_with_whose_it_is():
    with pytest.raises(NotTheirsToAct, match="工号 1024 经办"):
        refuse_others(Verb.TRANSFER, ticket=a_ticket(), member=COLLEAGUE)
    refuse_others(Verb.TRANSFER, ticket=a_ticket(), member=OWNER)


def test_an_order_to_the_repair_staff_is_received_once_and_the_call_is_noted():
    assert {Verb.RECEIVE, Verb.CONTACTED} <= may(a_ticket(), order=SENT)
    assert Verb.RECEIVE not in may(a_ticket(), order=SENT.receive(at=NOW))
    assert not {Verb.RECEIVE, Verb.CONTACTED} & may(a_ticket())


def test_work_is_started_held_and_rejected_only_from_where_it_leads_there():
    started = a_ticket().start(by="1024", at=NOW)
    held = started.hold(by="1024", at=NOW, reason="缺设备")
    assert {Verb.START, Verb.HOLD, Verb.REJECT} <= may(a_ticket())
    assert not {Verb.START, Verb.REJECT} & may(started)
    assert Verb.START in may(held)
    assert Verb.HOLD not in may(held)


def test_materials_are_asked_for_and_completed_on_orders_alone():
    waiting = an_order().ask_for_materials(by="1024", at=NOW, reason="身份证")
    assert {Verb.COMPLETE_MATERIALS, Verb.MISSING_MATERIALS} <= may(waiting)
    assert Verb.START not in may(waiting)
    assert not {Verb.COMPLETE_MATERIALS, Verb.MISSING_MATERIALS} & may(a_ticket())


def test_an_extension_is_asked_by_owner_or_handler_in_time_once_and_decided_by_a_leader():
    """R1.17."""
    assert Verb.ASK_EXTENSION in may(a_ticket())
    assert Verb.ASK_EXTENSION not in may(a_ticket(), HEAD)
    assert Verb.ASK_EXTENSION not in may(a_ticket(), extension_asked=True)
    assert Verb.ASK_EXTENSION not in may(a_ticket(promises=(a_promise(at("2026-11-21 11:00")),)))
    assert Verb.ASK_EXTENSION not in may(a_ticket(promises=()))
    assert Verb.ASK_EXTENSION not in may(a_ticket(), charter=a_charter())
    assert Verb.DECIDE_EXTENSION in may(a_ticket(), LEADER, extension_asked=True)
    assert Verb.DECIDE_EXTENSION not in may(a_ticket(), HEAD, extension_asked=True)
    assert Verb.DECIDE_EXTENSION not in may(a_ticket(), LEADER)
    assert Verb.DECIDE_EXTENSION not in may(a_ticket(), LEADER, charter=a_charter(), extension_asked=True)


def test_a_complaint_is_annotated_investigated_and_then_concluded():
    """R1.5, R2.12."""
    assert {Verb.ANNOTATE, Verb.NAME_INVESTIGATOR} <= may(a_complaint(), LEADER)
    assert not {Verb.ANNOTATE, Verb.NAME_INVESTIGATOR, Verb.CONCLUDE, Verb.RESOLVE} & may(a_complaint())
    only_annotated = Steps(annotated=True, investigator_named=False)
    assert Verb.CONCLUDE not in may(a_complaint(), complaint=only_annotated)
    assert Verb.CONCLUDE in may(a_complaint(), complaint=Steps(annotated=True, investigator_named=True))
    assert Verb.CONCLUDE in may(a_complaint(), charter=a_charter())
    assert not {Verb.ANNOTATE, Verb.CONCLUDE} & may(a_ticket(), LEADER, charter=CHARTER)
    assert Verb.ANNOTATE not in may(a_complaint(), LEADER, charter=a_charter())
    nobody_named = ComplaintHandling(annotated_by=Decider.LEADER, investigator_named=False, **SAID)
    unnamed = replace(CHARTER, complaint_handling=nobody_named)
    assert Verb.NAME_INVESTIGATOR not in may(a_complaint(), LEADER, charter=unnamed)
    assert Verb.CONCLUDE in may(a_complaint(), charter=unnamed, complaint=only_annotated)


def test_a_leader_regrades_and_anybody_by_a_rule_of_the_charter():
    """R1.20."""
    rules = a_charter(major_complaints=(a_major_rule(),))
    assert Verb.REGRADE in may(a_ticket(), LEADER)
    assert Verb.REGRADE not in may(a_ticket(), charter=rules)
    assert Verb.REGRADE in may(a_complaint(), charter=rules)
    assert Verb.REGRADE not in may(a_complaint())


def a_major_rule() -> MajorRule:
    return object.__new__(MajorRule)  # that there is one is all that counts here


def test_only_a_leader_changes_the_owner_and_erases_what_is_finished():
    """R2.10."""
    cancelled = a_ticket().cancel(by="1024", at=NOW, reason="不用了")
    assert Verb.CHANGE_OWNER in may(a_ticket(), LEADER)
    assert Verb.CHANGE_OWNER in may(a_resolved_ticket(), LEADER)
    assert Verb.CHANGE_OWNER not in may(a_ticket(), HEAD)
    assert Verb.ERASE in may(cancelled, LEADER)
    assert not {Verb.ERASE} & (may(cancelled) | may(a_ticket(), LEADER))


def test_what_is_settled_is_visited_before_it_is_closed():
    """R5.1."""
    settled = a_resolved_ticket()
    assert Verb.CLOSE not in may(settled)
    assert Verb.CLOSE in may(settled.confirm_solved(by="1031", at=NOW))
    assert Verb.CLOSE in may(a_resolved_ticket(needs_return_visit=False))
    assert may(settled.confirm_solved(by="1031", at=NOW).close(by="1031", at=NOW)) == {Verb.REOPEN, Verb.REMARK}


def test_a_danger_is_not_cancelled():
    """R2.6."""
    assert Verb.CANCEL not in may(a_ticket(subject=FaultKind.DANGER))


def test_what_has_no_due_time_is_not_deemed_on_time():
    """R1.15."""
    assert Verb.DEEM_ON_TIME in may(a_ticket())
    assert Verb.DEEM_ON_TIME not in may(a_ticket(promises=()))
    assert Verb.DEEM_ON_TIME not in may(a_ticket(promises=(a_promise(None),)))
    assert Verb.DEEM_ON_TIME not in may(a_ticket(), charter=a_charter())


def test_a_key_accounts_order_goes_on_while_there_is_a_step():
    """R7.4."""
    assert Verb.NEXT_STEP in may(an_order(), step_left=True)
    assert Verb.NEXT_STEP not in may(an_order())


def test_what_is_over_is_only_remarked_on():
    rejected = a_ticket().reject(by="1024", at=NOW, reason="不是我们的线路")
    assert rejected.status is TicketStatus.REJECTED
    assert may(rejected) == {Verb.REMARK}
