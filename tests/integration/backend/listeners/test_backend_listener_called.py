"""One delivery to a listener: what counts as delivered, in what time, at which address."""

import socket
from threading import Event

import pytest
from werkzeug import Response

from backend.api.hub_request import registration
from backend.refusals import ListenerNotFound
from backend.usecases import hub
from backend.work.deliverers import NotDelivered
from tests.integration.backend.listeners.support import OURSELVES, an_event
from tests.integration.backend.support import FRIDAY_EVENING


def test_an_event_arrives_with_the_address_where_the_ticket_is_read(deliver, registered, listening):
    deliver(an_event(registered))

    (event,) = listening.heard
    assert event["event"]["troubleTicket"]["href"] == f"{OURSELVES}/tmf-api/troubleTicket/v5/troubleTicket/1"


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500, 503])
def test_only_2xx_is_taken_for_delivered_and_no_redirect_is_followed(
    deliver, registered, listening, httpserver, status
):
    httpserver.expect_request("/elsewhere").respond_with_data(status=204)
    listening.statuses = [status]

    with pytest.raises(NotDelivered, match=f"HTTP {status}"):
        deliver(an_event(registered))

    assert [request.path for request, _ in httpserver.log] == ["/listener"]


@pytest.fixture
def let_go():
    """What waits for it hangs as long as the test goes on."""
    event = Event()
    yield event
    event.set()


def test_a_listener_that_hangs_is_given_up_in_time(deliver, store, httpserver, let_go):
    httpserver.expect_request("/slow").respond_with_handler(lambda _request: let_go.wait() and Response(status=204))
    wish = registration({"@type": "Hub", "callback": httpserver.url_for("/slow")})
    slow = hub.register(wish, by="partner", store=store, now=FRIDAY_EVENING)

    with pytest.raises(NotDelivered, match="Time"):
        deliver(an_event(slow), time_out=0.3)


def test_a_name_server_that_does_not_answer_is_given_up_in_time(deliver, registered, monkeypatch, let_go):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: let_go.wait() and [])

    with pytest.raises(NotDelivered, match="Time"):
        deliver(an_event(registered), time_out=0.3)


def test_a_name_that_leads_into_our_own_network_is_not_called(deliver, registered, httpserver):
    with pytest.raises(NotDelivered, match="CallbackRefused"):
        deliver(an_event(registered), private=False)

    assert httpserver.log == []


def test_the_listener_is_called_by_its_name(deliver, registered, httpserver):
    deliver(an_event(registered))

    (request, _), *_ = httpserver.log
    assert request.headers["Host"] == f"localhost:{httpserver.port}"


def test_who_has_taken_its_registration_back_is_told_nothing(deliver, registered, listening, store):
    hub.remove(id=registered.id, store=store)
    deliver(an_event(registered))

    assert listening.heard == []
    with pytest.raises(ListenerNotFound):
        hub.revive(id=registered.id, store=store, now=FRIDAY_EVENING)
