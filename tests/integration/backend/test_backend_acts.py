"""What members of staff do to a ticket 坐席、经办人的操作."""

import pytest

from backend import queries
from backend.domain.errors import SameHandler
from backend.domain.ticket import TicketNumber
from backend.messages.acts import StaffAct, Transfer
from backend.ports import Event
from backend.refusals import StaffUnknown, TicketNotFound
from backend.usecases import acts
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


@pytest.fixture
def receipt(file):
    return file(a_report())


@pytest.fixture
def transfer(store, terms, receipt):
    def transfer(*, to, by="1001", request="r1", number=None):
        act = Transfer(
            request_id=request, ticket_number=number or receipt.ticket_number, by=by, reason="片区负责", to=to
        )
        return acts.transfer(act=act, terms=terms, store=store, now=FRIDAY_EVENING)

    return transfer


def history(store, receipt):
    return queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]


def test_a_transfer_changes_the_handler_never_the_owner(store, receipt, transfer):
    """R2.10: 转派不转责."""
    owner = stored(store, receipt).ticket.owner
    transfer(to="1002")

    ticket = stored(store, receipt).ticket
    assert (ticket.owner, ticket.handler) == (owner, "1002")
    assert (history(store, receipt)[-1].event, history(store, receipt)[-1].by) == (Event.TRANSFERRED, "1001")


def test_the_same_request_again_does_nothing_again(store, receipt, transfer):
    transfer(to="1002")
    before = history(store, receipt)
    transfer(to="1002")

    assert history(store, receipt) == before
    with pytest.raises(SameHandler):
        transfer(to="1002", request="r2")


def test_who_is_not_on_the_staff_neither_acts_nor_gets_a_ticket(transfer):
    for said in ({"to": "9999"}, {"to": "1002", "by": "9999"}):
        with pytest.raises(StaffUnknown):
            transfer(**said)


def test_a_ticket_that_is_not_there_is_refused(transfer):
    with pytest.raises(TicketNotFound):
        transfer(to="1002", number=str(TicketNumber.make(day=FRIDAY_EVENING.date(), running=99)))


async def test_an_act_goes_through_the_interface_and_another_verb_is_none(backend, filed):
    client = backend.client()
    act = StaffAct(request_id="r1", ticket_number=await filed(), by="1001")

    assert (await client.act("respond", act, correlation_id="c")).number == act.ticket_number
    with pytest.raises(Exception, match="404"):
        await client.act("eat", act, correlation_id="c")
    await client.aclose()
