"""Opening the bot's database: one owner per SQLite file, every write BEGIN IMMEDIATE, migrations at the start."""

import fcntl
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import IO, Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url

_BUSY_MILLISECONDS: Final = 5000


class DatabaseTaken(Exception):
    """Another process owns the SQLite file; the message is one line for who starts the process."""


def own(url: str) -> IO[str] | None:
    """The lock on a SQLite file, held as long as the returned file is open. Raises DatabaseTaken."""
    name = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    path = Path(f"{name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        raise DatabaseTaken(f"{name} is in use by another process; stop that one first") from taken
    return lock


def open_database(url: str) -> Engine:
    """The engine, migrated to the newest schema."""
    database = create_engine(url, hide_parameters=True)  # an error would quote what a customer said
    if database.dialect.name == "sqlite":
        event.listen(database, "connect", _prepare_sqlite)
        event.listen(database, "begin", _begin)
    migrate(database)
    return database


def writing(database: Engine) -> Engine:
    """The same engine, for transactions that write."""
    return database.execution_options(writes=True)


def migrate(database: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    with writing(database).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin by itself, and never IMMEDIATE
    # FULL: a 202 means that the message is kept, also when the machine loses its power.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
