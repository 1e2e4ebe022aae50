"""视为按期办结 (R1.15): only on its two grounds, with their facts, and in jiangxi with the report made at once."""

from datetime import timedelta

import pytest

from backend.domain.deemed_on_time import Facts, deem_on_time
from backend.domain.errors import (
    CustomerMayStillComplete,
    GroundNotGiven,
    NoLimitToExcuse,
    NoMaterialsAwaited,
    NotTriedEnough,
    ReportMissing,
    ReportNotAtOnce,
    TransitionNotAllowed,
    TriedOutOfTime,
)
from backend.domain.handling import DeemedGround, DeemedOnTime
from backend.domain.promise import keep_earlier
from backend.domain.vocabulary import Excuse, Mark, OrderKind, TicketType
from tests.factories import a_promise, a_resolved_ticket, a_ticket, at

accepted = at("2026-11-21 10:00")
due = at("2026-11-22 10:00")
NOT_REACHED, NOT_COMPLETED = DeemedGround.NOT_REACHED_AND_NOT_AT_HOME, DeemedGround.FORMALITIES_NOT_COMPLETED
langzhong = DeemedOnTime(
    grounds=frozenset(DeemedGround), needs_report=False, rule="R1.15", source="003", mark=Mark.SOURCE
)
repair = a_ticket(accepted_at=accepted, promises=(a_promise(due),))
order = a_ticket(
    accepted_at=accepted, ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL, promises=(a_promise(due),)
)
lacking = order.ask_for_materials(by="1024", at=accepted, reason="待补材料：委托书")


def tried(*, called="2026-11-21 14:00", door="2026-11-21 16:00", report=False):
    return Facts(
        ground=NOT_REACHED,
        called_at=(at(called),) if called else (),
        at_door=at(door) if door else None,
        reported_in_writing=report,
    )


the_same_day = at("2026-11-21 17:00")


def deemed(ticket=repair, *, facts=None, rule=langzhong, now=the_same_day):
    return deem_on_time(ticket, facts=facts or tried(), rule=rule, by="1024", at=now, reason="客户不在家")


def test_called_in_vain_and_nobody_at_the_door_counts_as_done_on_time():
    """R1.15 (b). The due time stays what it was."""
    ticket = deemed()
    assert (ticket.promises[0].due, ticket.promises[0].excused) == (due, Excuse.DEEMED_ON_TIME)
    long_after = due + timedelta(days=3)
    assert repair.is_overdue(now=long_after)
    assert not ticket.is_overdue(now=long_after)
    assert ticket.late_promises(now=long_after) == ()


@pytest.mark.parametrize("facts", [tried(door=""), tried(called=""), tried(called="", door="")])
def test_one_missed_call_is_not_enough_and_neither_is_a_shut_door(facts):
    with pytest.raises(NotTriedEnough):
        deemed(facts=facts)


@pytest.mark.parametrize(
    "facts",
    [
        tried(called="2026-11-21 09:00"),
        tried(door="2026-11-22 10:30"),
        tried(door="2026-11-21 18:00"),
    ],
)
def test_what_was_tried_before_the_clock_after_the_limit_or_not_yet_does_not_count(facts):
    with pytest.raises(TriedOutOfTime):
        deemed(facts=facts)


def test_formalities_that_the_customer_did_not_complete_in_time_count_as_done_on_time():
    """R1.15 (a)."""
    ticket = deemed(lacking, facts=Facts(ground=NOT_COMPLETED), now=due)
    assert ticket.promises[0].excused is Excuse.DEEMED_ON_TIME


def test_until_the_limit_the_customer_may_still_complete_them():
    with pytest.raises(CustomerMayStillComplete):
        deemed(lacking, facts=Facts(ground=NOT_COMPLETED), now=due - timedelta(minutes=1))


@pytest.mark.parametrize("waiting_for_nothing", [order, lacking.supply_materials(by="c", at=accepted, promises=())])
def test_where_nothing_is_missing_nothing_was_not_completed(waiting_for_nothing):
    with pytest.raises(NoMaterialsAwaited):
        deemed(waiting_for_nothing, facts=Facts(ground=NOT_COMPLETED), now=due)


def test_in_jiangxi_it_does_not_count_without_the_written_report(jiangxi):
    with pytest.raises(ReportMissing):
        deemed(rule=jiangxi.deemed_on_time)
    assert deemed(rule=jiangxi.deemed_on_time, facts=tried(report=True)).promises[0].excused


def test_in_jiangxi_the_report_is_made_at_once(jiangxi):
    """第一时间: on the day itself, since the source gives no figure."""
    rule = jiangxi.deemed_on_time
    with pytest.raises(ReportNotAtOnce):
        deemed(rule=rule, facts=tried(report=True), now=at("2026-11-22 08:00"))


def test_a_charter_without_the_rule_or_without_the_ground_deems_nothing():
    one_ground = DeemedOnTime(
        grounds=frozenset({NOT_COMPLETED}), needs_report=False, rule="R1.15", source="", mark=Mark.SOURCE
    )
    for rule in (None, one_ground):
        with pytest.raises(GroundNotGiven):
            deemed(rule=rule)


def test_what_has_no_limit_or_is_settled_is_not_deemed():
    for promises in ((), (a_promise(None),)):
        with pytest.raises(NoLimitToExcuse):
            deemed(a_ticket(promises=promises))
    with pytest.raises(TransitionNotAllowed):
        deemed(a_resolved_ticket())


def test_an_earlier_promise_in_its_place_stays_excused():
    told = deemed().promises[0]
    earlier = a_promise(due - timedelta(hours=2))
    assert keep_earlier(told=told, computed=earlier).excused is Excuse.DEEMED_ON_TIME
