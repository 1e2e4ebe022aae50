"""Bringing a database to the newest tables, at the start of the backend and by `python -m backend.cli db migrate`."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from backend.store.engine import reading

MIGRATING: Final = 621  # the number of PostgreSQL's lock: any that nobody else takes


def migrate(engine: Engine) -> str:
    """Returns the revision the database is at now. One transaction: a migration that fails leaves nothing half done."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # one of several processes that start at once; the others wait for it
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return _revision(connection) or "base"


def is_current(engine: Engine) -> bool:
    with reading(engine) as connection:  # no write lock for a look
        have = _revision(connection)
    return have == ScriptDirectory.from_config(_config()).get_current_head()


def version_table(dialect: str) -> str:
    """On PostgreSQL the bot's tables, which have a version of their own, may stand in the same database."""
    return "backend_version" if dialect == "postgresql" else "alembic_version"


def _revision(connection: Connection) -> str | None:
    named = {"version_table": version_table(connection.dialect.name)}
    return MigrationContext.configure(connection, opts=named).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
