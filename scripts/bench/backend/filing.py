"""Filings beside bare inserts: what the rules, the owner, the checks for the same matter and the audit cost."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, Table, insert, select

from backend import usecases
from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.consequences import Consequences
from backend.domain.vocabulary import Channel, Service, TicketType
from backend.filing import Terms
from backend.messages import Report
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.store.tables import metadata
from scripts.bench.backend.databases import emptied
from scripts.bench.measures import Load, best

MORNING = datetime(2026, 11, 20, 1, tzinfo=UTC)
WARM_UP = 50
Rows = Sequence[tuple[Table, dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Measured:
    filing: Load
    bare: Load
    rows: float  # of a filing

    @property
    def ratio(self) -> float:
        """What filing reaches of the rate of bare inserts."""
        return self.filing.rate / self.bare.rate


def measure(engine: Engine, *, filings: int, repeat: int) -> Measured:
    """Each round files, reads what was written, empties the tables and writes the same rows again, bare: a transaction
    a ticket, as a filing is one. The round that was disturbed least counts, of each."""
    charters = CharterBook(operator="jiangxi")
    terms = Terms(charter=charters.newest, calendar=state_council_calendar())
    store = SqlStore(engine, follow=Consequences(charters=charters).follow)
    accounts = TableAccounts(store)
    reports = [_report(which) for which in range(WARM_UP + filings)]

    def file(report: Report) -> None:
        usecases.accept(report=report, terms=terms, store=store, accounts=accounts, now=report.accepted_at)

    def write(rows: Rows) -> None:
        with engine.begin() as connection:
            for table, row in rows:
                connection.execute(insert(table), row)

    rounds = []
    for _ in range(repeat):
        emptied(engine)
        filed = _load(file, reports)
        written = _of_each_ticket(engine)
        emptied(engine)
        rounds.append((filed, _load(write, written), sum(map(len, written)) / len(written)))
    emptied(engine)
    filing, bare, rows = zip(*rounds, strict=True)
    return Measured(filing=best(filing), bare=best(bare), rows=rows[0])


def _load(do: Callable[[Any], None], things: Sequence[Any]) -> Load:
    for thing in things[:WARM_UP]:
        do(thing)
    seconds, began = [], perf_counter()
    for thing in things[WARM_UP:]:
        start = perf_counter()
        do(thing)
        seconds.append(perf_counter() - start)
    return Load(conversations=1, seconds=tuple(seconds), whole=perf_counter() - began)


def _of_each_ticket(engine: Engine) -> Sequence[Rows]:
    """Every row that names the ticket, in the order in which the tables depend on each other."""
    rows: dict[str, list[tuple[Table, dict[str, Any]]]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            naming = next((name for name in ("ticket_number", "number", "subject") if name in table.c), None)
            found: Iterable[Any] = connection.execute(select(table)).mappings() if naming else ()
            for row in found:
                rows.setdefault(row[naming], []).append((table, dict(row)))
    return [rows[number] for number in sorted(rows)]


def _report(which: int) -> Report:
    return Report(
        matter_id=f"matter-{which}",
        ticket_type=TicketType.FAULT,
        subject="no_signal",
        service=Service.TV,
        description="电视没信号",
        address=f"南昌市红谷滩区世贸路{which}号",
        contact_phone=f"+86138{which:08}",
        accepted_at=MORNING + timedelta(seconds=which),
        channel=Channel.WEBCHAT,
        conversation=f"conversation-{which}",
    )
