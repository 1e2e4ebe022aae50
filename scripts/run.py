"""`make run`: looks whether all can start, trains if need be, starts the four processes, keeps them until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from rich.console import Console

from backend.charters import CharterInvalid, load_charter
from scripts import web
from scripts.processes import Process
from scripts.services import ROOT, CannotStart, Service, obstacles, services, shared_environment
from scripts.supervisor import Supervisor, bring_down, bring_up

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(*, console: Console, stopping: Event) -> None:
    """Raises CannotStart, CharterInvalid, web.CannotBuild."""
    began = time.monotonic()
    planned = services(os.environ)
    wrong = tuple(obstacles(planned))
    if wrong:
        raise CannotStart("\n".join(wrong))
    environ = shared_environment(os.environ)
    charter = load_charter(operator=environ["OPERATOR"])
    web.build()
    train(stopping=stopping)
    if stopping.is_set():
        return
    logs = Path(environ["SHOUWEN_VAR"]) / "log"
    processes = [Process(service=service, environ=environ, log=logs / f"{service.name}.log") for service in planned]
    try:
        with progress(console, planned) as ready:
            bring_up(processes, ready=ready, stopping=stopping)
        if not stopping.is_set():
            password = first_password(environ)
            took = time.monotonic() - began
            console.print(f"\nshouwen 首问 is up for {charter.operator.name} ({took:.0f} s).")
            console.print(password, end="")
            console.print(directions(planned, var=Path(environ["SHOUWEN_VAR"])))
        Supervisor(processes, say=console.print, stopping=stopping).watch()
    finally:
        console.print("\nStopping …")
        for process in bring_down(processes):
            console.print(f"{process.name} did not stop by itself and was killed.")
        console.print("Stopped.")


def train(*, stopping: Event) -> None:
    """Only what changed is trained; the trainer says so itself. Raises CannotStart."""
    python = str(ROOT / ".venv-rasa/bin/python")
    training = subprocess.Popen((python, str(ROOT / "scripts/train.py")), cwd=ROOT, start_new_session=True)
    while training.poll() is None:
        if stopping.wait(0.05):
            training.terminate()
            training.wait()
            return
    if training.returncode:
        raise CannotStart("Without a model there is nothing to start.")


@contextmanager
def progress(console: Console, planned: tuple[Service, ...]) -> Iterator[Callable[[Process], None]]:
    """A line for each process that is ready; on a terminal also who is waited for."""
    began = time.monotonic()
    waiting = [service.name for service in planned]
    console.print("Starting:")
    with console.status(f"waiting for {', '.join(waiting)}") as status:

        def ready(process: Process) -> None:
            waiting.remove(process.name)
            console.print(f"  {process.name:8} ready after {time.monotonic() - began:4.1f} s")
            status.update(f"waiting for {', '.join(waiting)}")

        yield ready


def first_password(environ: Mapping[str, str]) -> str:
    """Of the desk, the first time; told here, as the processes' own output goes into their logs."""
    command = (str(ROOT / ".venv/bin/python"), "-m", "bot.desk", "first")
    told = subprocess.run(command, cwd=ROOT, env=dict(environ), capture_output=True, text=True, check=False)
    return told.stdout + told.stderr


def directions(planned: tuple[Service, ...], *, var: Path) -> str:
    url = {service.name: service.url for service in planned}
    port = next(service.port for service in planned if service.name == "bot")
    return "\n".join(
        (
            f"  customers   {url['bot']}/",
            f"  staff       {url['bot']}/desk",
            f"  a terminal  make chat{'' if port == 8000 else f' PORT={port}'}  (or make call: by telephone)",
            f"  tickets     {url['backend']}/tmf-api/troubleTicket/v5/troubleTicket  (bearer token: {var}/secrets.env)",
            f"  logs        {var}/log/",
            "Ctrl-C stops it.",
        )
    )


def main() -> int:
    stopping = Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stopping.set())
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        run(console=console, stopping=stopping)
    except (CannotStart, CharterInvalid, web.CannotBuild) as wrong:
        console.print(str(wrong))
        return 1
    except OSError as wrong:
        console.print(f"{wrong.filename or 'make run'}: {wrong.strerror}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
