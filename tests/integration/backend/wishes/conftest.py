"""Tickets of 张先生, and his wishes for them."""

from datetime import timedelta

import pytest

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.messages.reports import VisitAnswer
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report, bind
from tests.integration.backend.wishes.support import HERE, MONDAY


@pytest.fixture(autouse=True)
def bound_here(request):
    """张先生 has shown by a code that the phone is his; of a store that a test has."""
    if "store" in request.fixturenames:
        bind(request.getfixturevalue("store"), conversation=HERE)


@pytest.fixture
def receipt(file):
    return file(a_report())


@pytest.fixture
def install(file):
    return file(a_report(ticket_type=TicketType.ORDER, subject="install", matter_id="install-of-zhang"))


@pytest.fixture
def carry_out(store, terms):
    def carry_out(use_case, wish, *, now=MONDAY):
        name = "answer" if isinstance(wish, VisitAnswer) else "wish"
        return use_case(**{name: wish}, terms=terms, store=store, now=now)

    return carry_out


@pytest.fixture
def settled(receipt, store, terms):
    for status in (TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED):
        usecases.change_status(
            number=TicketNumber.parse(receipt.ticket_number),
            to=status,
            reason="换了接头",
            by="1024",
            terms=terms,
            store=store,
            now=FRIDAY_EVENING + timedelta(hours=30),
        )
    return receipt
