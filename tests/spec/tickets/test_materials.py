"""Materials 材料: while some are missing the clock of an order has not started (R1.13)."""

import pytest

from backend.domain.errors import MaterialsToldAlready, NoMaterialsAwaited, NothingMissing
from backend.domain.materials import found_missing
from backend.domain.vocabulary import OrderKind, TicketStatus, TicketType
from tests.factories import a_promise, a_ticket, at

now = at("2026-11-23 10:00")
within_five_days = a_promise(at("2026-11-30 17:30"))
not_started = a_promise(None)


def an_order(*promises):
    return a_ticket(ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL, promises=promises)


def a_waiting_order():
    return an_order(not_started).ask_for_materials(by="webchat", at=now, reason="待补材料：身份证")


def test_a_promise_without_a_due_time_waits_where_a_limit_is_published():
    assert not_started.waits
    assert not within_five_days.waits
    assert not a_promise(None, limit=None).waits


def test_the_clock_starts_when_the_customer_says_that_all_is_there():
    order = a_waiting_order().supply_materials(by="webchat", at=now, promises=(within_five_days,))
    assert order.status is TicketStatus.IN_PROGRESS
    assert order.promises == (within_five_days,)
    assert not order.awaits_materials


def test_a_clock_that_ran_before_more_papers_were_asked_for_ran_on():
    """R1.21."""
    order = an_order(within_five_days).ask_for_materials(by="1024", at=now, reason="缺委托书")
    later = a_promise(at("2026-12-02 17:30"))
    assert order.supply_materials(by="webchat", at=now, promises=(later,)).promises == (within_five_days,)


def test_an_order_held_before_its_clock_started_still_waits_for_its_papers():
    assert a_waiting_order().hold(by="1024", at=now, reason="等网络建设").awaits_materials


@pytest.mark.parametrize(
    "ticket",
    [
        an_order(within_five_days),
        a_ticket(),
        a_ticket().ask_for_materials(by="1024", at=now, reason="客户要晚些来"),
        a_waiting_order().cancel(by="webchat", at=now, reason="不装了"),
    ],
)
def test_a_ticket_that_waits_for_nothing_takes_no_materials(ticket):
    assert not ticket.awaits_materials
    with pytest.raises(NoMaterialsAwaited, match="没有在等材料"):
        ticket.supply_materials(by="webchat", at=now, promises=(within_five_days,))


def test_what_the_staff_finds_missing_is_told_at_one_time_and_no_clock_stops():
    """R2.4, R1.21."""
    order = found_missing(an_order(within_five_days), missing=("委托书", "合同"), told_before=None, by="1024", at=now)
    assert (order.status, order.status_reason) == (TicketStatus.PENDING, "待补材料：委托书、合同")
    assert order.promises == (within_five_days,)


def test_later_nothing_new_may_be_asked_for():
    """R2.4: 一次性告知."""
    order = an_order(within_five_days)
    again = found_missing(order, missing=("合同",), told_before=("委托书", "合同"), by="1024", at=now)
    assert again.status_reason == "待补材料：合同"
    with pytest.raises(MaterialsToldAlready, match="照片"):
        found_missing(order, missing=("合同", "照片"), told_before=("委托书", "合同"), by="1024", at=now)


def test_what_is_missing_is_named():
    with pytest.raises(NothingMissing):
        found_missing(an_order(within_five_days), missing=(), told_before=None, by="1024", at=now)
