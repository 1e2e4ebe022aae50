"""延期 (R1.17): asked for, decided, told, and on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.errors import LimitHasRunOut, NotTheirsToDecide
from backend.domain.staff import Decider
from backend.messages.clock import DecideExtension
from backend.ports import Event
from backend.refusals import ExtensionAskedAlready, NoExtensionAsked
from backend.usecases import extensions
from tests.integration.backend.clock.support import AGENT, LEADER, due
from tests.integration.backend.support import stored


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
