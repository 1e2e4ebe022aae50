"""延期 (R1.17): who may ask, who decides, and what stands until then."""

import pytest

from backend.domain.errors import (
    CustomerWishMissing,
    ExtensionNotOffered,
    LimitHasRunOut,
    NobodyToDecide,
    NoLimitToExtend,
    NotTheirsToDecide,
    NotTheirTicket,
    ReasonMissing,
    TransitionNotAllowed,
    WishedTooEarly,
)
from backend.domain.extension import ask, at_wish, extend, may_decide
from backend.domain.handling import Extension
from backend.domain.staff import Decider, StaffGrade
from backend.domain.vocabulary import Mark, PromiseKind, QuestionKind, TicketType
from tests.factories import a_member, a_promise, a_resolved_ticket, a_ticket, at

due = at("2026-11-22 10:00")
later = at("2026-11-24 10:00")
now = at("2026-11-21 15:00")
ticket = a_ticket(promises=(a_promise(due),))


def decided_by(decider):
    return Extension(decided_by=decider, rule="R1.17", source="001 §4.6", mark=Mark.SOURCE)


a_leaders = decided_by(Decider.LEADER)
a_company_leaders = decided_by(Decider.COMPANY_LEADER)
the_customers = decided_by(Decider.CUSTOMER_WISH)
company_leader = a_member("1", grade=StaffGrade.LEADER)
department_leader = a_member("2", grade=StaffGrade.LEADER, department="maintenance")


def asked(ticket=ticket, **said):
    usual = {"rule": a_leaders, "by": "1024", "at": now, "wished_due": later, "reason": "等光缆抢通"}
    return ask(ticket, **(usual | said))


def test_until_it_is_approved_the_original_limit_stands():
    request = asked()
    assert (request.told, request.wished_due, request.approved) == (due, later, None)
    assert ticket.main_promise.due == due


def test_an_approved_extension_moves_the_due_time_and_nothing_else():
    extended = extend(ticket, to=later, by="1", at=now, reason="同意")
    (told,), (made,) = ticket.promises, extended.promises
    assert (made.due, made.started_at, made.clause) == (later, told.started_at, told.clause)
    assert not extended.is_overdue(now=at("2026-11-23 10:00"))
    assert (extended.owner, extended.status) == (ticket.owner, ticket.status)


@pytest.mark.parametrize(
    ("rule", "member", "may"),
    [
        (a_leaders, company_leader, True),
        (a_leaders, department_leader, True),
        (a_leaders, a_member("3"), False),
        (a_leaders, a_member("4", is_head=True), False),
        (a_company_leaders, company_leader, True),
        (a_company_leaders, department_leader, False),
    ],
)
def test_it_is_decided_by_whom_the_charter_names(rule, member, may):
    """jiangxi: a leader; langzhong: a leader of the company."""
    if may:
        may_decide(rule, member=member)
    else:
        with pytest.raises(NotTheirsToDecide, match=member.job_number):
            may_decide(rule, member=member)


def test_where_it_hangs_on_the_customers_own_wish_nobody_else_decides_and_their_words_are_on_record():
    """zhangjiagang."""
    with pytest.raises(NobodyToDecide):
        may_decide(the_customers, member=company_leader)
    with pytest.raises(CustomerWishMissing):
        asked(rule=the_customers, words=" ")
    assert asked(rule=the_customers, words="我下周才回来").words == "我下周才回来"


def test_a_charter_without_extensions_has_none():
    with pytest.raises(ExtensionNotOffered):
        asked(rule=None)
    with pytest.raises(ExtensionNotOffered):
        may_decide(None, member=company_leader)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"by": "1031"}, NotTheirTicket),
        ({"reason": " "}, ReasonMissing),
        ({"wished_due": due}, WishedTooEarly),
        ({"at": at("2026-11-22 10:01")}, LimitHasRunOut),
    ],
)
def test_who_has_the_ticket_asks_with_a_reason_for_a_later_time_before_the_limit_has_run_out(said, refused):
    with pytest.raises(refused):
        asked(**said)


def test_what_has_run_out_is_not_extended_by_a_late_approval():
    with pytest.raises(LimitHasRunOut):
        extend(ticket, to=later, by="1", at=at("2026-11-22 10:01"), reason="同意")


def test_an_extension_never_brings_the_due_time_forward():
    with pytest.raises(WishedTooEarly):
        extend(ticket, to=at("2026-11-22 09:00"), by="1", at=now, reason="同意")


answered = a_ticket(
    ticket_type=TicketType.QUESTION,
    subject=QuestionKind.ANSWER,
    promises=(a_promise(due, kind=PromiseKind.RESPOND),),
)


@pytest.mark.parametrize(
    ("without", "refused"),
    [
        (a_ticket(promises=()), NoLimitToExtend),
        (a_ticket(promises=(a_promise(None),)), NoLimitToExtend),
        (answered.respond(by="1024", at=now), NoLimitToExtend),
        (a_resolved_ticket(), TransitionNotAllowed),
    ],
)
def test_only_a_limit_that_runs_can_be_extended(without, refused):
    with pytest.raises(refused):
        asked(without)


def test_the_request_is_decided_with_a_reason():
    refusal = asked().decided(by="1", at=now, approved=False, reason="人手够")
    assert (refusal.approved, refusal.decided_by, refusal.decision) == (False, "1", "人手够")
    with pytest.raises(ReasonMissing):
        asked().decided(by="1", at=now, approved=True, reason="")


def postponed(ticket=ticket, *, rule=the_customers, wished_at=later, at=now):
    return at_wish(ticket, rule=rule, wished_at=wished_at, words="下周才在家", by="conversation", at=at)


def test_r1_17_r1_21_a_visit_wished_after_the_limit_postpones_it_where_the_customers_wish_decides():
    """zhangjiagang: the clock, with 19 hours to go, stands still until the time wished."""
    request = postponed()
    assert (request.told, request.wished_due) == (due, at("2026-11-25 05:00"))
    assert (request.approved, request.words, request.decided_by) == (True, "下周才在家", "conversation")


@pytest.mark.parametrize("rule", [None, a_leaders, a_company_leaders])
def test_r1_20_elsewhere_such_a_wish_moves_nothing(rule):
    assert postponed(rule=rule) is None


@pytest.mark.parametrize(
    "said",
    [
        {"wished_at": due},
        {"wished_at": None},
        {"at": at("2026-11-22 10:01")},
        {"ticket": a_ticket(promises=(a_promise(None),))},
    ],
    ids=["within the limit", "no time", "the limit has run out", "nothing promised"],
)
def test_nothing_is_postponed_without_need_or_too_late(said):
    assert postponed(**said) is None
