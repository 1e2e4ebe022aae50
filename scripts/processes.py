"""One of our processes on this machine: start, ready, stop, kill, and what it said last."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from scripts.services import ROOT, Service

STOP_WITHIN: Final = 10.0  # seconds from the asking to the killing
READY_TIMEOUT: Final = 2.0
LARGEST_LOG: Final = 20_000_000  # bytes; the one before is kept as well


class Process:
    """Its output goes straight into its log, so that it lives on whatever happens to who started it."""

    def __init__(self, *, service: Service, environ: Mapping[str, str], log: Path, cwd: Path = ROOT) -> None:
        self.service = service
        self.log = log
        self._cwd = cwd
        self._environ = dict(environ)
        self._running: subprocess.Popen[bytes] | None = None
        self._log_begins = 0

    @property
    def name(self) -> str:
        return self.service.name

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    def start(self) -> None:
        """A session of its own: Ctrl-C on the terminal reaches the launcher only, which stops all in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1.log"))
        # Killed with -9, a launcher can stop nothing: the kernel tells the processes then.
        setpriv = shutil.which("setpriv")
        dies_with_us = (setpriv, "--pdeathsig", "TERM") if setpriv else ()
        with self.log.open("ab") as log:
            self._log_begins = log.tell()
            self._running = subprocess.Popen(
                (*dies_with_us, *self.service.command),
                cwd=self._cwd,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        try:
            return httpx.get(self.service.ready_url, timeout=READY_TIMEOUT, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def death(self) -> str:
        """How it ended, for people: "ended with code 1", "was killed by SIGKILL"."""
        code = self._running.poll() if self._running else None
        if code is None:
            return "is not running"
        return f"ended with code {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"

    def last_lines(self, count: int) -> list[str]:
        """What it said last, since its start."""
        with self.log.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(self._log_begins, size - 50_000))
            lines = log.read().decode(errors="replace").splitlines()
        return [line for line in lines if line.strip()][-count:]

    def ask_to_stop(self) -> None:
        if self._running and self.is_alive():
            self._running.terminate()
            self._running.send_signal(signal.SIGCONT)  # a suspended process hears nothing else

    def stop(self, *, within: float) -> bool:
        """SIGTERM, then SIGKILL for it and whatever it started; False where it had to be killed."""
        if self._running is None:
            return True
        self.ask_to_stop()
        try:
            self._running.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._end_group()
        return True

    def kill(self) -> None:
        """kill -9: nothing is put in order."""
        if self._running:
            self._end_group()
            self._running.wait()

    def _end_group(self) -> None:
        if self._running:
            try:
                os.killpg(self._running.pid, signal.SIGKILL)
            except ProcessLookupError:
                return  # none of it is left
