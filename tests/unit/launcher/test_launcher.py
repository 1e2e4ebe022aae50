"""The launcher with small stand-ins for the four processes: what is started, kept alive and stopped."""

import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest

from scripts.processes import Process
from scripts.services import CannotStart, Service, shared_environment
from scripts.supervisor import Supervisor, bring_down, bring_up
from tests.ports import free_ports

SERVES = """
import http.server, signal, sys
signal.signal(signal.SIGTERM, {on_sigterm})
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
ANSWERS = SERVES.format(on_sigterm="lambda *_: sys.exit(print('asked to stop', flush=True))")
DEAF = SERVES.format(on_sigterm="signal.SIG_IGN")
REFUSES = "import sys; sys.exit('demo: the cable is not plugged in')"


@dataclass(frozen=True, kw_only=True)
class StandIn(Service):
    script: str

    @property
    def command(self) -> tuple[str, ...]:
        return (sys.executable, "-c", self.script, str(self.port))


StartsAs = Callable[..., Process]


@pytest.fixture
def a_process(tmp_path: Path, request: pytest.FixtureRequest) -> StartsAs:
    def make(*, script: str = ANSWERS, name: str = "demo") -> Process:
        (port,) = free_ports(1)
        service = StandIn(
            name=name, python=".venv", ready_path="/", setting="PORT", host="127.0.0.1", port=port, script=script
        )
        process = Process(service=service, environ={}, log=tmp_path / f"{name}.log")
        request.addfinalizer(process.kill)
        return process

    return make


def until(met: Callable[[], bool]) -> None:
    while not met():
        time.sleep(0.02)


def test_each_is_told_when_it_is_ready_and_none_is_left_after_the_stop(a_process: StartsAs) -> None:
    told: list[str] = []
    processes = [a_process(name="first"), a_process(name="second")]
    bring_up(processes, ready=lambda process: told.append(process.name), stopping=Event())
    assert sorted(told) == ["first", "second"]
    assert bring_down(processes) == ()
    assert [process.is_alive() for process in processes] == [False, False]
    assert processes[0].last_lines(1) == ["asked to stop"]


def test_one_that_ends_before_it_is_ready_ends_the_start_with_its_own_words(a_process: StartsAs) -> None:
    with pytest.raises(CannotStart, match=r"demo ended with code 1 before it was ready:\n  demo: the cable is not"):
        bring_up([a_process(script=REFUSES)], ready=lambda _: None, stopping=Event())


def test_one_that_will_not_stop_is_killed_and_named(a_process: StartsAs) -> None:
    deaf = a_process(script=DEAF)
    bring_up([deaf], ready=lambda _: None, stopping=Event())
    assert bring_down([deaf], within=0.2) == (deaf,)
    assert not deaf.is_alive()


def test_one_that_is_suspended_still_stops_when_asked(a_process: StartsAs) -> None:
    suspended = a_process()
    bring_up([suspended], ready=lambda _: None, stopping=Event())
    assert suspended.pid is not None
    os.kill(suspended.pid, signal.SIGSTOP)
    assert bring_down([suspended]) == ()


def test_a_second_death_within_a_minute_waits_longer_than_the_first(a_process: StartsAs) -> None:
    process, stopping = a_process(), Event()
    said: list[str] = []
    bring_up([process], ready=lambda _: None, stopping=stopping)
    watching = Thread(target=Supervisor([process], say=said.append, stopping=stopping).watch)
    watching.start()
    try:
        process.kill()
        until(lambda: len(said) > 0)
        until(process.is_alive)
        process.kill()
        until(lambda: any("in 2 s" in line for line in said))
    finally:
        stopping.set()
        watching.join()
    assert "demo was killed by SIGKILL; it starts again in 1 s" in said[0]


def test_secrets_are_made_once_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    first = shared_environment({"SHOUWEN_VAR": str(tmp_path)})
    again = shared_environment({"SHOUWEN_VAR": str(tmp_path)})
    assert first == again
    names = ("ENGINE_TOKEN", "BACKEND_TOKEN", "PARTNER_TOKEN", "BOT_TOKEN", "VISITOR_KEY", "JAMBONZ_SECRET")
    assert len({first[f"SHOUWEN_{name}"] for name in names}) == len(names)
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_secret_of_the_environment_wins_and_is_not_written_down(tmp_path: Path) -> None:
    told = shared_environment({"SHOUWEN_VAR": str(tmp_path), "SHOUWEN_BOT_TOKEN": "from-outside-of-the-file"})
    assert told["SHOUWEN_BOT_TOKEN"] == "from-outside-of-the-file"
    assert "SHOUWEN_BOT_TOKEN" not in (tmp_path / "secrets.env").read_text()


def test_every_process_hears_where_the_others_listen(tmp_path: Path) -> None:
    told = shared_environment({"SHOUWEN_VAR": str(tmp_path), "PORT": "9000"})
    assert told["SHOUWEN_BOT_URL"] == "http://127.0.0.1:9000"
    assert told["SHOUWEN_BACKEND_URL"] == "http://127.0.0.1:8100"
    assert told["OPERATOR"] == "jiangxi"
