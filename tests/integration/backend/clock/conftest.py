"""A fault and an order, the acts of the staff on them, and what is on record and told of them then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketType
from backend.messages.clock import AskExtension
from backend.ports import Medium
from backend.store.tables import outbox
from backend.usecases import extensions, ledger
from tests.integration.backend.clock.support import due, soon
from tests.integration.backend.support import a_report, stored


@pytest.fixture
def fault(file):
    return file(a_report(attachments=("photo-1",)))


@pytest.fixture
def order(file):
    return file(a_report(matter_id="matter-of-an-order", ticket_type=TicketType.ORDER, subject="install"))


@pytest.fixture
def do(store, terms):
    """Carries out an act: `do(use_case, Shape, receipt, by=…, …)`."""

    def do(use_case, shape, receipt, *, now=soon, under=terms, request_id="r1", **said):
        act = shape(request_id=request_id, ticket_number=receipt.ticket_number, **said)
        return use_case(act=act, terms=under, store=store, now=now)

    return do


@pytest.fixture
def history(store):
    def history(receipt):
        return queries.read(number=TicketNumber(receipt.ticket_number), store=store)[1]

    return history


@pytest.fixture
def told(engine):
    def told(receipt):
        to_this = outbox.c.subject == receipt.ticket_number, outbox.c.medium == Medium.CONVERSATION
        with engine.connect() as connection:
            found = connection.execute(select(outbox.c.body).where(*to_this).order_by(outbox.c.not_before))
            return [body["text"] for body in found.scalars()]

    return told


@pytest.fixture
def verified(store):
    def verified(receipt):
        with store.reading() as tickets:
            return ledger.verify(number=TicketNumber(receipt.ticket_number), tickets=tickets).problems == ()

    return verified


@pytest.fixture
def asked(do, store, fault):
    def asked(**said):
        owner = stored(store, fault).ticket.owner
        usual = {"by": owner, "reason": "等光缆抢通", "wished_due": due + timedelta(days=2)}
        return do(extensions.request, AskExtension, fault, **(usual | said))

    return asked
