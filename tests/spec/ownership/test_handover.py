"""交接班 R2.9: every open matter is handed over, and no sudden or abnormal event is left hanging."""

from dataclasses import replace

import pytest

from backend.domain.errors import EventsUnfinished, HandoverTaken, NotTheirsToTake, SameShift
from backend.domain.handover import Matter, SuddenEvent, follow_up, offer, sudden_event
from backend.domain.vocabulary import Grade, OrderKind, TicketType
from tests.factories import a_promise, a_ticket, at

NOW = at("2026-11-22 08:00")
DUE = at("2026-11-22 10:00")


def a_matter(**changes):
    return replace(Matter(ticket=a_ticket().number, as_handler=True, as_owner=True, follow_up=()), **changes)


def offered(*matters, taking="1025"):
    return offer(leaving="1024", taking=taking, at=NOW, note="机房钥匙在值班室", matters=matters)


def test_an_event_that_hangs_refuses_the_hand_over_and_names_the_ticket():
    with pytest.raises(EventsUnfinished, match="261121 0042"):
        offered(a_matter(), a_matter(event=SuddenEvent.URGENT))


def test_at_a_stopping_point_it_is_handed_over_with_the_note():
    handover = offered(a_matter(event=SuddenEvent.URGENT, stopped="已断电，抢修队在现场"))

    assert handover.matters[0].stopped == "已断电，抢修队在现场"


@pytest.mark.parametrize(
    ("urgent", "under_incident", "leader_spoke", "event"),
    [
        (True, False, True, SuddenEvent.URGENT),
        (False, True, True, SuddenEvent.INCIDENT),
        (False, False, False, SuddenEvent.MAJOR),
        (False, False, True, None),
    ],
)
def test_an_event_is_a_danger_an_area_incident_or_a_major_matter_without_a_leaders_word(
    urgent, under_incident, leader_spoke, event
):
    ticket = a_ticket(grade=Grade.MAJOR)

    assert sudden_event(ticket, urgent=urgent, under_incident=under_incident, leader_spoke=leader_spoke) is event


def test_a_general_matter_is_no_event():
    assert sudden_event(a_ticket(), urgent=False, under_incident=False, leader_spoke=False) is None


def test_what_the_next_shift_has_to_follow_up_is_pointed_out():
    ticket = a_ticket(promises=(a_promise(DUE),), requested_at=at("2026-11-23 15:00")).hold(
        by="1024", at=NOW, reason="等配件"
    )

    assert follow_up(ticket, now=NOW) == (
        "一般故障修复最迟 11月22日（周日）10:00",
        "处理受阻",
        "客户希望 11月23日（周一）15:00 上门",
    )
    assert follow_up(ticket, now=at("2026-11-22 12:00"))[0].endswith("已超时")


def test_what_waits_for_the_customers_papers_is_pointed_out():
    order = a_ticket(ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL, promises=())
    waiting = order.ask_for_materials(by="1024", at=NOW, reason="缺身份证复印件")

    assert follow_up(waiting, now=NOW) == ("等客户补齐材料",)


def test_only_whom_it_is_offered_to_takes_it_and_only_once():
    with pytest.raises(NotTheirsToTake, match="1025"):
        offered().take(by="1026", at=NOW)

    taken = offered().take(by="1025", at=NOW)
    assert taken.taken_at == NOW
    with pytest.raises(HandoverTaken):
        taken.take(by="1025", at=NOW)


def test_nobody_hands_over_to_themselves():
    with pytest.raises(SameShift):
        offered(taking="1024")
