"""`python -m backend`: migrates the database, then serves on the port of SHOUWEN_BACKEND_URL. One process."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import ExitStack

from dbos import error as dbos
from sqlalchemy.exc import SQLAlchemyError

from backend import telemetry
from backend.accounts import accounts_of, load_samples
from backend.app import create_app
from backend.capacity_source import capacity_of
from backend.charter_book import CharterBook
from backend.charters import CharterInvalid
from backend.customer_files import CustomersInvalid
from backend.settings import Settings, SettingsInvalid
from backend.store.engine import DatabaseInUse, open_engine, sole_owner
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.work import jobs
from backend.work.delivery import deliverers


def main() -> int:
    telemetry.configure(process="backend")
    return serve(os.environ)


def serve(environ: Mapping[str, str]) -> int:
    """Until it is told to stop: 0. Where it can't start: one line on stderr, and 2."""
    with ExitStack() as held:
        try:
            settings = Settings.from_environ(environ)
            charters = CharterBook(operator=settings.operator)
            held.enter_context(sole_owner(settings.database_url))
            engine = open_engine(settings.database_url)
            held.callback(engine.dispose)
            migrate(engine)
            store = SqlStore(engine)
            accounts = accounts_of(adapter=settings.accounts, store=store)
            capacity = capacity_of(adapter=settings.capacity, store=store)
            if settings.accounts is None:
                load_samples(operator=settings.operator, store=store)
            listener = held.enter_context(_listen(settings))
            app = create_app(settings=settings, engine=engine, charters=charters, accounts=accounts, capacity=capacity)
            stopping = held.enter_context(
                jobs.running(
                    app.ctx.backend,
                    deliverers=deliverers(settings=settings, store=app.ctx.backend.store),
                    system_database_url=settings.system_database_url,
                    executor_id=settings.executor_id,
                )
            )
        except (SettingsInvalid, CharterInvalid, CustomersInvalid, DatabaseInUse) as wrong:
            return _refuse(str(wrong))
        except OSError as wrong:
            return _refuse(f"can't listen or open its files: {wrong.strerror or wrong}")
        except ImportError as missing:
            return _refuse(f"the database's driver is not installed: {missing}")
        except (SQLAlchemyError, dbos.DBOSException) as wrong:
            return _refuse(f"can't open the database: {' '.join(str(wrong).split())}")
        app.register_listener(lambda _app: stopping.set(), "before_server_stop")  # so that both end together
        app.run(sock=listener, single_process=True, access_log=False, motd=False)
    return 0


def _listen(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), reuse_port=False)
    except OSError as taken:
        raise SettingsInvalid(f"{settings.host}:{settings.port} can't be used: {taken.strerror}") from taken


def _refuse(reason: str) -> int:
    sys.stderr.write(f"backend: {reason}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
