"""交接班 (R2.9): the leaving member's open matters are listed, offered, taken and kept."""

from asyncio import to_thread
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.domain.errors import EventsUnfinished, ReasonMissing
from backend.domain.handover import SuddenEvent
from backend.messages.acts import StaffAct, Transfer
from backend.messages.handovers import Offering, Taking
from backend.ports import Event
from backend.refusals import HandoverNotFound, StaffUnknown
from backend.store.erasing import erase_words
from backend.usecases import acts, handovers
from tests.integration.backend.support import FRIDAY_EVENING, TOKEN, a_report, stored
from tests.integration.backend.working import work_off

LATER = FRIDAY_EVENING + timedelta(minutes=30)


@pytest.fixture
def fault(file):
    return file(a_report())


@pytest.fixture
def danger(file):
    return file(a_report(subject="danger"))


@pytest.fixture
def next_shift(terms):
    """Somebody who has nothing in hand yet."""
    return terms.charter.staff[-1].job_number


@pytest.fixture
def in_hand(store, terms):
    return lambda job_number: handovers.in_hand(job_number=job_number, terms=terms, store=store, now=LATER)


@pytest.fixture
def offer(store, terms, next_shift):
    def offer(leaving, *, taking=next_shift):
        offering = Offering(leaving=leaving, taking=taking, note="机房钥匙在值班室")
        return handovers.make_offer(offering=offering, terms=terms, store=store, now=LATER)

    return offer


@pytest.fixture
def take(store, next_shift):
    def take(number, *, by=next_shift):
        return handovers.take(taking=Taking(handover=number, by=by), store=store, now=LATER)

    return take


@pytest.fixture
def stop(store, terms):
    def stop(receipt, *, note="已断电，抢修队在现场", request="stop"):
        act = StaffAct(request_id=request, ticket_number=receipt.ticket_number, by="1001", reason=note)
        return handovers.stop(act=act, terms=terms, store=store, now=LATER)

    return stop


def test_what_is_handled_and_what_is_owned_is_listed_with_what_follows(fault, in_hand, store, terms):
    ticket = stored(store, fault).ticket
    repairer = next(m.job_number for m in terms.charter.staff if m.repairs and m.job_number != ticket.handler)
    act = Transfer(request_id="t", ticket_number=str(ticket.number), by="1001", to=repairer, reason="就近")
    acts.transfer(act=act, terms=terms, store=store, now=LATER)

    (owned,), (handled,) = in_hand(ticket.owner), in_hand(repairer)
    assert (owned.as_owner, owned.as_handler) == (True, False)
    assert (handled.as_owner, handled.as_handler) == (False, True)
    assert handled.follow_up[0].startswith("一般故障修复最迟")


def test_taking_it_changes_the_handler_never_the_owner_and_is_kept(fault, offer, take, next_shift, store):
    before = stored(store, fault).ticket
    taken = take(offer(before.handler).number)
    ticket = stored(store, fault).ticket

    assert (ticket.handler, ticket.owner) == (next_shift, before.owner)
    assert handovers.every(store=store) == (taken,)
    assert (taken.note, [matter.ticket for matter in taken.matters]) == ("机房钥匙在值班室", [before.number])
    with store.reading() as tickets:
        last = tickets.history(numbers=[before.number])[before.number][-1]
    assert (last.event, last.by, last.detail["handover"]) == (Event.TRANSFERRED, next_shift, taken.number)


def test_a_danger_is_brought_to_a_stopping_point_first(danger, offer, stop, store):
    handler = stored(store, danger).ticket.handler
    with pytest.raises(EventsUnfinished):
        offer(handler)

    stop(danger)
    (matter,) = offer(handler).matters
    assert (matter.event, matter.stopped) == (SuddenEvent.URGENT, "已断电，抢修队在现场")


def test_the_next_shift_needs_a_stopping_point_of_its_own(danger, offer, take, stop, next_shift, store):
    handler = stored(store, danger).ticket.handler
    stop(danger)
    take(offer(handler).number)

    with pytest.raises(EventsUnfinished):
        offer(next_shift, taking=handler)
    stop(danger, request="again", note="夜里无变化")
    assert offer(next_shift, taking=handler).matters[0].stopped == "夜里无变化"


def test_a_stopping_point_says_where_the_matter_stands(danger, stop):
    with pytest.raises(ReasonMissing):
        stop(danger, note=" ")


def test_faults_under_an_area_incident_are_not_left_hanging(file, offer, store, terms):
    receipts = [
        file(
            a_report(
                matter_id=f"matter-{house}",
                conversation=f"conversation-{house}",
                contact_phone=f"+86138079{house:05}",
                address=f"南昌市红谷滩区世贸路{house}号",
            )
        )
        for house in range(1, terms.charter.incident.faults + 1)
    ]
    work_off(store, terms, now=FRIDAY_EVENING)

    with pytest.raises(EventsUnfinished):
        offer(stored(store, receipts[0]).ticket.handler)


def test_a_matter_settled_meanwhile_or_in_other_hands_is_left_alone(fault, offer, take, store, terms, next_shift):
    ticket = stored(store, fault).ticket
    offered = offer(ticket.handler)
    act = Transfer(request_id="t", ticket_number=str(ticket.number), by="1001", to="1001", reason="我来")
    acts.transfer(act=act, terms=terms, store=store, now=LATER)
    take(offered.number)

    assert stored(store, fault).ticket.handler == "1001"


def test_who_is_not_on_the_staff_and_what_was_not_offered_is_refused(fault, offer, take):
    with pytest.raises(StaffUnknown):
        offer("9999")
    with pytest.raises(HandoverNotFound, match="7 号"):
        take(7)


def test_what_was_noted_of_a_ticket_goes_with_its_words_when_they_are_erased(danger, offer, stop, store, engine):
    ticket = stored(store, danger).ticket
    stop(danger, note="张女士家门口的电线掉了")
    offer(ticket.handler)
    with engine.begin() as connection:
        erase_words(connection, ticket)

    (kept,) = handovers.every(store=store)
    notes = {matter.ticket: matter.stopped for matter in kept.matters}
    assert notes[ticket.number] == "（已抹除）"


async def test_a_shift_is_handed_over_from_the_command_line(backend, monkeypatch):
    monkeypatch.setenv("SHOUWEN_BACKEND_URL", backend.url)
    monkeypatch.setenv("SHOUWEN_BACKEND_TOKEN", TOKEN)
    client = backend.client()
    receipt = await client.file(a_report(subject="danger", accepted_at=datetime.now(UTC)), correlation_id="c")
    await client.aclose()

    async def run(*arguments):
        return (await to_thread(CliRunner().invoke, app, ["handover", *arguments])).output

    leaving, taking = receipt.owner.job_number, "1003" if receipt.owner.job_number != "1003" else "1001"
    assert "还没有告一段落" in await run("show", leaving)
    assert "不能交班" in await run("offer", "--from", leaving, "--to", taking)
    assert "告一段落" in await run("stop", receipt.ticket_number, "--note", "已断电", "--by", leaving)
    assert "待接班" in await run("offer", "--from", leaving, "--to", taking, "--note", "钥匙在值班室")
    assert "已接班" in await run("take", "1", "--by", taking)
    assert "钥匙在值班室" in await run("list")
