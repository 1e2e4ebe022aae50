"""Bringing a database to the newest tables, at the start of the backend and by `python -m backend.cli db migrate`."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

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
        return MigrationContext.configure(connection).get_current_revision() or "base"


def is_current(engine: Engine) -> bool:
    with reading(engine) as connection:  # no write lock for a look
        have = MigrationContext.configure(connection).get_current_revision()
    return have == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
