"""Listeners of a running backend: through a kill, and by command."""

from threading import Event

import httpx
import pytest
from typer.testing import CliRunner

from backend.cli import app
from tests.integration.backend.support import ROOT, TOKEN, a_report, eventually


@pytest.fixture
def command(monkeypatch):
    monkeypatch.chdir(ROOT)

    def command(backend, *words):
        environ = {"SHOUWEN_VAR": str(backend.var), "SHOUWEN_BACKEND_URL": backend.url, "SHOUWEN_BACKEND_TOKEN": TOKEN}
        return CliRunner().invoke(app, ["hub", *words], env=environ | {"DATABASE_URL": None})

    return command


async def test_a_running_backend_tells_its_listeners_and_goes_on_at_once_after_a_kill(new_backend, listening, command):
    backend = new_backend()
    backend.settings["SHOUWEN_HUB_PRIVATE"] = "1"
    backend.start()
    with backend.partner() as partner:
        secret = f"{listening.callback}?token=secret-of-the-listener"
        registered = partner.post("/hub", json={"@type": "Hub", "callback": secret})
    assert registered.status_code == 201
    killed = Event()

    def kill_while_it_delivers():
        if not killed.is_set():
            backend.process.kill()
            killed.set()

    listening.statuses, listening.when_called = [500], kill_while_it_delivers
    client = backend.client()
    receipt = await client.file(a_report(), correlation_id="turn-1")
    await client.aclose()
    assert killed.wait(20)
    backend.process.wait()
    backend.start()
    eventually(lambda: listening.heard)

    assert listening.heard[0]["event"]["troubleTicket"]["id"] == receipt.ticket_number
    with backend.partner() as partner:
        eventually(lambda: partner.get(f"/hub/{registered.json()['id']}").json()["waitingEvents"] == 0)
    shown = command(backend, "list")
    assert (shown.exit_code, "投递中" in shown.output) == (0, True)
    assert "secret-of-the-listener" not in shown.output + backend.log


def test_a_parked_listener_is_shown_revived_and_removed_by_command(new_backend, listening, command):
    backend = new_backend()
    backend.settings["SHOUWEN_HUB_PRIVATE"] = "1"
    backend.start()
    with backend.partner() as partner:
        id_ = partner.post("/hub", json={"@type": "Hub", "callback": listening.callback}).json()["id"]
        listening.statuses = [410]
        body = {
            "@type": "TroubleTicket",
            "description": "宽带连不上",
            "severity": "Minor",
            "ticketType": "fault",
            "name": "broadband_down",
            "troubleTicketCharacteristic": [{"name": "contactPhone", "value": "+8613900000001"}],
        }
        partner.post("/troubleTicket", json=body).raise_for_status()
        eventually(lambda: partner.get(f"/hub/{id_}").json()["state"] == "parked")

        shown = command(backend, "list")
        assert (shown.exit_code, "停投于" in shown.output, "待投递 1" in shown.output) == (1, True, True)
        assert command(backend, "revive", id_).exit_code == 0
        eventually(lambda: listening.heard)
        assert partner.get(f"/hub/{id_}").json()["state"] == "active"

        assert command(backend, "remove", id_).exit_code == 0
        assert command(backend, "list").output == "没有事件订阅方\n"
        assert command(backend, "revive", id_).output == "没有这个事件订阅方。\n"
    assert httpx.get(f"{backend.url}/readyz", trust_env=False).json()["ready"]
