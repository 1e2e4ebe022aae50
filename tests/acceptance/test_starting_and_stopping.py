"""What a newcomer meets at `make run`: what is wrong is said in plain lines, and Ctrl-C leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.services import ROOT
from tests.system import own_environment

RUN = (sys.executable, "-m", "scripts.run")


def run(environ: Mapping[str, str], *, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environ = {**environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(RUN, cwd=cwd, env=environ, capture_output=True, text=True, timeout=60, check=False)


def refused(answer: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines it said; it must have ended as refused, without a traceback."""
    assert answer.returncode == 1, answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr
    return answer.stderr.splitlines()


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return own_environment(var=tmp_path / "var")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_public_port_in_use_is_named_with_what_to_set(environ: dict[str, str], taken: int) -> None:
    (line,) = refused(run({**environ, "PORT": str(taken)}))
    assert f"Port {taken} (bot) is in use" in line
    assert "make run PORT=" in line


def test_a_private_port_in_use_is_named_with_what_to_set(environ: dict[str, str], taken: int) -> None:
    (line,) = refused(run({**environ, "SHOUWEN_ENGINE_URL": f"http://127.0.0.1:{taken}"}))
    assert f"Port {taken} (engine) is in use" in line
    assert "SHOUWEN_ENGINE_URL=http://127.0.0.1:" in line


def test_one_port_for_two_processes_is_refused(environ: dict[str, str]) -> None:
    (line,) = refused(run({**environ, "SHOUWEN_ACTIONS_URL": environ["SHOUWEN_BACKEND_URL"]}))
    assert "backend and actions" in line


@pytest.mark.parametrize("port", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(environ: dict[str, str], port: str) -> None:
    (line,) = refused(run({**environ, "PORT": port}))
    assert "PORT must be a number" in line


def test_an_unknown_operator_is_told_which_there_are(environ: dict[str, str]) -> None:
    (line,) = refused(run({**environ, "OPERATOR": "nowhere"}))
    assert "nowhere" in line
    assert "jiangxi" in line


def test_a_broken_charter_is_refused_with_file_and_field(environ: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "charters", tmp_path / "charters")
    staff = tmp_path / "charters/jiangxi/staff.yml"
    staff.write_text(staff.read_text(encoding="utf-8") + "\nnickname: 小广\n", encoding="utf-8")
    (line,) = refused(run(environ, cwd=tmp_path))
    assert "staff.yml: nickname: is not a field here" in line


def test_a_charter_that_is_no_yaml_is_refused_with_file_and_line(environ: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "charters", tmp_path / "charters")
    (tmp_path / "charters/jiangxi/fees.yml").write_text("fees:\n  - [", encoding="utf-8")
    (line,) = refused(run(environ, cwd=tmp_path))
    assert "fees.yml: line " in line


def test_a_missing_interpreter_is_named_with_what_to_do(tmp_path: Path) -> None:
    """Neither pyenv nor the PATH has one, and uv may not fetch one."""
    for name in ("scripts/environments.py", "requirements/uv.txt", "requirements/main.txt", "requirements/engine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".uv").symlink_to(ROOT / ".uv")
    empty = {name: str(tmp_path / "nothing") for name in ("HOME", "PATH", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR")}
    answer = subprocess.run(
        (sys.executable, tmp_path / "scripts/environments.py"),
        env={**empty, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    *_, line = refused(answer)
    assert line.startswith("Python 3.11 is neither on this machine nor could uv fetch it: install it")


@pytest.mark.timeout(300)
def test_a_process_that_is_killed_starts_again_and_ctrl_c_stops_all(environ: dict[str, str], tmp_path: Path) -> None:
    said = tmp_path / "said"
    with said.open("w") as output:
        launcher = subprocess.Popen(RUN, cwd=ROOT, env=environ, stderr=output, start_new_session=True)
    try:
        wait_for(said, "Ctrl-C stops it.", launcher)
        assert {name for name, _ in ours(environ)} == {"backend", "actions", "engine", "bot"}
        os.kill(dict(ours(environ))["backend"], signal.SIGKILL)
        wait_for(said, "backend was killed by SIGKILL; it starts again in 1 s", launcher)
        wait_until_running("backend", environ)
    finally:
        launcher.send_signal(signal.SIGINT)
        code = launcher.wait(60)
    assert code == 0
    assert said.read_text().splitlines()[-1] == "Stopped."
    assert ours(environ) == []


def wait_for(said: Path, words: str, launcher: subprocess.Popen[bytes]) -> None:
    while words not in said.read_text():
        assert launcher.poll() is None, said.read_text()
        time.sleep(0.1)


def wait_until_running(name: str, environ: Mapping[str, str]) -> None:
    while name not in dict(ours(environ)):
        time.sleep(0.1)


def ours(environ: Mapping[str, str]) -> list[tuple[str, int]]:
    """Name and id of every process with this data folder in its environment, whoever started it."""
    mark, found = "SHOUWEN_BOT_TOKEN=", []
    mine = f"SHOUWEN_VAR={environ['SHOUWEN_VAR']}\0"
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes().decode(errors="replace")
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # ended meanwhile, or not ours to read
        if mine in told and mark in told:
            found.append((words[2] if len(words) > 2 else words[0], int(folder.name)))
    return found
