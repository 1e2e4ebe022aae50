"""The visit as it went: who can't be reached is not kept waiting for ever, and not before the charter's tries."""

from dataclasses import replace

import pytest

from backend.domain.errors import TransitionNotAllowed, VisitAttemptsLeft
from backend.domain.visit import close_unreached
from backend.domain.vocabulary import Excuse, PromiseKind, TicketStatus
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

NOW = at("2026-11-25 10:00")


def test_only_after_as_many_tries_as_the_charter_says():
    with pytest.raises(VisitAttemptsLeft, match="还要再回访 1 次"):
        close_unreached(a_resolved_ticket(), tried=2, most=3, by="shouwen", at=NOW)


def test_the_visit_is_excused_and_all_else_stays_as_it_was():
    settle, visit = a_promise(at("2026-11-22 10:00")), a_promise(NOW, kind=PromiseKind.FOLLOW_UP)
    closed = close_unreached(a_resolved_ticket(promises=(settle, visit)), tried=3, most=3, by="shouwen", at=NOW)

    assert (closed.status, closed.closed_at, closed.visited_at) == (TicketStatus.CLOSED, NOW, None)
    assert [told.excused for told in closed.promises] == [None, Excuse.NOT_REACHED]


def test_what_is_not_settled_is_not_closed_that_way():
    with pytest.raises(TransitionNotAllowed):
        close_unreached(a_ticket(), tried=3, most=3, by="shouwen", at=NOW)


def test_a_visit_is_outstanding_once_the_matter_is_settled_and_kept_by_the_visit_alone():
    visit = a_promise(NOW, kind=PromiseKind.FOLLOW_UP)
    settled = a_resolved_ticket(promises=(visit,))

    assert a_ticket(promises=(visit,)).outstanding == ()
    assert settled.outstanding == (visit,)
    assert settled.confirm_solved(by="1031", at=NOW).outstanding == ()


@pytest.mark.parametrize(("mark", "content"), [(None, True), (1, False), (2, False), (3, True), (5, True)])
def test_r5_6_from_which_mark_on_a_customer_is_content_the_charter_says(jiangxi, mark, content):
    assert jiangxi.is_content(mark) is content


def test_a_charter_without_a_limit_finds_no_mark_wanting(jiangxi):
    assert replace(jiangxi, visit_marks=None).is_content(1) is True
