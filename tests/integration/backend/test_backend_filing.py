"""立案: what is written when a report is filed, and that it is written once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError

from backend import queries, usecases
from backend.client import Receipt, Report
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, PromiseKind, TicketStatus, TicketType
from backend.filing import Terms
from backend.ports import Event, Filed
from backend.store.repository import SqlStore, SqlTickets
from backend.store.tables import audit, matter, promise, ticket
from tests.integration.backend.support import FRIDAY_EVENING, a_report


@pytest.fixture
def file(store: SqlStore, terms: Terms):  # type: ignore[no-untyped-def]
    def file(report: Report, *, now: datetime | None = None) -> Receipt:
        return usecases.accept(report=report, terms=terms, store=store, now=now or report.accepted_at)

    return file


def stored(store: SqlStore, receipt: Receipt) -> Filed:
    return queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[0]


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

    again = usecases.accept(report=a_report(), terms=changed, store=store, now=FRIDAY_EVENING)

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


def test_the_same_customer_with_the_same_matter_is_told_the_open_ticket_and_it_is_urged(file, store):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", description="电视还是没信号"))

    assert second == replace(first, already_open=True)
    with store.reading() as tickets:
        number = TicketNumber.parse(first.ticket_number)
        urge = tickets.history(numbers=[number])[number][-1]
        said = {"description": "电视还是没信号", "address": "南昌市红谷滩区世贸路1号"}
        assert (urge.event, urge.detail) == (Event.URGED, said)
        assert tickets.urges(number=number) == 1


def test_a_later_report_of_the_same_matter_leaves_the_told_time(file, store):
    """R1.20."""
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", accepted_at=FRIDAY_EVENING + timedelta(hours=5)))

    assert second.promises == first.promises


def test_a_kept_report_joined_to_a_ticket_filed_meanwhile_keeps_the_earlier_time_it_was_told(file, store):
    """R1.20: told with the backend away at 18:30, filed after the same customer's report of 20:30."""
    meanwhile = file(a_report(matter_id="told-again", accepted_at=FRIDAY_EVENING + timedelta(hours=2)))

    kept = file(a_report(), now=FRIDAY_EVENING + timedelta(hours=3))

    assert kept.ticket_number == meanwhile.ticket_number
    assert [told.due for told in kept.promises] == [FRIDAY_EVENING + timedelta(hours=24)]
    filed, history = queries.read(number=TicketNumber.parse(kept.ticket_number), store=store)
    assert [told.due for told in filed.ticket.promises] == [FRIDAY_EVENING + timedelta(hours=24)]
    assert [entry.event for entry in history] == [Event.FILED, Event.PROMISE_BROUGHT_FORWARD, Event.URGED]


def test_an_urging_report_filed_again_urges_once(file, store):
    first = file(a_report())
    for _ in range(3):
        receipt = file(a_report(matter_id="another-matter"))

    assert receipt == replace(first, already_filed=True, already_open=True)
    with store.reading() as tickets:
        assert tickets.urges(number=TicketNumber.parse(first.ticket_number)) == 1


@pytest.mark.parametrize(
    "difference",
    [
        {"contact_phone": "+8613907910000"},
        {"subject": "picture"},
        {"ticket_type": TicketType.COMPLAINT},
        {"address": "南昌市东湖区八一大道1号"},
        {"address": "南昌市红谷滩区世贸路2号"},  # the landlord's second flat
        {"address": None},
    ],
)
def test_what_differs_in_customer_kind_or_place_is_another_matter(file, difference):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", **difference))

    assert second.ticket_number != first.ticket_number
    assert not second.already_open


@pytest.mark.parametrize("address", ["世贸路1号", "江西省南昌市 红谷滩区，世贸路１号", "红谷滩世贸路1号"])
def test_the_same_place_written_otherwise_is_the_same_matter(file, address):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", address=address))

    assert second.ticket_number == first.ticket_number


@pytest.mark.parametrize(
    ("known", "same"),
    [({"area": "honggutan"}, True), ({"area": "donghu"}, False), ({}, False)],
)
def test_where_one_has_no_address_the_area_tells_the_place(file, known, same):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", address=None, **known))

    assert (second.ticket_number == first.ticket_number) == same


def test_an_address_that_only_one_has_in_no_known_area_is_another_matter(file):
    first = file(a_report(address="赣州市章贡区红旗大道1号"))

    second = file(a_report(matter_id="another-matter", address=None))

    assert second.ticket_number != first.ticket_number


def test_matters_without_any_place_are_the_same(file):
    first = file(a_report(address=None))

    assert file(a_report(matter_id="another-matter", address=None)).ticket_number == first.ticket_number


def test_the_same_street_in_another_area_is_another_matter(file):
    first = file(a_report(address="世贸路1号", area="honggutan"))

    second = file(a_report(matter_id="another-matter", address="世贸路1号", area="donghu"))

    assert second.ticket_number != first.ticket_number


def test_the_later_wish_of_a_joined_report_stands_on_the_ticket_and_in_the_audit(file, store):
    monday, tuesday = FRIDAY_EVENING + timedelta(days=3), FRIDAY_EVENING + timedelta(days=4)
    first = file(a_report(requested_at=monday, requested_text="周一晚上"))

    file(a_report(matter_id="another-matter", requested_at=tuesday, requested_text="改到周二晚上"))

    filed, history = queries.read(number=TicketNumber.parse(first.ticket_number), store=store)
    assert (filed.ticket.requested_at, filed.ticket.requested_text) == (tuesday, "改到周二晚上")
    urged = history[-1].detail
    assert (urged["requestedText"], urged["requestedAt"]) == ("改到周二晚上", tuesday.isoformat())


