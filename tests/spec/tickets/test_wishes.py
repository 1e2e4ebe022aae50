"""What a customer wishes for a ticket of theirs: another time, none for now, the whole matter no longer."""

import pytest

from backend.domain.errors import TransitionNotAllowed, UrgentNotWithdrawn
from backend.domain.vocabulary import FaultKind, TicketStatus
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

now = at("2026-11-21 12:00")
due_tomorrow = at("2026-11-22 10:00")


@pytest.mark.parametrize("wished", ["2026-11-21 16:00", "2026-11-30 10:00"])
def test_a_wish_for_another_time_stands_beside_the_promise_and_never_moves_it(wished):
    """R1.20, R1.21: also where it is later than the limit."""
    ticket = a_ticket(promises=(a_promise(due_tomorrow),), requested_text="明天上午")
    changed = ticket.reschedule(by="webchat", at=now, wished_at=at(wished), wished="改过的时间")
    assert (changed.requested_at, changed.requested_text) == (at(wished), "改过的时间")
    assert (changed.promises, changed.status) == (ticket.promises, ticket.status)
    assert changed.is_overdue(now=at("2026-11-22 10:01"))


def test_a_wish_taken_back_leaves_the_ticket_as_it_is():
    ticket = a_ticket(requested_at=due_tomorrow, requested_text="明天上午")
    changed = ticket.reschedule(by="webchat", at=now, wished_at=None, wished=None)
    assert (changed.requested_at, changed.requested_text) == (None, None)
    assert changed.is_open


def test_what_is_withdrawn_is_cancelled_with_the_customers_reason():
    ticket = a_ticket().cancel(by="webchat", at=now, reason="客户撤单：自己好了")
    assert (ticket.status, ticket.status_reason) == (TicketStatus.CANCELLED, "客户撤单：自己好了")


def test_what_is_urgent_is_not_withdrawn_by_a_word():
    """R2.6: somebody has to look."""
    danger = a_ticket(subject=FaultKind.DANGER)
    with pytest.raises(UrgentNotWithdrawn, match="险情"):
        danger.cancel(by="webchat", at=now, reason="没事了", urgent=True)


def test_what_is_settled_or_gone_is_not_withdrawn_whatever_it_was():
    for ticket in (a_resolved_ticket(), a_ticket().cancel(by="webchat", at=now, reason="不要了")):
        with pytest.raises(TransitionNotAllowed):
            ticket.cancel(by="webchat", at=now, reason="不要了", urgent=True)


def test_photos_sent_later_stand_behind_those_before_each_once():
    ticket = a_ticket(attachments=("p1",)).attach(("p1", "p2"))
    assert ticket.attachments == ("p1", "p2")
