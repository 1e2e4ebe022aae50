"""What follows from a change is written with it."""

import pytest

from backend.store.repository import SqlStore
from tests.integration.backend.support import a_report, stored


def test_every_change_of_a_transaction_is_followed_once_with_what_was_before(store, engine, file):
    receipt = file(a_report())
    seen = []
    watched = SqlStore(engine, follow=lambda change, _tickets: seen.append(change))
    filed = stored(store, receipt)
    moved = filed.ticket.start(by="1001", at=filed.ticket.accepted_at)

    with watched.writing() as tickets:
        entry = tickets.history(numbers=[filed.ticket.number])[filed.ticket.number][0]
        tickets.get(number=filed.ticket.number)
        tickets.save(moved)
        tickets.record(entry)

    (change,) = seen
    assert (change.before, change.after.ticket, change.entries) == (filed, moved, (entry,))


def test_a_change_that_the_audit_knows_nothing_of_is_not_written(store, file):
    receipt = file(a_report())
    filed = stored(store, receipt)

    with pytest.raises(ValueError, match="without an entry"), store.writing() as tickets:
        tickets.save(filed.ticket.start(by="1001", at=filed.ticket.accepted_at))

    assert stored(store, receipt) == filed
