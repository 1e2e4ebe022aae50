"""Work that falls due, messages that go out, and who does both, at a time of the test's choosing."""

import pytest

from backend.domain.agenda import Due, Task
from backend.domain.ticket import TicketNumber
from backend.ports import Medium, Message
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.work.delivery import Delivery
from backend.work.due import Doing, Means
from backend.work.worker import Worker
from tests.integration.backend.due.support import NOON, PATIENCE, SECOND
from tests.integration.backend.support import Clock, a_report


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def store(engine):
    """Of a ticket filed here nothing falls due: the work is the tests' own."""
    return SqlStore(engine)


@pytest.fixture
def number(file):
    return TicketNumber(file(a_report()).ticket_number)


@pytest.fixture
def plan(store):
    def plan(*keys, subject="a"):
        wanted = [Due(task=Task.DELIVER, at=NOON + place * SECOND, key=key) for place, key in enumerate(keys)]
        with store.writing() as tickets:
            tickets.agenda.plan(subject=subject, wanted=wanted)

    return plan


@pytest.fixture
def worker(store, clock, terms):
    def worker(handler):
        means = Means(terms_at=lambda _at: terms, accounts=TableAccounts(store))
        doing = Doing(store=store, clock=clock, means=means, handlers=dict.fromkeys(Task, handler))
        return Worker(store=store, clock=clock, by="worker", lanes=False, carry_out=doing, patience=PATIENCE)

    return worker


@pytest.fixture
def messenger(store, clock, terms):
    def messenger(**deliverers):
        delivery = Delivery(
            store=store,
            clock=clock,
            deliverers={Medium(name): deliver for name, deliver in deliverers.items()},
            quiet_hours_at=lambda _at: terms.charter.operator.quiet_hours,
        )
        return Worker(store=store, clock=clock, by="worker", lanes=True, carry_out=delivery, patience=PATIENCE)

    return messenger


@pytest.fixture
def send(store):
    def send(key, *, medium=Medium.SMS):
        message = Message(
            key=key, medium=medium, recipient="+8613807911234", subject="ticket", body={"text": key}, not_before=NOON
        )
        with store.writing() as tickets:
            tickets.outbox.add(message)
        return message

    return send


@pytest.fixture
def standing(store):
    """Key, seconds from noon to the next try, and the kind of the last failure, of all that is not done."""

    def standing():
        with store.reading() as tickets:
            found = tickets.agenda.unfinished(limit=10)
        return [(work.due.key, (work.try_at - NOON) // SECOND, work.error) for work in found]

    return standing


@pytest.fixture
def dead(store):
    def dead():
        with store.reading() as tickets:
            return [(work.due.key, work.attempts, work.error) for work in tickets.agenda.dead()]

    return dead
