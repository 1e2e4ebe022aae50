"""Builds the pages of web/ into web/dist when their sources changed, with the Node.js of .venv."""

import gzip
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.services import ROOT

WEB: Final = ROOT / "web"
NODE: Final = ROOT / ".venv/bin"
STAMP: Final = ".made-from"
INSTALL_WITHIN: Final = 600  # seconds
BUILD_WITHIN: Final = 300
LINES_OF_AN_ERROR: Final = 20
PACKED: Final = frozenset({".css", ".html", ".js", ".svg"})


class CannotBuild(Exception):
    """What went wrong, a few lines; no traceback is shown."""


def build(web: Path = WEB) -> None:
    """Raises CannotBuild."""
    install(web)
    sources = digest(sorted(_sources(web)))
    stamp = web / "dist" / STAMP
    if stamp.exists() and stamp.read_text() == sources:
        return
    began = time.monotonic()
    _npm(web, "run", "build", within=BUILD_WITHIN)
    _pack(web / "dist")
    stamp.write_text(sources)
    print(f"Built the pages of web/ in {time.monotonic() - began:.0f} s.", file=sys.stderr, flush=True)


def _pack(built: Path) -> None:
    """Text once more, as it goes over the wire; the bot serves it to who unpacks it."""
    for path in [path for path in built.rglob("*") if path.suffix in PACKED]:
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def install(web: Path = WEB) -> None:
    """The locked packages. Raises CannotBuild."""
    lock = digest([web / "package.json", web / "package-lock.json"])
    stamp = web / "node_modules" / STAMP
    if stamp.exists() and stamp.read_text() == lock:
        return
    print("Installing the packages of web/ (210 MB) …", file=sys.stderr, flush=True)
    _npm(web, "ci", "--no-audit", "--no-fund", within=INSTALL_WITHIN)
    stamp.write_text(lock)


def node(script: str, *arguments: str, within: float, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a script of web/ with our Node.js; its code and what it said are the caller's to judge."""
    command = (str(NODE / "node"), str(WEB / script), *arguments)
    return subprocess.run(
        command, cwd=WEB, input=given, env=_environ(), capture_output=True, text=True, check=False, timeout=within
    )


def digest(files: Sequence[Path]) -> str:
    told = hashlib.sha256()
    for file in files:
        told.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return told.hexdigest()


def _sources(web: Path) -> Iterator[Path]:
    yield from (path for path in web.glob("*") if path.is_file())
    yield from (path for folder in ("src", "public") for path in (web / folder).rglob("*") if path.is_file())


def _npm(web: Path, *arguments: str, within: float) -> None:
    try:
        done = subprocess.run(
            (str(NODE / "npm"), *arguments),
            cwd=web,
            env=_environ(),
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )
    except subprocess.TimeoutExpired as slow:
        raise CannotBuild(f"npm {arguments[0]} took longer than {within:.0f} s") from slow
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise CannotBuild("\n".join([f"npm {' '.join(arguments)} failed:", *said[-LINES_OF_AN_ERROR:]]))


def _environ() -> dict[str, str]:
    return os.environ | {"PATH": f"{NODE}{os.pathsep}{os.environ.get('PATH', '')}"}


def check(web: Path = WEB) -> None:
    """Format, lint and types. Raises CannotBuild."""
    install(web)
    _npm(web, "run", "check", within=BUILD_WITHIN)


def main() -> int:
    try:
        check() if sys.argv[1:] == ["check"] else build()
    except CannotBuild as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
