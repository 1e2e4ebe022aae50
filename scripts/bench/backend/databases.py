"""The databases that are measured, made for it and gone afterwards: as durable as in use."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from backend.store.engine import open_engine
from backend.store.migrate import migrate
from backend.store.tables import metadata
from scripts.postgresql import server
from scripts.services import ROOT

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str) -> Iterator[Engine]:
    """Migrated and empty. SQLite lies where the backend's own file lies, on the same disk."""
    if kind == "postgresql":
        with server(durable=True) as running, _opened(running.create("measured")) as engine:
            yield engine
        return
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        with _opened(f"sqlite:///{folder / 'backend.sqlite'}") as engine:
            yield engine
    finally:
        shutil.rmtree(folder)


def emptied(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        migrate(engine)
        yield engine
    finally:
        engine.dispose()
