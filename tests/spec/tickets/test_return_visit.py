"""The return visit 回访 before closing, and what it finds."""

import pytest

from backend.domain.errors import ReturnVisitNotDue, ReturnVisitOutstanding
from backend.domain.vocabulary import TicketStatus
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

told_due = at("2026-11-22 10:00")
in_time, too_late = at("2026-11-22 09:00"), at("2026-11-22 12:00")
visit_at = at("2026-11-23 10:00")
new_promise = a_promise(at("2026-11-24 10:00"))


def test_a_ticket_is_not_closed_before_the_return_visit_that_is_due():
    """R5.1."""
    with pytest.raises(ReturnVisitOutstanding, match="工单尚未回访，不能办结。"):
        a_resolved_ticket().close(by="1024", at=visit_at)


def test_after_a_visit_that_finds_it_solved_the_ticket_is_closed():
    ticket = a_resolved_ticket().confirm_solved(by="1031", at=visit_at).close(by="1031", at=visit_at)
    assert ticket.status is TicketStatus.CLOSED
    assert (ticket.visited_at, ticket.closed_at) == (visit_at, visit_at)


def test_where_no_visit_is_due_the_ticket_is_closed_without_one():
    assert a_resolved_ticket(needs_return_visit=False).close(by="1024", at=visit_at).closed_at == visit_at


def test_a_settled_ticket_says_whether_a_visit_is_to_follow():
    labels = [a_resolved_ticket(needs_return_visit=visited).status_label for visited in (True, False)]
    assert labels == ["已处理，待回访", "已处理，待办结"]
    assert a_ticket(needs_return_visit=False).status_label == "已受理"


def test_a_ticket_that_is_not_settled_is_not_visited():
    with pytest.raises(ReturnVisitNotDue):
        a_ticket().confirm_solved(by="1031", at=visit_at)


def test_a_problem_found_reopens_the_same_ticket_with_its_owner_and_a_new_promise():
    """R5.6, R2.10."""
    ticket = a_resolved_ticket(owner="1024", promises=(a_promise(told_due),), resolved_at=in_time)
    reopened = ticket.reopen(by="1031", at=visit_at, reason="晚上又花了", promises=(new_promise,))
    assert (reopened.number, reopened.owner) == (ticket.number, "1024")
    assert reopened.status is TicketStatus.IN_PROGRESS
    assert reopened.promises == (new_promise,)
    assert (reopened.outcome, reopened.resolved_at, reopened.visited_at) == (None, None, None)
    assert reopened.times_reopened == 1


def test_the_old_breach_stays_on_record_and_only_a_breach():
    """R5.6."""
    told = a_promise(told_due)
    late = a_resolved_ticket(promises=(told,), resolved_at=too_late)
    kept = a_resolved_ticket(promises=(told,), resolved_at=in_time)
    reopen = {"by": "1031", "at": visit_at, "reason": "晚上又花了", "promises": (new_promise,)}
    assert late.reopen(**reopen).breached == (told,)
    assert kept.reopen(**reopen).breached == ()


def test_a_reopened_ticket_is_visited_again_before_it_is_closed():
    reopened = (
        a_resolved_ticket()
        .confirm_solved(by="1031", at=visit_at)
        .close(by="1031", at=visit_at)
        .reopen(by="1031", at=visit_at, reason="又坏了", promises=(new_promise,))
    )
    settled_again = reopened.resolve(by="1024", at=at("2026-11-23 18:00"), outcome="换了分配器")
    with pytest.raises(ReturnVisitOutstanding):
        settled_again.close(by="1024", at=at("2026-11-23 18:30"))
