"""Makes uv and the two environments from their locked requirements, where a lock changed.

Runs on the system's own Python, before anything is installed: standard library only, nothing newer than Python 3.9.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
STAMP = ".made-from"
LINES_OF_AN_ERROR = 8


class Environment(NamedTuple):
    folder: str
    python: str
    lock: str
    size: str


ENVIRONMENTS = (
    Environment(folder=".venv", python="3.11", lock="requirements/main.txt", size="small"),
    Environment(folder=".venv-rasa", python="3.10", lock="requirements/engine.txt", size="2 GB, takes its time"),
)


class CannotMake(Exception):
    """What is missing and what to do about it; no traceback is shown."""


def make_environments(root: Path) -> None:
    """Raises CannotMake."""
    uv = root / ".uv/bin/uv"
    if not (is_current(root / ".uv", lock=root / "requirements/uv.txt") and uv.exists()):
        _make_uv(root)
    for environment in ENVIRONMENTS:
        folder, lock = root / environment.folder, root / environment.lock
        if is_current(folder, lock=lock) and (folder / "bin/python").exists():
            continue
        (folder / STAMP).unlink(missing_ok=True)  # interrupted: begun again next time
        if not (folder / "bin/python").exists():
            _make_venv(uv, folder=folder, version=environment.python)
        # --compile-bytecode: else the first start is slow, and every start where Python may not write.
        command = (uv, "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", folder / "bin/python", lock)
        wrong = _run(f"Installing into {environment.folder} ({environment.size})", *command)
        if wrong:
            raise CannotMake(f"The packages of {environment.lock} could not be installed:\n{wrong}")
        _stamp(folder, lock=lock)


def is_current(folder: Path, *, lock: Path) -> bool:
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text() == _digest(lock)


def interpreter(version: str) -> Path | None:
    """A Python of this version that works: pyenv's newest, else the one on the PATH. uv does not look into pyenv."""
    on_path = shutil.which(f"python{version}")
    roots = [Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")]
    if on_path and Path(on_path).parent.name == "shims":
        roots.append(Path(on_path).parent.parent)
    built = [
        folder / "bin" / f"python{version}"
        for root in roots
        for folder in sorted((root / "versions").glob(f"{version}.*"), key=_patch, reverse=True)
    ]
    return next((path for path in [*built, *([Path(on_path)] if on_path else [])] if _works(path, version)), None)


def _patch(folder: Path) -> int:
    number = folder.name.rpartition(".")[2]
    return int(number) if number.isdigit() else -1  # 3.11.0rc1, 3.11-dev


def _works(path: Path, version: str) -> bool:
    """Built with what we need, and of the version its name says (a shim of pyenv may be neither)."""
    probe = "import ssl, sqlite3, ctypes, lzma, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([path, "-c", probe], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == version


def _make_uv(root: Path) -> None:
    folder, lock = root / ".uv", root / "requirements/uv.txt"
    wrong = _run("Making .uv, which makes the environments", sys.executable, "-m", "venv", "--clear", folder)
    if wrong:
        raise CannotMake(f"Python's venv is missing (apt-get install python3-venv):\n{wrong}")
    pip = (folder / "bin/python", "-m", "pip", "--disable-pip-version-check")
    wrong = _run("Installing uv", *pip, "install", "--quiet", "--require-hashes", "--requirement", lock)
    if wrong:
        raise CannotMake(f"uv could not be installed:\n{wrong}")
    _stamp(folder, lock=lock)


def _make_venv(uv: Path, *, folder: Path, version: str) -> None:
    python = interpreter(version)
    command = (uv, "venv", "--clear", "--python", python or version, folder)
    wrong = _run(f"Making {folder.name} (Python {version})", *command)
    if wrong and python is None:
        raise CannotMake(
            f"Python {version} is neither on this machine nor could uv fetch it:"
            f" install it (pyenv install {version}) and try again"
        )
    if wrong:
        raise CannotMake(f"{folder.name} could not be made:\n{wrong}")


def _run(title: str, *command: str | Path) -> str | None:
    """None when it went well, else the last lines it said. Says how long it takes, once a second on a terminal."""
    began, live = time.monotonic(), sys.stderr.isatty()
    _say(f"{title} …", end="" if live else "\n")
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        while True:
            try:
                failed = running.wait(timeout=1) != 0
                break
            except subprocess.TimeoutExpired:
                if live:
                    _say(f"\r{title} … {time.monotonic() - began:.0f} s", end="")
        if live:
            _say()
        if not failed:
            return None
        said.seek(0)
        lines = [line for line in said.read().splitlines() if line.strip()]
    return "\n".join(f"  {line}" for line in lines[-LINES_OF_AN_ERROR:]) or "  (it said nothing)"


def _say(text: str = "", end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def _stamp(folder: Path, *, lock: Path) -> None:
    (folder / STAMP).write_text(_digest(lock))


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def main() -> int:
    try:
        make_environments(ROOT)
    except CannotMake as wrong:
        _say(str(wrong))
        return 1
    except OSError as wrong:
        _say(f"{wrong.filename}: {wrong.strerror}")
        return 1
    except KeyboardInterrupt:
        _say("\nStopped; the next make goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
