"""How commands open the backend's database: alone to write, beside a running backend to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from backend.commands.common import fail
from backend.store.engine import DatabaseInUse, is_sqlite, open_engine, sole_owner


@contextmanager
def owned_engine(url: str) -> Iterator[Engine]:
    try:
        with sole_owner(url):
            engine = open_engine(url)
            try:
                yield engine
            finally:
                engine.dispose()
    except DatabaseInUse as taken:
        fail(str(taken), code=1)
    except (SQLAlchemyError, OSError) as broken:
        fail(f"can't use the database: {' '.join(str(broken).split())}", code=1)


@contextmanager
def readable_engine(url: str) -> Iterator[Engine]:
    path = make_url(url).database
    if is_sqlite(url) and path and not Path(path).exists():
        fail(f"{path}: there is no such database yet", code=1)
    engine = open_engine(url)
    try:
        yield engine
    except SQLAlchemyError as broken:
        fail(f"can't read the database: {' '.join(str(broken).split())}", code=1)
    finally:
        engine.dispose()
