"""Starts the actions: `python -m actions`."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
from pathlib import Path

import structlog

from actions.server import create
from actions.settings import SettingMissing, Settings
from backend import telemetry
from backend.charters import CharterInvalid

log = structlog.get_logger()


def _owned(path: Path) -> object:
    """One process owns the SQLite file; the lock goes with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(path.name + ".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def main() -> None:
    telemetry.configure(process="actions")
    logging.captureWarnings(True)  # rasa_sdk would write past the log
    try:
        settings = Settings.from_environ(os.environ)
        lock = _owned(settings.var / "unfiled.sqlite")
        app = create(settings)
    except (SettingMissing, CharterInvalid) as wrong:
        sys.exit(f"actions: {wrong}")
    except BlockingIOError:
        sys.exit(f"actions: {settings.var}/unfiled.sqlite belongs to another running process")
    log.info("actions_starting", port=settings.port)
    app.run(host="127.0.0.1", port=settings.port, single_process=True, motd=False, access_log=False)
    del lock


if __name__ == "__main__":
    main()
