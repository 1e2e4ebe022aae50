"""`python -m engine` from the project's root: serves the newest model until it is told to stop."""

from __future__ import annotations

import fcntl
import os
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Optional

from engine.light import leave_out
from engine.quiet import quieten
from engine.settings import Settings, SettingsInvalid


def newest_model(folder: Path) -> Optional[Path]:
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None


def main() -> int:
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsInvalid as invalid:
        return _refuse(str(invalid))
    model = newest_model(Path("models"))
    if model is None:
        return _refuse("There is no model in models/: run `make train`.")
    if not _port_is_free(settings):
        return _refuse(f"Port {settings.port} is in use: another engine may be running.")
    held = _own(settings.tracker_file)
    if held is None:
        return _refuse(f"{settings.tracker_file} belongs to a running engine.")
    os.environ.update(settings.to_environ())
    # One sentence is too little to share: a second thread would only spin on the core that the actions need.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    quieten()
    leave_out()
    sys.path.insert(0, str(Path.cwd()))
    from engine.server import serve

    serve(settings=settings, model=model)
    return 0


def _port_is_free(settings: Settings) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _own(tracker: Optional[Path]) -> Optional[object]:
    """Holds the SQLite file for this process, in WAL mode; None where another process holds it."""
    if tracker is None:
        return "a server"
    tracker.parent.mkdir(parents=True, exist_ok=True)
    lock = Path(f"{tracker}.lock").open("w")  # noqa: SIM115  held as long as the process lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    with sqlite3.connect(tracker) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return lock


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)  # noqa: T201  there is no log yet
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
