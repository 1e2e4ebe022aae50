"""How commands open the backend's database: alone to write, beside a running backend to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from backend.commands.common import fail
from backend.ports import StoreUnavailable
from backend.store.engine import DatabaseInUse, is_sqlite, open_engine, sole_owner


@contextmanager
def owned_engine(url: str) -> Iterator[Engine]:
    with _told_in_one_line(), sole_owner(url), _opened(url) as engine:
        yield engine


@contextmanager
def readable_engine(url: str) -> Iterator[Engine]:
    with _told_in_one_line():
        path = make_url(url).database
        if is_sqlite(url) and path and not Path(path).exists():
            fail(f"{path}: there is no such database yet", code=1)
        with _opened(url) as engine:
            yield engine


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    try:
        yield
    except DatabaseInUse as taken:
        fail(str(taken), code=1)
    except ImportError as missing:
        fail(f"the database's driver is not installed: {missing}", code=1)
    except (SQLAlchemyError, StoreUnavailable, OSError) as broken:
        fail(f"can't use the database: {' '.join(str(broken).split())}", code=1)
