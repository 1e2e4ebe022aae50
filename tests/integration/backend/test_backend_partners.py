"""Several partners, each with a token of its own: TMF621 and nothing else, and the audit knows who it was."""

import httpx
import pytest

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.ports import Event
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from tests.integration.backend.support import PARTNER_TOKEN, BackendProcess
from tests.ports import free_port

HOTLINE, BILLING = "a-token-of-the-hotline", "a-token-of-billing-only"
A_TICKET = {
    "@type": "TroubleTicket",
    "description": "宽带连不上",
    "severity": "Minor",
    "ticketType": "fault",
    "name": "broadband_down",
    "troubleTicketCharacteristic": [{"name": "contactPhone", "value": "+8613900000001"}],
}


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    running = BackendProcess(var=tmp_path_factory.mktemp("var"), port=free_port())
    running.settings["SHOUWEN_PARTNER_TOKENS"] = f"city-hotline:{HOTLINE},billing:{BILLING}"
    running.start()
    yield running
    running.stop()


@pytest.fixture
def call(backend):
    def call(method, path, *, token, **sent):
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.request(method, f"{backend.url}{path}", headers=headers, trust_env=False, timeout=10, **sent)

    return call


def test_each_is_known_by_its_name_in_the_audit(backend, call):
    tickets = "/tmf-api/troubleTicket/v5/troubleTicket"
    number = call("POST", tickets, token=HOTLINE, json=A_TICKET).json()["id"]
    for token in (BILLING, PARTNER_TOKEN):
        before = call("GET", f"{tickets}/{number}", token=token).json().get("note", [])
        change = {"note": [*before, {"@type": "Note", "text": "已补充"}]}
        assert call("PATCH", f"{tickets}/{number}", token=token, json=change).status_code == 200

    engine = open_engine(f"sqlite:///{backend.var / 'backend.sqlite'}")
    _, history = queries.read(number=TicketNumber(number), store=SqlStore(engine))
    engine.dispose()
    theirs = [(entry.event, entry.by) for entry in history if entry.event in {Event.FILED, Event.REMARKED}]
    assert theirs[0] == (Event.FILED, "partner:city-hotline")
    assert {by for event, by in theirs if event is Event.REMARKED} == {"partner:billing", "partner"}


@pytest.mark.parametrize("token", [HOTLINE, BILLING, PARTNER_TOKEN])
def test_no_partner_gets_at_what_is_ours(call, token):
    assert call("GET", "/internal/outages?area=wanli", token=token).status_code == 401


def test_a_token_that_is_nobodys_opens_nothing(call):
    assert call("GET", "/tmf-api/troubleTicket/v5/troubleTicket", token="nobody's").status_code == 401
