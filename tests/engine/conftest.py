"""A tiny model, an engine process of its own and an action server that does as it is told."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-for-tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Actions:
    """The action server: counts, hands off, fails, sleeps."""

    def __init__(self) -> None:
        self.counted = 0
        self.failing = True
        actions = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, responses = actions.answer(call["next_action"])
                body = json.dumps({"events": [], "responses": responses}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):  # the engine has given up waiting
                    self.wfile.write(body)

            def log_message(self, *_given: Any) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._released = threading.Event()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, name: str) -> tuple[int, list[dict[str, Any]]]:
        if name == "action_handoff":
            return 200, [
                {"text": "好的，为您转接。"},
                {"custom": {"handoff": {"reason": "asked"}, "bound": {"phone": None}}},
            ]
        if name == "action_fail" and self.failing:
            return 500, []
        if name == "action_slow":
            self._released.wait(20)
        self.counted += 1
        return 200, [{"text": f"第{self.counted}次"}]

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()


class Engine:
    """`python -m engine` in a folder of its own; survives being killed."""

    def __init__(self, folder: Path, actions_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SHOUWEN_ENGINE_TOKEN": TOKEN,
            "SHOUWEN_ENGINE_URL": f"http://127.0.0.1:{self.port}",
            "SHOUWEN_ACTIONS_URL": actions_url,
            "SHOUWEN_VAR": str(folder / "var"),
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.folder / "engine.log").read_text(encoding="utf-8")

    @property
    def tracker(self) -> Path:
        return self.folder / "var" / "tracker.sqlite"

    def start(self) -> None:
        with (self.folder / "engine.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine"], cwd=self.folder, env=self.environ, stderr=log, stdout=log
            )
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError(f"the engine did not start:\n{self.log}")
            try:
                if self.get()[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the engine is not ready:\n{self.log}")

    def refusal(self, **environ: str) -> tuple[int, str]:
        """Starts another engine that is expected to give up: its exit code and what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "engine"],
            cwd=self.folder,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process
        self.process.terminate()
        return self.process.wait(timeout=30)

    def get(self) -> tuple[int, Any]:
        return self._call("GET", "", None, {})

    def post(self, body: Any, *, token: str = TOKEN) -> tuple[int, Any]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._call("POST", "turn", raw, {"Authorization": f"Bearer {token}"} if token else {})

    def understand(self, text: str, *, token: str = TOKEN) -> tuple[int, Any]:
        raw = json.dumps({"text": text}).encode()
        return self._call("POST", "understanding", raw, {"Authorization": f"Bearer {token}"})

    def say(self, conversation: str, message_id: str, text: str, **metadata: str) -> dict[str, Any]:
        status, answer = self.post(
            {"conversation": conversation, "message_id": message_id, "text": text, "metadata": metadata}
        )
        assert status == 200, answer
        found: dict[str, Any] = answer
        return found

    def _call(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/webhooks/shouwen/{path}",
            data=body,
            method=method,
            headers={"Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  our own process
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())

    def events(self, conversation: str, kind: str) -> int:
        connection = sqlite3.connect(self.tracker)
        try:
            query = "SELECT count(*) FROM events WHERE sender_id = ? AND type_name = ?"
            return int(connection.execute(query, (conversation, kind)).fetchone()[0])
        finally:
            connection.close()


@pytest.fixture(scope="session")
def tiny_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a trained tiny model."""
    folder = tmp_path_factory.mktemp("tiny") / "project"
    shutil.copytree(Path(__file__).parent / "project", folder)
    for name in ("credentials.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "engine").symlink_to(ROOT / "engine")
    trained = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "train.py"), "--root", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "SHOUWEN_VAR": str(folder / "var")},
    )
    assert trained.returncode == 0, trained.stderr
    return folder


@pytest.fixture(scope="session")
def actions() -> Iterator[Actions]:
    server = Actions()
    yield server
    server.close()


@pytest.fixture(scope="session")
def engine(tiny_project: Path, actions: Actions) -> Iterator[Engine]:
    running = Engine(tiny_project, actions.url)
    running.start()
    yield running
    running.kill()
