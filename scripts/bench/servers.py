"""The processes that are compared: each started as its users start it, with a tracker file of its own."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.projects import PYTHON, QUIET
from scripts.processes import Process
from scripts.services import ROOT, CannotStart, Service, services, shared_environment

START_WITHIN = 180.0  # seconds
LOOK_EVERY = 0.2


@dataclass(frozen=True, kw_only=True)
class Rival(Service):
    argv: tuple[str, ...]

    @property
    def command(self) -> tuple[str, ...]:
        return self.argv


class Servers:
    """`with Servers(folder) as servers:` – what was started is stopped, in the opposite order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[Process] = []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._started):
            process.stop(within=10.0)

    def environment_of_ours(self) -> dict[str, str]:
        """As `make run` makes it, on free ports."""
        bot, backend, actions, engine = free_ports(4)
        ours = ("SHOUWEN_", "PORT", "HOST", "OPERATOR", "DATABASE_URL")
        return shared_environment(
            {name: value for name, value in os.environ.items() if not name.startswith(ours)}
            | {
                "HOST": "127.0.0.1",
                "PORT": str(bot),
                "SHOUWEN_BACKEND_URL": f"http://127.0.0.1:{backend}",
                "SHOUWEN_ACTIONS_URL": f"http://127.0.0.1:{actions}",
                "SHOUWEN_ENGINE_URL": f"http://127.0.0.1:{engine}",
                "SHOUWEN_VAR": str(self._folder / "ours"),
            }
        )

    def start_ours(self, project: Path, environ: Mapping[str, str]) -> dict[str, "Started"]:
        """backend, actions, engine, bot; the engine in the benchmark's project."""
        return {
            service.name: self._start(service, environ, cwd=project if service.name == "engine" else ROOT)
            for service in services(environ)
        }

    def start_no_operation(self) -> "Started":
        (port,) = free_ports(1)
        argv = (str(ROOT / ".venv/bin/python"), "-m", "scripts.bench.noop", str(port))
        return self._start(_rival("no-op actions", port, "/calls", argv), os.environ, cwd=ROOT)

    def start_rasa(self, name: str, project: Path, *, actions: "Started") -> "Started":
        """`rasa run`, with REST channel and SQLite."""
        (port,) = free_ports(1)
        environ = os.environ | QUIET
        environ["BENCH_ACTIONS_URL"] = f"{actions.url}/webhook"
        environ["BENCH_TRACKER_URL"] = f"sqlite:///{self._folder / name}.sqlite"
        argv = (str(PYTHON), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port))
        return self._start(_rival(name, port, "/webhooks/rest/", argv), environ, cwd=project)

    def _start(self, service: Service, environ: Mapping[str, str], *, cwd: Path) -> "Started":
        """Raises CannotStart."""
        process = Process(service=service, environ=environ, log=self._folder / f"{service.name}.log", cwd=cwd)
        began = time.monotonic()
        process.start()
        self._started.append(process)
        while not process.is_ready():
            if not process.is_alive() or time.monotonic() - began > START_WITHIN:
                raise CannotStart("\n".join((f"{service.name} {process.death}", *process.last_lines(8))))
            time.sleep(LOOK_EVERY)
        return Started(url=service.url, seconds=time.monotonic() - began, process=process)


@dataclass(frozen=True, kw_only=True)
class Started:
    url: str
    seconds: float  # until it was ready
    process: Process

    @property
    def megabytes(self) -> float:
        """Resident, of it and all that it started."""
        return sum(_resident(pid) for pid in _family(self.process.pid)) / 1024


def encoder_seconds(texts: Sequence[str]) -> list[float]:
    """What the encoder takes for each, alone in a process like the engine's."""
    command = (PYTHON, ROOT / "scripts/bench/encoder.py")
    alike = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    said = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT, env=alike
    )
    seconds: list[float] = json.loads(said.stdout)
    return seconds


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


def _rival(name: str, port: int, ready_path: str, argv: tuple[str, ...]) -> Rival:
    return Rival(name=name, python="", ready_path=ready_path, setting="", host="127.0.0.1", port=port, argv=argv)


def _resident(pid: int) -> int:
    """Kilobytes; 0 for one that has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _family(pid: int | None) -> set[int]:
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
        except FileNotFoundError:
            continue
    found = {pid} if pid else set()
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found
