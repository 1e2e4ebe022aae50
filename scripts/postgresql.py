"""A PostgreSQL server of its own for tests and measurements: made in a folder under the system's, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

DEBIANS: Final = Path("/usr/lib/postgresql")
UNPRIVILEGED: Final = ("postgres", "nobody")  # PostgreSQL refuses to run as root
# What a power cut destroys, a test does not miss.
FORGETFUL: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NotInstalled(Exception):
    """PostgreSQL's server is not installed (Debian: apt-get install postgresql)."""


@dataclass(frozen=True, kw_only=True)
class Server:
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://shouwen@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Returns its URL. The template must not be in use."""
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self._run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user="shouwen", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Listens on a socket in its folder only. Raises NotInstalled."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="shouwen-postgresql-"))
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])
    data, log = folder / "data", folder / "log"
    try:
        _call(programs / "initdb", "-D", data, "-U", "shouwen", "-A", "trust", "-E", "UTF8", "--no-sync", **account)
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", *(() if durable else FORGETFUL)]
        options = " ".join(f"-c {setting}" for setting in settings)
        _call(programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", **account)
        try:
            yield Server(folder=folder)
        finally:
            _call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", **account)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """The newest that is installed."""
    found = sorted(DEBIANS.glob("*/bin/initdb"), key=lambda program: float(program.parts[-3]))
    if found:
        return found[-1].parent
    if elsewhere := shutil.which("initdb"):
        return Path(elsewhere).resolve().parent
    raise NotInstalled(NotInstalled.__doc__)


def _account() -> dict[str, Any]:
    """For `subprocess`: who runs the server, where we are root."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _call(*command: object, **how: Any) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}")
