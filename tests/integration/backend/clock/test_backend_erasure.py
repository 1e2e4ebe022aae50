"""抹除: the words of a customer are taken out of a finished ticket, and its ledger still verifies."""

import json

import pytest
from sqlalchemy import select, text

from backend.domain.errors import LeaderNeeded
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.messages.acts import StaffAct
from backend.refusals import NotFinished
from backend.store.tables import metadata
from backend.usecases import erasure
from backend.usecases import tickets as usecases
from tests.integration.backend.clock.support import HEAD, LEADER, due, soon
from tests.integration.backend.support import stored


def test_the_customers_words_are_erased_from_a_finished_ticket_and_its_ledger_still_verifies(
    do, asked, fault, store, terms, engine, verified
):
    asked(words="我在红谷滩等了一天")
    with pytest.raises(NotFinished):
        do(erasure.erase, StaffAct, fault, by=LEADER, reason="客户要求", request_id="r2")
    usecases.change_status(
        number=TicketNumber(fault.ticket_number),
        to=TicketStatus.CANCELLED,
        reason="客户撤单：我搬到世贸路2号了",
        by="webchat",
        terms=terms,
        store=store,
        now=soon,
    )
    with pytest.raises(LeaderNeeded):
        do(erasure.erase, StaffAct, fault, by=HEAD, reason="客户要求", request_id="r2")
    do(erasure.erase, StaffAct, fault, by=LEADER, reason="客户要求", request_id="r2")

    assert verified(fault)
    ticket = stored(store, fault).ticket
    assert ticket.attachments == ()
    assert (ticket.contact_phone, ticket.address, ticket.description, ticket.status_reason) == ("", None, "", None)
    assert ticket.main_promise.due == due
    with engine.connect() as connection:
        dump = "\n".join(str(connection.execute(select(each)).all()) for each in metadata.sorted_tables)
    for said in ("13807911234", "世贸路", "没信号", "红谷滩等"):
        assert said not in dump
        assert json.dumps(said)[1:-1] not in dump


def test_erased_words_cannot_be_put_back_or_taken_out_without_a_trace(do, fault, store, engine, verified):
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET contact_phone = ''"))
        connection.execute(text("UPDATE ledger SET words = NULL, salt = NULL"))
    assert not verified(fault)
