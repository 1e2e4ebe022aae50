"""Several at once 并发: nothing is lost, nothing done twice, and who waits too long is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DataError

from backend import queries
from backend.accounts import load_samples
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.messages.acts import StaffAct, Transfer
from backend.ports import Event as Happened
from backend.ports import StoreUnavailable
from backend.store.engine import BUSY_SECONDS, open_engine
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.store.tables import ticket
from backend.usecases import acts
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report, stored


def at_once(*doings):
    """What each gave, all begun at the same moment. Raises what one of them raised."""
    ready = Barrier(len(doings))

    def begin(doing):
        ready.wait()
        return doing()

    with ThreadPoolExecutor(len(doings)) as people:
        return list(people.map(begin, doings))


def test_matters_filed_at_once_have_each_a_number_of_its_own(file):
    reports = [a_report(matter_id=f"m{which}", contact_phone=f"+86138079{which:05}") for which in range(24)]

    receipts = at_once(*[lambda mine=reports[start::8]: [file(report) for report in mine] for start in range(8)])

    numbers = sorted(receipt.ticket_number for some in receipts for receipt in some)
    assert numbers == [str(TicketNumber.make(day=FRIDAY_EVENING.date(), running=which)) for which in range(1, 25)]


def test_a_matter_filed_by_several_at_once_is_one_ticket(file):
    receipts = at_once(*[lambda: file(a_report())] * 8)

    assert len({receipt.ticket_number for receipt in receipts}) == 1
    assert sorted(receipt.already_filed for receipt in receipts) == [False] + [True] * 7


def test_two_who_change_one_ticket_at_once_both_change_it(file, store, terms):
    receipt = file(a_report())
    acting = {"terms": terms, "store": store, "now": FRIDAY_EVENING}

    def both(*, request_id, handler, status):
        transfer = Transfer(
            request_id=request_id, ticket_number=receipt.ticket_number, by="1041", reason="分工", to=handler
        )
        number = TicketNumber(receipt.ticket_number)
        at_once(
            lambda: acts.transfer(act=transfer, **acting),
            lambda: usecases.change_status(number=number, to=status, reason="等料", by="1041", **acting),
        )
        after = stored(store, receipt).ticket
        return after.handler, after.status

    for round_ in range(5):
        for handler, status in (("1001", TicketStatus.IN_PROGRESS), ("1002", TicketStatus.HELD)):
            changed = both(request_id=f"{round_}-{handler}", handler=handler, status=status)
            assert changed == (handler, status)


def test_the_same_request_by_two_at_once_is_carried_out_once(file, store, terms):
    receipt = file(a_report())
    act = StaffAct(request_id="r1", ticket_number=receipt.ticket_number, by="1001")

    at_once(*[lambda: acts.respond(act=act, terms=terms, store=store, now=FRIDAY_EVENING)] * 4)

    history = queries.read(number=stored(store, receipt).ticket.number, store=store)[1]
    assert [entry.event for entry in history].count(Happened.RESPONDED) == 1


def test_who_waits_for_another_longer_than_its_caller_would_is_told_so(file, database_url):
    number, held, done = TicketNumber(file(a_report()).ticket_number), Event(), Event()
    engine = open_engine(database_url)
    store = SqlStore(engine)

    def hold():
        with store.writing() as tickets:
            tickets.get(number=number)
            held.set()
            done.wait(BUSY_SECONDS + 5)

    def wait():
        held.wait()
        try:
            with store.writing() as tickets:
                tickets.get(number=number)
        finally:
            done.set()

    with pytest.raises(StoreUnavailable):
        at_once(hold, wait)
    engine.dispose()


def test_two_who_wait_for_each_other_do_not_wait_for_ever(file, store):
    first = file(a_report())
    second = file(a_report(matter_id="another", contact_phone="+8613807911235"))
    one, other = TicketNumber(first.ticket_number), TicketNumber(second.ticket_number)
    each_holds_its_own = Barrier(2)

    def read_both(mine, theirs):
        with store.writing() as tickets:
            tickets.get(number=mine)
            if store._one_writer is None:  # on SQLite the second waits for the first anyway
                each_holds_its_own.wait()
            tickets.get(number=theirs)
            return True

    def outcome(mine, theirs):
        try:
            return read_both(mine, theirs)
        except StoreUnavailable:
            return False

    assert any(at_once(lambda: outcome(one, other), lambda: outcome(other, one)))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite takes anything
def test_what_the_database_will_never_take_is_no_passing_trouble(file, store):
    file(a_report())

    with pytest.raises(DataError), store.writing() as tickets:
        tickets._sql.execute(update(ticket).values(owner="x" * 200))


def test_processes_that_start_at_once_migrate_once_and_load_the_samples_once(postgresql):
    url = postgresql.create("fresh")
    engines = [open_engine(url) for _ in range(3)]

    revisions = at_once(*[lambda engine=engine: migrate(engine) for engine in engines])
    loaded = at_once(
        *[
            lambda engine=engine: load_samples(operator="jiangxi", store=SqlStore(engine), root=ROOT / "samples")
            for engine in engines
        ]
    )

    assert len(set(revisions)) == 1
    assert sorted(loaded) == [0, 0, 5]
    for engine in engines:
        engine.dispose()
    postgresql.drop("fresh")
