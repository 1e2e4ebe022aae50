"""TMF621's /hub over HTTP: who may register for what, and how it is taken back."""

import httpx
import pytest

from tests.integration.backend.support import TOKEN

HUB, ONE = "/hub", "/hub/{id}"
CALLBACK = "https://1.1.1.1/listener"


def a_hub(**said: object) -> dict:
    return {"@type": "Hub", "callback": CALLBACK} | said


@pytest.fixture
def listener(api):
    hub = api.post("/hub", json=a_hub()).json()
    yield hub
    api.delete(f"/hub/{hub['id']}")


def test_a_listener_registers_is_shown_and_removed(api, spec):
    answer = api.post("/hub", json=a_hub(query="eventType=TroubleTicketCreateEvent"))
    hub = spec.check(answer, path=HUB)
    assert (answer.status_code, answer.headers["Location"]) == (201, hub["href"])
    assert (hub["callback"], hub["query"], hub["state"]) == (CALLBACK, "eventType=TroubleTicketCreateEvent", "active")

    assert spec.check(api.get(f"/hub/{hub['id']}"), path=ONE) == hub
    assert api.get("/hub").json() == [hub]

    assert api.delete(f"/hub/{hub['id']}").status_code == 204
    for again in (api.get(f"/hub/{hub['id']}"), api.delete(f"/hub/{hub['id']}")):
        assert again.status_code == 404
        spec.check(again, path=ONE)


def test_who_registers_again_is_the_same_listener_and_another_query_another(api, listener):
    again = api.post("/hub", json=a_hub()).json()
    other = api.post("/hub", json=a_hub(query="eventType=TroubleTicketResolvedEvent")).json()
    api.delete(f"/hub/{other['id']}")

    assert again["id"] == listener["id"]
    assert other["id"] != listener["id"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"callback": None}, "callback"),
        ({"callback": "ftp://1.1.1.1/"}, "callback"),
        ({"callback": "//1.1.1.1/"}, "callback"),
        ({"callback": "https:///path"}, "callback"),
        ({"callback": "https://1.1.1.1:99999/"}, "callback"),
        ({"callback": "https://user:secret@1.1.1.1/"}, "password"),
        ({"callback": "https://1.1.1.1/\n"}, "callback"),
        ({"callback": "https://nobody.invalid/"}, "can't be found"),
        ({"query": "eventType=TicketEatenEvent"}, "TicketEatenEvent"),
        ({"query": "color=red"}, "color"),
        ({"query": "fields=color"}, "color"),
        ({"query": 1}, "query"),
        ({"@type": "Ticket"}, "@type"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_a_wrong_registration_is_refused_with_what_is_wrong(api, spec, wrong, named):
    answer = api.post("/hub", json=a_hub(**wrong))

    assert answer.status_code == 400
    assert named in spec.check(answer, path=HUB)["message"]


def test_everything_wrong_is_told_at_one_time(api):
    message = api.post("/hub", json={"callback": "x", "query": "eventType=X"}).json()["message"]

    assert all(named in message for named in ("@type", "callback", "eventType"))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",  # noqa: S104 - to be refused
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "224.0.0.1",
        "2130706433",
    ],
)
def test_nobody_reaches_our_own_network_through_us(api, host):
    answer = api.post("/hub", json=a_hub(callback=f"http://{host}/"))

    assert answer.status_code == 400
    assert "not public" in answer.json()["message"]


def test_another_content_type_than_json_is_not_taken(api):
    answer = api.post("/hub", content=b"callback=x", headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert (answer.status_code, answer.json()["@type"]) == (415, "Error")


@pytest.mark.parametrize("token", [None, "Bearer wrong"])
def test_without_the_token_nobody_registers(backend, token):
    headers = {"Authorization": token} if token else {}
    url = f"{backend.url}/tmf-api/troubleTicket/v5/hub"

    assert httpx.post(url, json=a_hub(), headers=headers, trust_env=False).status_code == 401
    assert httpx.get(url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False).json() == []
