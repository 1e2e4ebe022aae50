"""A store on a real SQLite file, and a backend that runs as a process of its own."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.filing import Terms
from backend.store.engine import open_engine
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from tests.integration.backend.support import ROOT, BackendProcess, free_port


@pytest.fixture(scope="session")
def terms() -> Terms:
    return Terms(charter=load_charter(operator="jiangxi", root=ROOT / "charters"), calendar=state_council_calendar())


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'backend.sqlite'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine)


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
