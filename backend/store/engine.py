"""Opening the database. On SQLite: WAL, a busy time-out, BEGIN IMMEDIATE for every write, one process a file.

On PostgreSQL any number of processes: who reads to write locks the row it has read.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url

BUSY_SECONDS: Final = 1.5  # below BACKEND_TIMEOUT: who waits longer gets an answer, not silence
CONNECT_SECONDS: Final = 2  # the least that PostgreSQL's driver takes
READ_ONLY: Final = {"shouwen_read_only": True}


class DatabaseInUse(Exception):
    """Another process owns this SQLite file."""


def open_engine(url: str, *, busy: float = BUSY_SECONDS) -> Engine:
    """`busy`: seconds that are waited for others to write."""
    # hide_parameters: an error of the database would else write phone and address into the log.
    if not is_sqlite(url):
        options = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={int(busy * 1000)}"}
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=busy, connect_args=options)
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, pool_timeout=busy, connect_args={"timeout": busy})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def alone_in(table: Table, connection: Connection) -> None:
    """Whoever else wants to write there waits for the end of this transaction. On SQLite who writes is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(**READ_ONLY) as connection:
        yield connection


@contextmanager
def sole_owner(url: str) -> Iterator[None]:
    """Holds `<file>.lock` as long as it is open; the kernel frees it when the process dies. Raises DatabaseInUse."""
    path = make_url(url).database if is_sqlite(url) else None
    if not path:
        yield
        return
    lock_path = Path(f"{path}.lock")
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    with lock_path.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise DatabaseInUse(f"{path} belongs to another running backend: stop that one first") from taken
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("shouwen_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
