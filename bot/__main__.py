"""python -m bot: the public process."""

import os
import socket
import sys

from backend import telemetry
from backend.charters import CharterInvalid, load_charter
from backend.domain.charter import Charter
from bot.app import build_app
from bot.conversations.database import DatabaseTaken, open_database, own
from bot.settings import Settings, SettingsInvalid
from bot.wording import Wording


class PortTaken(Exception):
    """Another program listens there; the message is one line for who starts the process."""


def listening(*, host: str, port: int) -> socket.socket:
    """Raises PortTaken."""
    public = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    public.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        public.bind((host, port))
        # Listen now: with SO_REUSEADDR two sockets may bind, only one may listen.
        public.listen(100)
    except OSError as taken:
        public.close()
        raise PortTaken(f"can't listen on {host}:{port}: {taken.strerror}; choose another with PORT=") from taken
    return public


def wording_of(charter: Charter) -> Wording:
    operator = charter.operator
    sample = "（示例）" if operator.hotline and "hotline" in operator.samples else ""
    return Wording(operator=operator.name, hotline=f"{operator.hotline}{sample}", danger=charter.wording.danger)


def main() -> None:
    try:
        settings = Settings.from_environ(os.environ)
        charter = load_charter(operator=settings.operator)
        public = listening(host=settings.host, port=settings.port)
        lock = own(settings.database_url)
    except (SettingsInvalid, CharterInvalid, PortTaken, DatabaseTaken) as refused:
        sys.exit(f"bot: {refused}")
    telemetry.configure(process="bot")
    database = open_database(settings.database_url)
    try:
        app = build_app(settings=settings, wording=wording_of(charter), charter=charter, database=database)
        app.run(sock=public, single_process=True, motd=False, access_log=False)
    finally:
        database.dispose()
        if lock is not None:
            lock.close()


if __name__ == "__main__":
    main()
