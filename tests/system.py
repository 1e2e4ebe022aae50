"""The whole system as `make run` starts it, on free ports, with its data in a folder of its own."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from scripts.processes import Process
from scripts.services import services, shared_environment
from scripts.supervisor import bring_down, bring_up
from tests.ports import free_ports

OURS = ("SHOUWEN_", "PORT", "HOST", "OPERATOR", "DATABASE_URL")


def own_environment(*, var: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """What `make run` needs to come up beside anything else that runs here."""
    bot, backend, actions, engine = free_ports(4)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(OURS)},
        "HOST": "127.0.0.1",
        "PORT": str(bot),
        "SHOUWEN_BACKEND_URL": f"http://127.0.0.1:{backend}",
        "SHOUWEN_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        "SHOUWEN_ENGINE_URL": f"http://127.0.0.1:{engine}",
        "SHOUWEN_VAR": str(var),
        **(changes or {}),
    }


class System:
    """`with System(var=tmp_path) as system:` – all four are ready. One that is killed stays down until `start`."""

    def __init__(self, *, var: Path, changes: Mapping[str, str] | None = None) -> None:
        self.var = var
        self.environ = shared_environment(own_environment(var=var, changes=changes))
        self._processes = {
            service.name: Process(service=service, environ=self.environ, log=var / "log" / f"{service.name}.log")
            for service in services(self.environ)
        }

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self, *names: str) -> None:
        """These, or all; returns when they are ready. Raises CannotStart with the last lines of who did not."""
        bring_up(self._named(names), ready=lambda _: None, stopping=Event())

    def stop(self, *names: str) -> None:
        """As Ctrl-C does: SIGTERM, in order."""
        bring_down(self._named(names))

    def kill(self, name: str) -> None:
        """kill -9."""
        self._processes[name].kill()

    def freeze(self, name: str) -> None:
        """It answers no more, but is there."""
        os.kill(self._pid(name), signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.kill(self._pid(name), signal.SIGCONT)

    def is_running(self, name: str) -> bool:
        return self._processes[name].is_alive()

    def url(self, name: str = "bot") -> str:
        return self._processes[name].service.url

    def log(self, name: str) -> str:
        """All that it said, across its restarts."""
        return self._processes[name].log.read_text(encoding="utf-8")

    def bearer(self, name: str) -> dict[str, str]:
        """The header that backend, engine or bot (its internal part) asks for."""
        return {"Authorization": f"Bearer {self.environ[f'SHOUWEN_{name.upper()}_TOKEN']}"}

    def _named(self, names: tuple[str, ...]) -> list[Process]:
        return [process for name, process in self._processes.items() if not names or name in names]

    def _pid(self, name: str) -> int:
        pid = self._processes[name].pid
        if pid is None:
            raise LookupError(f"{name} was never started")
        return pid
