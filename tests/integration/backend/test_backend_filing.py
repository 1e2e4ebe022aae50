"""立案: what is written when a report is filed, and that it is written once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError

from backend import queries
from backend.client import Report
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, PromiseKind, TicketType
from backend.ports import Event
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlTickets
from backend.store.tables import audit, matter, promise, ticket
from backend.usecases import ledger
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


def rows(engine: Engine, table) -> int:  # type: ignore[no-untyped-def]
    with engine.connect() as connection:
        return len(connection.execute(select(table)).all())


def test_a_fault_is_filed_with_its_owner_its_promise_and_an_audit_entry(file, store):
    receipt = file(a_report())

    filed, history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)
    (settling,) = [told for told in filed.ticket.promises if told.kind is PromiseKind.SETTLE]
    assert filed.ticket.owner == receipt.owner.job_number
    assert settling.due == FRIDAY_EVENING + timedelta(hours=24)
    assert [entry.event for entry in history] == [Event.FILED]
    assert not receipt.already_filed
    assert not receipt.already_open


def test_the_ticket_stores_what_was_promised_and_under_which_charter(file, store, terms):
    receipt = file(a_report())

    filed = stored(store, receipt)
    assert (filed.charter_operator, filed.charter_version) == ("jiangxi", terms.charter.version)
    assert filed.charter_digest == terms.charter.digest
    assert filed.told_due == tuple(told.due for told in receipt.promises)
    assert filed.ticket.promises[0].steps


def test_a_promise_is_not_computed_again_when_the_charter_changes(file, store, terms):
    receipt = file(a_report())
    longer = tuple(
        replace(clause, limit=replace(clause.limit, amount=clause.limit.amount + 1))
        for clause in terms.charter.commitments
    )
    changed = Terms(charter=replace(terms.charter, commitments=longer), calendar=terms.calendar)

    again = usecases.accept(
        report=a_report(), terms=changed, store=store, accounts=TableAccounts(store), now=FRIDAY_EVENING
    )

    assert again.promises == receipt.promises


def test_filing_a_matter_again_returns_its_first_ticket_and_writes_nothing(file, engine):
    first = file(a_report())

    again = file(a_report(description="又说了一遍"), now=FRIDAY_EVENING + timedelta(minutes=1))

    assert again == replace(first, already_filed=True)
    assert (rows(engine, ticket), rows(engine, audit)) == (1, 1)


def test_twenty_parallel_filings_of_one_matter_make_one_ticket(file, engine):
    with ThreadPoolExecutor(20) as callers:
        receipts = list(callers.map(lambda _: file(a_report()), range(20)))

    assert len({receipt.ticket_number for receipt in receipts}) == 1
    assert [receipt.already_filed for receipt in receipts].count(False) == 1
    assert (rows(engine, ticket), rows(engine, matter)) == (1, 1)


def test_parallel_filings_of_different_matters_get_the_running_numbers_of_the_day_without_a_gap(file):
    def of_customer(which: int) -> Report:
        return a_report(matter_id=f"matter-{which}", contact_phone=f"+86138079112{which:02}")

    with ThreadPoolExecutor(20) as callers:
        numbers = list(callers.map(lambda which: file(of_customer(which)).ticket_number, range(20)))

    assert sorted(int(number[6:-1]) for number in numbers) == list(range(1, 21))


def test_what_is_filed_again_or_joins_takes_no_running_number(file):
    def of_customer(which: int) -> Report:
        return a_report(matter_id=f"matter-{which}", contact_phone=f"+86138079112{which % 5:02}")

    with ThreadPoolExecutor(20) as callers:
        numbers = set(callers.map(lambda which: file(of_customer(which % 10)).ticket_number, range(20)))
    another = file(a_report(matter_id="another", contact_phone="+8613807911299")).ticket_number

    assert sorted(int(number[6:-1]) for number in (*numbers, another)) == list(range(1, 7))


@pytest.mark.parametrize("nobody", [None, ""])
def test_the_database_refuses_a_ticket_without_an_owner(file, engine, nobody):
    file(a_report())

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(update(ticket).values(owner=nobody))


def test_a_filing_that_fails_half_way_leaves_nothing_behind(file, engine, monkeypatch):
    def no_audit(self: SqlTickets, entry: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(SqlTickets, "record", no_audit)
        with pytest.raises(RuntimeError):
            file(a_report())

    assert [rows(engine, table) for table in (ticket, matter, promise, audit)] == [0, 0, 0, 0]
    assert file(a_report()).ticket_number[6:-1] == "0001"


def test_the_number_carries_the_day_of_acceptance_in_shanghai(file):
    late_in_the_evening_utc = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert file(a_report(accepted_at=late_in_the_evening_utc)).ticket_number.startswith("261121")


def test_a_report_filed_late_keeps_its_acceptance_and_its_promise(file, store):
    receipt = file(a_report(), now=FRIDAY_EVENING + timedelta(hours=9))

    filed = stored(store, receipt)
    assert filed.ticket.accepted_at == FRIDAY_EVENING
    assert filed.filed_at == FRIDAY_EVENING + timedelta(hours=9)
    assert filed.ticket.promises[0].due == FRIDAY_EVENING + timedelta(hours=24)


def test_a_promise_carries_its_limit_as_it_was_told(file, store, terms):
    receipt = file(a_report())
    question = file(a_report(matter_id="asked", ticket_type=TicketType.COMPLAINT, subject="attitude"))

    assert [told.limit for told in receipt.promises] == ["24 小时"]
    assert all((told.limit is None) == (told.due is None) for told in question.promises)


def test_a_customer_with_an_open_matter_of_the_subject_keeps_its_owner(file, store):
    first = file(a_report())
    elsewhere = a_report(matter_id="at-the-other-flat", address="南昌市东湖区八一大道1号")

    second = file(elsewhere, now=FRIDAY_EVENING)

    assert second.owner.job_number == first.owner.job_number
    assert stored(store, second).owner_chosen_by == "owner_of_open_matter"


def test_an_agent_in_the_conversation_owns_what_he_files(file, terms):
    agent = terms.charter.staff[0].job_number

    receipt = file(a_report(agent=agent))

    assert receipt.owner.job_number == agent


def test_what_is_read_back_is_what_was_filed(file, store):
    everything = a_report(
        requested_at=FRIDAY_EVENING + timedelta(days=2),
        requested_text="后天晚上",
        channel=Channel.HOTLINE,
    )

    kept = stored(store, file(everything)).ticket

    for name in ("matter_id", "ticket_type", "subject", "service", "description", "address", "contact_phone"):
        assert getattr(kept, name) == getattr(everything, name)
    for name in ("accepted_at", "requested_at", "requested_text", "channel", "conversation", "grade"):
        assert getattr(kept, name) == getattr(everything, name)
    assert kept.area == "honggutan"


def test_the_photos_of_a_report_stay_with_its_ticket(file, store):
    receipt = file(a_report(attachments=("photo-1", "photo-2")))

    assert stored(store, receipt).ticket.attachments == ("photo-1", "photo-2")


def test_the_photos_of_a_report_that_joins_come_after_those_that_are_there(file, store):
    file(a_report(attachments=("photo-1",)))
    receipt = file(a_report(matter_id="again", attachments=("photo-2", "photo-1")))

    assert receipt.already_open
    assert stored(store, receipt).ticket.attachments == ("photo-1", "photo-2")
    with store.reading() as tickets:
        assert ledger.verify(number=TicketNumber(receipt.ticket_number), tickets=tickets).problems == ()
