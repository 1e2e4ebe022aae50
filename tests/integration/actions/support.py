"""`python -m actions` as a process of its own, called as Rasa calls it."""

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pytest_httpserver import HTTPServer

from tests.contract.answered import RECEIPT
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
TLS = ssl.create_default_context()  # made once: httpx would read all the certificates for every call
ENGINE_TOKEN = "engine-token-of-the-tests"
BACKEND_TOKEN = "backend-token-of-the-tests"
BOT_TOKEN = "bot-token-of-the-tests"
ACCEPTED_AT = "2026-11-21T12:31:00+00:00"
PHONE = "+8613807911234"
ADDRESS = "红谷滩区丰和北大道66号3栋502"
SYMPTOM = "看着看着就成雪花了"


def eventually(holds: Callable[[], bool], *, within: float = 30.0) -> None:
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def a_confirmed_fault(*, matter_id: str = "matter-of-zhang", **slots: Any) -> dict[str, Any]:
    """What Rasa posts when the customer has said 对 to the read-back."""
    known = {
        "matter_id": matter_id,
        "fault_kind": "no_signal",
        "fault_service": "tv",
        "fault_symptom": SYMPTOM,
        "contact_phone": PHONE,
        "contact_address": ADDRESS,
        "contact_area": "honggutan",
    }
    message = {
        "text": "对",
        "intent": {"name": "affirm"},
        "entities": [],
        "metadata": {"channel": "webchat", "accepted_at": ACCEPTED_AT, "correlation_id": "turn-1"},
    }
    tracker = {
        "sender_id": "conversation-of-zhang",
        "slots": known | slots,
        "latest_message": message,
        "events": [{"event": "user", "text": "对", "parse_data": message}],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "fault_form",
    }
    return {"next_action": "action_file_fault", "sender_id": "conversation-of-zhang", "tracker": tracker, "domain": {}}


@dataclass
class ActionsProcess:
    """Started again on the same folder and ports after a kill."""

    var: Path
    port: int = field(default_factory=free_port)
    backend_port: int = field(default_factory=free_port)
    bot_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SHOUWEN_", "OPERATOR"))},
            "SHOUWEN_VAR": str(self.var),
            "SHOUWEN_ACTIONS_URL": self.url,
            "SHOUWEN_BACKEND_URL": f"http://127.0.0.1:{self.backend_port}",
            "SHOUWEN_BOT_URL": f"http://127.0.0.1:{self.bot_port}",
            "SHOUWEN_ENGINE_TOKEN": ENGINE_TOKEN,
            "SHOUWEN_BACKEND_TOKEN": BACKEND_TOKEN,
            "SHOUWEN_BOT_TOKEN": BOT_TOKEN,
        }

    @property
    def log(self) -> str:
        return (self.var / "actions.log").read_text("utf-8")

    def start(self) -> "ActionsProcess":
        self.var.mkdir(exist_ok=True)
        with (self.var / "actions.log").open("ab") as log:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "actions"), cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )
        eventually(self._answers)
        return self

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        try:
            return self.get("/healthz").is_success
        except httpx.TransportError:
            return False

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", timeout=10, trust_env=False, verify=TLS)

    def call(self, body: dict[str, Any], *, token: str = ENGINE_TOKEN) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.post(f"{self.url}/webhook", json=body, headers=headers, timeout=30, trust_env=False, verify=TLS)

    def said(self, body: dict[str, Any]) -> list[str]:
        """The responses by name."""
        return [reply["response"] for reply in self.call(body).raise_for_status().json()["responses"]]

    @property
    def unfiled(self) -> int:
        waiting: int = self.get("/readyz").json()["unfiled"]
        return waiting

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=15)

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def run_to_its_end(self, **changes: str) -> subprocess.CompletedProcess[str]:
        """One that refuses to start."""
        return subprocess.run(
            (sys.executable, "-m", "actions"),
            cwd=ROOT,
            env={**self.environ, **changes},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def receives_tickets(backend: HTTPServer) -> None:
    backend.expect_request("/internal/tickets", method="POST").respond_with_json(RECEIPT)


def bodies(server: HTTPServer, path: str) -> list[dict[str, Any]]:
    return [request.get_json() for request, _ in server.log if request.path == path]
