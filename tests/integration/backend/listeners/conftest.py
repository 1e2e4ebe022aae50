"""A registered listener, and what delivers to it."""

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.api.hub_request import registration
from backend.domain.ticket import TicketNumber
from backend.ports import Entry, Event, Medium
from backend.store.tables import due_work
from backend.usecases import hub
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.listener import ToListener
from backend.work.delivery import Delivery
from backend.work.worker import Worker
from tests.integration.backend.listeners.support import HOUR, OURSELVES, PATIENCE, Listening
from tests.integration.backend.support import FRIDAY_EVENING, Clock


@pytest.fixture
def clock():
    return Clock(FRIDAY_EVENING)


@pytest.fixture
def listening(httpserver):
    return Listening(httpserver)


@pytest.fixture
def registered(store, listening):
    wish = registration({"@type": "Hub", "callback": listening.callback})
    return hub.register(wish, by="partner", store=store, now=FRIDAY_EVENING)


@pytest.fixture
def deliver(store, clock):
    to_listener = ToListener(store=store, clock=clock, url=OURSELVES, private=True, patience=24 * HOUR)

    def deliver(message, *, private=True, time_out=5.0):
        replace(to_listener, private=private)(message, time_out=time_out)

    return deliver


@pytest.fixture
def worker(store, clock, deliver, terms):
    def carry(message, *, time_out):
        deliver(message, time_out=time_out)

    delivery = Delivery(
        store=store,
        clock=clock,
        deliverers={Medium.LISTENER: carry},
        quiet_hours_at=lambda _at: terms.charter.operator.quiet_hours,
    )
    return Worker(store=store, clock=clock, by="worker", lanes=True, carry_out=delivery, patience=PATIENCE)


@pytest.fixture
def state(store, registered):
    return lambda: hub.read(id=registered.id, store=store)


@pytest.fixture
def remark(store, clock):
    """Something happens to a ticket, so that there is an event."""

    def remark(receipt, text):
        number = TicketNumber.parse(receipt.ticket_number)
        with store.writing() as tickets:
            ticket = tickets.get(number=number).ticket
            detail = {"text": text, "author": "partner"}
            tickets.record(
                Entry(
                    number=number, at=clock(), by="partner", event=Event.REMARKED, status=ticket.status, detail=detail
                )
            )

    return remark


@pytest.fixture
def replay(engine, store, deliver, state):
    """Everything that has been delivered goes out once more, the latest first; nothing of ours changes by it."""

    def everything(numbers):
        with store.reading() as tickets:
            return [tickets.get(number=number) for number in numbers], tickets.history(numbers=numbers), state()[1]

    def replay(*receipts):
        numbers = [TicketNumber.parse(receipt.ticket_number) for receipt in receipts]
        before = everything(numbers)
        with store.reading() as tickets, engine.connect() as connection:
            of_them = due_work.c.subject.in_(map(str, numbers)), due_work.c.finished_at.is_not(None)
            finished = connection.execute(select(due_work.c.key).where(*of_them).order_by(due_work.c.id))
            messages = [tickets.outbox.get(key=key) for key in finished.scalars()]
        for message in reversed(messages):
            with suppress(NotDelivered):
                deliver(message)
        assert everything(numbers) == before

    return replay
