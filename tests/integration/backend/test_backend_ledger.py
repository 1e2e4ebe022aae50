"""The ledger 台账 of a stored ticket: written with every change, verified from scratch."""

import pytest
from sqlalchemy import text

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import Appointment
from backend.usecases import ledger, wishes
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report


@pytest.fixture
def number(file, store, terms):
    receipt = file(a_report())
    usecases.change_status(
        number=TicketNumber(receipt.ticket_number),
        to=TicketStatus.IN_PROGRESS,
        reason="",
        by="1001",
        terms=terms,
        store=store,
        now=FRIDAY_EVENING,
    )
    wish = Appointment(
        ticket_number=receipt.ticket_number,
        conversation="conversation-of-zhang",
        caller="+8613807911234",
        request_id="m1",
        said_at=FRIDAY_EVENING,
        text="周六下午再来",
        wished="周六下午",
    )
    wishes.change_appointment(wish=wish, terms=terms, store=store, now=FRIDAY_EVENING)
    return TicketNumber(receipt.ticket_number)


@pytest.fixture
def problems(store, number):
    def problems():
        with store.reading() as tickets:
            return ledger.verify(number=number, tickets=tickets).problems

    return problems


def test_every_change_is_a_page(store, number, problems):
    with store.reading() as tickets:
        pages = tickets.ledger.pages(number=number)

    events = [[entry["event"] for entry in page.facts["entries"]] for page in pages]
    assert events == [["filed"], ["statusChanged"], ["appointmentChanged"]]
    assert problems() == ()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ticket SET owner = '1002'",
        "UPDATE ticket SET contact_phone = '+8613900000000'",
        "UPDATE ticket SET description = '没事'",
        "UPDATE ticket SET resolved_at = '2026-11-20 11:00:00'",
        "UPDATE ticket SET charter_version = '2025-01-01'",
        "UPDATE promise SET due = '2026-11-30 11:00:00'",
        "UPDATE promise SET told_due = '2026-11-30 11:00:00'",
        "UPDATE promise SET calendar = 'another'",
        "UPDATE promise SET steps = '[]'",
        "DELETE FROM promise",
        "UPDATE audit SET at = '2026-11-21 00:00:00' WHERE id = 2",
        "UPDATE audit SET reason = 'other' WHERE id = 2",
        "UPDATE audit SET detail = '{}' WHERE id = 3",
        "DELETE FROM audit WHERE id = 2",
        "INSERT INTO audit SELECT 0, ticket_number, at, done_by, event, status, reason, detail FROM audit WHERE id = 2",
        "UPDATE ledger SET facts = '{\"entries\": []}' WHERE position = 1",
        "UPDATE ledger SET at = '2026-11-21 00:00:00' WHERE position = 2",
        "UPDATE ledger SET words = NULL, salt = NULL WHERE position = 2",
        "UPDATE ledger SET words = '{\"entries\": []}' WHERE position = 3",
        "UPDATE ledger SET digest = 'x' WHERE position = 3",
        "DELETE FROM ledger WHERE position = 1",
        "DELETE FROM ledger WHERE position = 3",
        "DELETE FROM ledger",
    ],
)
def test_whatever_is_changed_behind_its_back_shows(engine, problems, tampering):
    with engine.begin() as connection:
        connection.execute(text(tampering))

    assert problems()


def test_a_ticket_older_than_the_ledger_begins_its_own_with_the_next_change(engine, store, terms, number, problems):
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger"))
    assert problems() == ("没有台账：立单早于台账，此后也没有变动",)
    usecases.change_status(
        number=number, to=TicketStatus.HELD, reason="等备件", by="1001", terms=terms, store=store, now=FRIDAY_EVENING
    )

    assert problems() == ()
