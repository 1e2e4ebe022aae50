"""The desk's side of the backend: the board, a ticket in full, who may act, and what only moves a ticket."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from backend import desk_views
from backend.api.acts import VERBS
from backend.client import BoardAsked, Looking, Refused
from backend.domain.board import View, next_due
from backend.domain.errors import NotTheirsToAct, ReasonMissing, TransitionNotAllowed, UrgentNotWithdrawn
from backend.domain.staff_acts import Verb
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.acts import StaffAct
from backend.messages.reports import Wish
from backend.messages.staff_acts import CLASSES
from backend.refusals import StaffUnknown
from backend.usecases import wishes
from backend.usecases.acts import refuse_others
from tests.integration.backend.support import FRIDAY_EVENING, a_report, bind, stored

requests = count(1)
SOON = FRIDAY_EVENING + timedelta(hours=20)  # past the warning of a fault's 24 hours
LATE = FRIDAY_EVENING + timedelta(hours=25)


@pytest.fixture
def act(store, terms):
    def act(verb: Verb, number: str, *, by: str = "1001", now: Any = FRIDAY_EVENING, **said: Any) -> Any:
        shape = CLASSES[verb]
        request_id = said.pop("request_id", f"r{next(requests)}")
        made = shape(request_id=request_id, ticket_number=number, by=by, **said)
        return VERBS[verb](act=made, terms=terms, store=store, now=now)

    return act


@pytest.fixture
def board(store, terms):
    def board(view: View, *, by: str = "1001", now: Any = FRIDAY_EVENING, **asked: Any) -> Any:
        said = BoardAsked(by=by, view=view, **asked)
        return desk_views.board(asked=said, terms=terms, store=store, now=now)

    return board


@pytest.fixture
def numbers(board):
    def numbers(view: View, **asked: Any) -> list[str]:
        return [row.number for row in board(view, **asked).rows]

    return numbers


@pytest.fixture
def full(store, terms):
    def full(number: str, *, by: str = "1001", now: Any = FRIDAY_EVENING) -> Any:
        looking = Looking(by=by, ticket_number=number)
        return desk_views.in_full(looking=looking, terms=terms, store=store, now=now)

    return full


@pytest.fixture
def several(file):
    """A fault, a complaint, an install that waits for papers, a call owed: each of another customer."""
    told = {
        "fault": {},
        "complaint": {"ticket_type": TicketType.COMPLAINT, "subject": "fee", "service": None, "description": "乱收费"},
        "order": {"ticket_type": TicketType.ORDER, "subject": "install", "description": "装有线电视"},
        "question": {
            "ticket_type": TicketType.QUESTION,
            "subject": "callback",
            "service": None,
            "description": "请回电，我的号码是 13807911234",
            "address": None,
        },
    }
    return {
        name: file(a_report(matter_id=name, contact_phone=f"+861380791000{position}", **said)).ticket_number
        for position, (name, said) in enumerate(told.items())
    }


def test_the_board_shows_what_is_unfinished_by_what_falls_due_next(several, board, store):
    page = board(View.UNFINISHED)
    assert page.total == 4
    dues = [row.next.due if row.next else None for row in page.rows]
    assert dues == sorted(dues, key=lambda due: (due is None, due or FRIDAY_EVENING))
    for row in page.rows:
        ticket = stored(store, _Number(row.number)).ticket
        told = next_due(ticket)
        assert (row.next.due if row.next else None) == (told.due if told else None)
    assert [row.number for row in board(View.UNFINISHED, offset=1, limit=2).rows] == [r.number for r in page.rows[1:3]]
    assert board(View.UNFINISHED, ticket_type=TicketType.ORDER).total == 1
    assert board(View.UNFINISHED, area="nowhere").total == 0


class _Number:
    def __init__(self, ticket_number: str) -> None:
        self.ticket_number = ticket_number


def test_each_view_shows_its_own(several, numbers, store, act):
    owner = stored(store, _Number(several["fault"])).ticket.owner
    assert several["fault"] in numbers(View.MINE, by=owner)
    assert numbers(View.MINE, by="2041") == []
    assert several["fault"] in numbers(View.AREA, by="1024")
    assert several["fault"] not in numbers(View.AREA, by="1021")
    assert numbers(View.COMPLAINTS) == [several["complaint"]]
    assert numbers(View.MATERIALS) == [several["order"]]
    assert numbers(View.OVERDUE) == []
    assert several["fault"] in numbers(View.OVERDUE, now=LATE)
    assert several["fault"] in numbers(View.AT_RISK, now=SOON)
    assert several["fault"] not in numbers(View.AT_RISK) + numbers(View.AT_RISK, now=LATE)

    act(Verb.RESOLVE, several["fault"], by="1024", reason="换了接头")
    assert numbers(View.VISITS) == [several["fault"]]
    assert several["fault"] in numbers(View.UNFINISHED)
    act(Verb.VISIT, several["fault"], outcome="solved")
    assert several["fault"] not in numbers(View.UNFINISHED)


def test_a_member_without_an_area_sees_what_the_department_handles(several, numbers, act):
    act(Verb.TRANSFER, several["question"], to="1031", reason="请回电")
    assert several["question"] in numbers(View.AREA, by="1032")


def test_customers_are_masked_until_somebody_asks(several, board, full, store):
    row = next(row for row in board(View.UNFINISHED).rows if row.number == several["question"])
    assert row.phone == "138****0003"
    assert "13807911234" not in row.description
    shown = full(several["fault"])
    assert shown.row.address == "南昌市红谷滩区世贸路***"
    assert "世贸路1号" not in str(shown)

    contact = desk_views.contact(looking=Looking(by="1001", ticket_number=several["fault"]), store=store)
    assert (contact.phone, contact.address) == ("+8613807910000", "南昌市红谷滩区世贸路1号")


def test_a_ticket_in_full_tells_promises_history_and_what_may_be_done(several, full, act):
    act(Verb.REMARK, several["fault"], by="1031", reason="客户很着急，电话 13807911234")
    shown = full(several["fault"], by="1024", now=LATE)
    [settle] = [promise for promise in shown.promises if promise.kind == "settle"]
    assert (settle.limit, settle.late, settle.kept_at) == ("24 小时", True, None)
    assert (shown.history[0].label, shown.history[0].by) == ("备注", "1031")
    assert "13807911234" not in str(shown)
    offers = {offer.verb: offer for offer in shown.offers}
    assert offers[Verb.RESOLVE].needs_reason
    assert offers[Verb.RESOLVE].label == "登记处理结果"
    assert Verb.CHANGE_OWNER not in offers
    assert Verb.CHANGE_OWNER in {offer.verb for offer in full(several["fault"], by="1003").offers}


@pytest.mark.parametrize("verb", [Verb.START, Verb.HOLD, Verb.REJECT, Verb.CANCEL, Verb.REMARK])
def test_what_is_offered_is_carried_out_once(several, full, act, verb):
    number = several["fault"]
    said = {"request_id": "the same", "reason": "说明"}
    first = act(verb, number, **said)
    assert act(verb, number, **said) == first
    assert len([entry for entry in full(number).history if entry.detail.get("request") == "the same"]) == 1


def test_a_ticket_is_held_goes_on_is_settled_reopened_settled_visited_and_closed(several, act, full, store):
    number = several["fault"]
    act(Verb.HOLD, number, reason="缺设备")
    act(Verb.START, number)
    act(Verb.RESOLVE, number, by="1024", reason="换了接头")
    act(Verb.REOPEN, number, by="1031", reason="客户来电说没好", now=LATE)
    ticket = stored(store, _Number(number)).ticket
    assert (ticket.status, ticket.times_reopened) == (TicketStatus.IN_PROGRESS, 1)
    assert ticket.main_promise.due == LATE + timedelta(hours=24)

    act(Verb.RESOLVE, number, by="1024", reason="换了线", now=LATE)
    act(Verb.VISIT, number, by="1031", outcome="solved", satisfaction=2, reason="等太久", now=LATE)
    assert Verb.CLOSE in {offer.verb for offer in full(number).offers}
    act(Verb.CLOSE, number, by="1031", now=LATE)
    assert stored(store, _Number(number)).ticket.status is TicketStatus.CLOSED
    with pytest.raises(TransitionNotAllowed):
        act(Verb.START, number)


def test_a_danger_is_not_cancelled_and_a_remark_says_something(file, act):
    danger = file(a_report(subject="danger", description="电线掉下来了")).ticket_number
    with pytest.raises(UrgentNotWithdrawn):
        act(Verb.CANCEL, danger, reason="不用了")
    with pytest.raises(ReasonMissing):
        act(Verb.REMARK, danger, reason=" ")


def test_who_has_nothing_to_do_with_a_ticket_is_told_whose_it_is(several, store, terms):
    said = StaffAct(request_id="r", ticket_number=several["fault"], by="1031")
    with pytest.raises(NotTheirsToAct):
        refuse_others(Verb.START, act=said, terms=terms, store=store)
    refuse_others(Verb.RESPOND, act=said, terms=terms, store=store)
    with pytest.raises(StaffUnknown):
        refuse_others(Verb.RESPOND, act=StaffAct(request_id="r", ticket_number="1", by="x"), terms=terms, store=store)


async def test_the_desk_is_told_through_the_interface(backend, filed):
    client = backend.client()
    number = await filed()
    page = await client.board(BoardAsked(by="1001", view=View.UNFINISHED), correlation_id="c")
    assert number in {row.number for row in page.rows}
    looking = Looking(by="1003", ticket_number=number)
    assert (await client.ticket_in_full(looking, correlation_id="c")).row.number == number
    assert (await client.contact_of(looking, correlation_id="c")).phone.startswith("+86")
    held = StaffAct(request_id="r", ticket_number=number, by="1001", reason="缺设备")
    assert (await client.act_at_desk(Verb.HOLD, held, correlation_id="c")).status is TicketStatus.HELD
    with pytest.raises(Refused) as refused:
        await client.act_at_desk(Verb.HOLD, StaffAct(**vars(held) | {"by": "1031"}), correlation_id="c")
    assert (refused.value.status, refused.value.code) == (409, "not_theirs_to_act")
    await client.aclose()


def test_the_history_names_staff_by_number_and_a_customer_without_their_conversation(file, store, terms, act, full):
    number = file(a_report(conversation="c0ffee")).ticket_number
    act(Verb.REMARK, number, by="1001", reason="客户在家")
    bind(store, conversation="c0ffee")
    said = {"said_at": FRIDAY_EVENING, "text": "好了，不用来了"}
    wish = Wish(request_id="w", ticket_number=number, conversation="c0ffee", **said)
    wishes.withdraw(wish=wish, terms=terms, store=store, now=FRIDAY_EVENING)
    history = full(number).history

    assert {entry.by: entry.who for entry in history} == {"webchat": "网页", "1001": "工号 1001", "c0ffee": "客户"}