@pytest.mark.parametrize(
    "joined",
    [
        {},
        {"accepted_at": FRIDAY_EVENING - timedelta(hours=1), "requested_text": "周日"},  # kept and filed late
    ],
)
def test_without_a_later_wish_the_earlier_stands(file, store, joined):
    first = file(a_report(requested_text="周一晚上"))

    file(a_report(matter_id="another-matter", **joined))

    assert stored(store, first).ticket.requested_text == "周一晚上"


def test_a_ticket_knows_all_matters_that_were_joined_to_it(file, store):
    first = file(a_report())
    for hours, matter_id in ((1, "told-again"), (2, "and-again")):
        file(a_report(matter_id=matter_id), now=FRIDAY_EVENING + timedelta(hours=hours))

    assert stored(store, first).matter_ids == ("matter-of-zhang", "told-again", "and-again")


def test_a_promise_carries_its_limit_as_it_was_told(file, store, terms):
    receipt = file(a_report())
    question = file(a_report(matter_id="asked", ticket_type=TicketType.COMPLAINT, subject="attitude"))

    assert [told.limit for told in receipt.promises] == ["24 小时"]
    assert all((told.limit is None) == (told.due is None) for told in question.promises)


def test_another_question_of_the_same_customer_is_another_matter(file):
    asking = {"ticket_type": TicketType.QUESTION, "subject": "answer", "service": None, "address": None}
    first = file(a_report(**asking, description="集团用户怎么收费？"))
    same = file(a_report(**asking, description="集团用户怎么收费？", matter_id="asked-again"))
    other = file(a_report(**asking, description="酒店能装吗？", matter_id="asked-else"))

    assert same.ticket_number == first.ticket_number
    assert other.ticket_number != first.ticket_number


@pytest.mark.parametrize(
    ("told", "said", "same"),
    [
        ("转人工", "我要找人工", True),
        ("我要撤掉上周报的那个移机的单子", "我要撤掉上周报的那个移机的单子。", True),
        ("转人工", "我要撤掉上周报的那个移机的单子", False),
    ],
)
def test_who_asks_for_a_person_again_waits_for_the_same_call_and_another_matter_is_another_call(file, told, said, same):
    asking = {"ticket_type": TicketType.QUESTION, "subject": "callback", "service": None, "address": None}
    first = file(a_report(**asking, description=told))

    second = file(a_report(**asking, description=said, matter_id="asked-again"))

    assert (second.ticket_number == first.ticket_number) == same


def test_a_customer_with_an_open_matter_of_the_subject_keeps_its_owner(file, store):
    first = file(a_report())
    elsewhere = a_report(matter_id="at-the-other-flat", address="南昌市东湖区八一大道1号")

    second = file(elsewhere, now=FRIDAY_EVENING)

    assert second.owner.job_number == first.owner.job_number
    assert stored(store, second).owner_chosen_by == "owner_of_open_matter"


def test_a_matter_reported_again_after_settling_is_reopened_with_a_new_promise(file, store, terms):
    first = file(a_report())
    number = TicketNumber.parse(first.ticket_number)
    for to, reason in ((TicketStatus.IN_PROGRESS, ""), (TicketStatus.RESOLVED, "换了接头")):
        usecases.change_status(
            number=number, to=to, reason=reason, by="1041", terms=terms, store=store, now=FRIDAY_EVENING
        )
    the_next_day = FRIDAY_EVENING + timedelta(days=1)

    again = file(a_report(matter_id="broken-again", accepted_at=the_next_day))

    assert (again.ticket_number, again.owner) == (first.ticket_number, first.owner)
    assert again.status is TicketStatus.IN_PROGRESS
    assert again.promises[0].due == the_next_day + timedelta(hours=24)
    assert stored(store, again).ticket.times_reopened == 1
    assert (first.reopened, again.reopened, again.already_open) == (False, True, True)
    repeated = file(a_report(matter_id="broken-again", accepted_at=the_next_day))
    assert repeated == replace(again, already_filed=True)
    urging = file(a_report(matter_id="still-broken", accepted_at=the_next_day))
    assert (urging.reopened, file(a_report(matter_id="still-broken", accepted_at=the_next_day)).reopened) == (
        False,
    ) * 2


def test_a_matter_settled_late_and_reported_again_keeps_its_breach_on_record(file, store, terms):
    """R5.6: a new promise, and the old breach stays."""
    first = file(a_report())
    number, two_days_later = TicketNumber.parse(first.ticket_number), FRIDAY_EVENING + timedelta(days=2)
    for to, reason in ((TicketStatus.IN_PROGRESS, ""), (TicketStatus.RESOLVED, "换了接头")):
        usecases.change_status(
            number=number, to=to, reason=reason, by="1041", terms=terms, store=store, now=two_days_later
        )

    again = file(a_report(matter_id="broken-again", accepted_at=two_days_later + timedelta(hours=1)))

    assert again.promises[0].due == two_days_later + timedelta(hours=25)
    assert [told.due for told in stored(store, again).ticket.breached] == [FRIDAY_EVENING + timedelta(hours=24)]


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
