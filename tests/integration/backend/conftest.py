"""A store on a real SQLite file and on a real PostgreSQL, a backend that runs as a process of its own, and a partner
who speaks TMF621 to it."""

import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.charters import load_charter
from backend.client import Receipt, Report
from backend.ports import Accounts
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.work.consequences import Consequences
from scripts.postgresql import NotInstalled, Server, server
from tests.integration.backend.support import (
    ROOT,
    SHARED,
    BackendProcess,
    a_report,
    customers,
    emptied,
    migrated,
)
from tests.integration.backend.tmf621_spec import FILE, Spec
from tests.ports import free_port

PATIENCE = 30.0  # seconds for others to write: only a test that fails waits so long


@pytest.fixture(scope="session")
def terms() -> Terms:
    return Terms(charter=load_charter(operator="jiangxi", root=ROOT / "charters"), calendar=state_council_calendar())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A real PostgreSQL, with a migrated database that the tests use one after the other."""
    try:
        with server() as running:
            migrated(running.create(SHARED))
            yield running
    except NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "backend.sqlite"
    migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database with nothing in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "backend.sqlite")
        return f"sqlite:///{file}"
    url: str = request.getfixturevalue("postgresql").url(SHARED)
    emptied(url)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url, busy=PATIENCE)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    book = CharterBook(operator="jiangxi", root=ROOT / "charters")
    return SqlStore(engine, follow=Consequences(charters=book).follow, busy=PATIENCE)


@pytest.fixture
def accounts(store: SqlStore) -> Accounts:
    return TableAccounts(store)


@pytest.fixture
def file(store: SqlStore, terms: Terms, accounts: Accounts):  # type: ignore[no-untyped-def]
    def file(report: Report, *, now: datetime | None = None) -> Receipt:
        return usecases.accept(
            report=report, terms=terms, store=store, accounts=accounts, now=now or report.accepted_at
        )

    return file


@pytest.fixture
def new_backend(tmp_path: Path) -> Iterator[Callable[[], BackendProcess]]:
    started: list[BackendProcess] = []

    def make() -> BackendProcess:
        var = tmp_path / f"var-{len(started)}"
        var.mkdir()
        started.append(BackendProcess(var=var, port=free_port()))
        return started[-1]

    yield make
    for backend in started:
        if backend.process is not None and backend.process.poll() is None:
            backend.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """One running backend for the tests of a module."""
    running = BackendProcess(var=tmp_path_factory.mktemp("var"), port=free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def spec() -> Spec:
    if not FILE.exists():
        pytest.skip(f"the interface file is not here: {FILE}")
    return Spec(FILE)


@pytest.fixture(scope="module")
def api(backend: BackendProcess) -> Iterator[httpx.Client]:
    with backend.partner() as client:
        yield client


@pytest.fixture
def filed(backend: BackendProcess):  # type: ignore[no-untyped-def]
    async def filed(**said: object) -> str:
        """The number of a new ticket of a customer of its own."""
        customer = next(customers)
        unique = {"matter_id": f"matter-{customer}", "contact_phone": f"+86138{customer}"}
        client = backend.client()
        receipt = await client.file(a_report(**(unique | said)), correlation_id="turn-1")
        await client.aclose()
        return receipt.ticket_number

    return filed
