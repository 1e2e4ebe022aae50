"""Delivery to a listener that fails, is slow or vanishes: at least once, each ticket's events in order."""

import json
import socket
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Event as Flag

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from structlog.testing import capture_logs
from typer.testing import CliRunner
from werkzeug import Response

from backend.api.hub_request import registration
from backend.cli import app
from backend.domain.ticket import TicketNumber
from backend.ports import Entry, Event, Medium, Message
from backend.refusals import ListenerNotFound
from backend.store.tables import due_work
from backend.usecases import hub
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.listener import ListenerParked, ToListener
from backend.work.delivery import Delivery
from backend.work.worker import Patience, Worker
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, TOKEN, a_report

HOUR = timedelta(hours=1)
PATIENCE = Patience(first=timedelta(minutes=1), longest=HOUR, attempts=34)
OURSELVES = "http://backend:8100"


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock(FRIDAY_EVENING)


class Listening:
    """A listener on a real port; `statuses` are its next answers, after them 204."""

    def __init__(self, server):
        self.heard = []
        self.statuses = []
        self.when_called = lambda: None
        server.expect_request("/listener").respond_with_handler(self._hear)
        self.callback = server.url_for("/listener")

    def _hear(self, request):
        status = self.statuses.pop(0) if self.statuses else 204
        self.when_called()
        if 200 <= status < 300:
            self.heard.append(json.loads(request.data))
        return Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    @property
    def of_tickets(self):
        """The events as they were first heard, by ticket: repeats are told by their id, as the interface wants."""
        by_id = {event["eventId"]: event for event in self.heard}
        found = {}
        for event in by_id.values():
            found.setdefault(event["event"]["troubleTicket"]["id"], []).append(event)
        return found


@pytest.fixture
def listening(httpserver):
    return Listening(httpserver)


@pytest.fixture
def registered(store, listening):
    wish = registration({"@type": "Hub", "callback": listening.callback})
    return hub.register(wish, by="partner", store=store, now=FRIDAY_EVENING)


@pytest.fixture
def deliver(store, clock):
    to_listener = ToListener(store=store, clock=clock, url=OURSELVES, private=True, patience=24 * HOUR)

    def deliver(message, *, private=True, time_out=5.0):
        replace(to_listener, private=private)(message, time_out=time_out)

    return deliver


@pytest.fixture
def worker(store, clock, deliver):
    def carry(message, *, time_out):
        deliver(message, time_out=time_out)

    delivery = Delivery(store=store, clock=clock, deliverers={Medium.LISTENER: carry})
    return Worker(store=store, clock=clock, by="worker", lanes=True, carry_out=delivery, patience=PATIENCE)


@pytest.fixture
def state(store, registered):
    return lambda: hub.read(id=registered.id, store=store)


@pytest.fixture
def remark(store, clock):
    """Something happens to a ticket, so that there is an event."""

    def remark(receipt, text):
        number = TicketNumber.parse(receipt.ticket_number)
        with store.writing() as tickets:
            ticket = tickets.get(number=number).ticket
            detail = {"text": text, "author": "partner"}
            tickets.record(
                Entry(
                    number=number, at=clock(), by="partner", event=Event.REMARKED, status=ticket.status, detail=detail
                )
            )

    return remark


def an_event(listener) -> Message:
    ticket = {"@type": "TroubleTicket", "id": "1", "href": "/tmf-api/troubleTicket/v5/troubleTicket/1"}
    return Message(
        key="k1",
        medium=Medium.LISTENER,
        recipient=listener.id,
        subject="1",
        body={"eventId": "e1", "event": {"troubleTicket": ticket}},
        not_before=FRIDAY_EVENING,
    )


def last_notes(events):
    return [notes[-1]["text"] if (notes := event["event"]["troubleTicket"]["note"]) else "" for event in events]


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


def test_a_listener_that_is_too_slow_is_given_up_in_time(deliver, store, httpserver):
    httpserver.expect_request("/slow").respond_with_handler(lambda _request: time.sleep(1.5) or Response(status=204))
    wish = registration({"@type": "Hub", "callback": httpserver.url_for("/slow")})
    slow = hub.register(wish, by="partner", store=store, now=FRIDAY_EVENING)
    began = time.monotonic()

    with pytest.raises(NotDelivered, match="Time"):
        deliver(an_event(slow), time_out=0.3)

    assert time.monotonic() - began < 1.0


def test_a_name_server_that_does_not_answer_is_given_up_in_time(deliver, registered, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: time.sleep(1.5) or [])
    began = time.monotonic()

    with pytest.raises(NotDelivered, match="Time"):
        deliver(an_event(registered), time_out=0.3)

    assert time.monotonic() - began < 1.0


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


def test_a_listener_is_seen_to_fail_and_to_have_come_back(deliver, registered, listening, state, clock):
    listening.statuses = [500]
    with pytest.raises(NotDelivered):
        deliver(an_event(registered))
    assert state()[0].failing_since == FRIDAY_EVENING

    clock.now += HOUR
    deliver(an_event(registered))
    assert state()[0].failing_since is None


def test_one_that_says_it_is_gone_is_parked_at_once(deliver, registered, listening, state):
    listening.statuses = [410]
    with pytest.raises(ListenerParked):
        deliver(an_event(registered))

    assert state()[0].parked_at == FRIDAY_EVENING


def test_one_out_of_reach_for_too_long_is_parked_and_told_and_hears_everything_in_order_once_revived(
    worker, registered, listening, state, store, file, remark, clock
):
    listening.statuses = [503] * 1000
    receipt = file(a_report())
    remark(receipt, "one")
    with capture_logs() as logs:
        for _ in range(30):
            worker.work_off()
            clock.now += HOUR
    remark(receipt, "two")
    worker.work_off()

    listener, waiting = state()
    assert listener.parked_at
    assert waiting == 3
    (parked,) = [line for line in logs if line["event"] == "listener.parked"]
    assert (parked["listener"], parked["log_level"]) == (registered.id, "error")
    called = len(listening.statuses)
    clock.now += 24 * HOUR
    worker.work_off()
    assert len(listening.statuses) == called, "a parked listener is not called"

    listening.statuses = []
    hub.revive(id=registered.id, store=store, now=clock())
    worker.work_off()

    listener, waiting = state()
    assert (listener.parked_at, listener.failing_since, waiting) == (None, None, 0)
    assert last_notes(listening.heard) == ["", "one", "two"]


def test_registering_again_revives_it(worker, registered, listening, store, file, clock):
    file(a_report())
    listening.statuses = [410]
    worker.work_off()
    wish = registration({"@type": "Hub", "callback": listening.callback})

    assert hub.register(wish, by="partner", store=store, now=clock()).parked_at is None
    worker.work_off()
    assert len(listening.heard) == 1


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    statuses=st.lists(st.sampled_from([204, 204, 400, 500, 302]), max_size=16),
    steps=st.lists(st.sampled_from(["a", "b", "deliver", "replay"]), min_size=4, max_size=14),
)
def test_under_any_failures_each_ticket_s_events_are_heard_in_order_and_a_replay_adds_nothing(
    statuses, steps, worker, registered, listening, state, file, remark, clock, replay
):
    customer = f"{clock.now.timestamp():.0f}"[-8:]
    listening.heard, listening.statuses = [], list(statuses)
    receipts = {
        name: file(a_report(matter_id=f"{name}-{customer}", contact_phone=f"+86{place}{customer}"), now=clock())
        for place, name in ((138, "a"), (139, "b"))
    }
    said = {"a": [""], "b": [""]}
    for place, step in enumerate(steps):
        clock.now += HOUR
        if step in said:
            remark(receipts[step], f"{step}{place}")
            said[step].append(f"{step}{place}")
        elif step == "deliver":
            worker.work_off()
        else:
            replay(*receipts.values())
    while state()[1]:
        clock.now += HOUR
        worker.work_off()
    replay(*receipts.values())

    for name, receipt in receipts.items():
        assert last_notes(listening.of_tickets[receipt.ticket_number]) == said[name]
    clock.now += 24 * HOUR


@pytest.fixture
def replay(engine, store, deliver, state):
    """Everything that has been delivered goes out once more, the latest first; nothing of ours changes by it."""

    def everything(numbers):
        with store.reading() as tickets:
            return [tickets.get(number=number) for number in numbers], tickets.history(numbers=numbers), state()[1]

    def replay(*receipts):
        numbers = [TicketNumber.parse(receipt.ticket_number) for receipt in receipts]
        before = everything(numbers)
        with store.reading() as tickets, engine.connect() as connection:
            of_them = due_work.c.subject.in_(map(str, numbers)), due_work.c.finished_at.is_not(None)
            finished = connection.execute(select(due_work.c.key).where(*of_them).order_by(due_work.c.id))
            messages = [tickets.outbox.get(key=key) for key in finished.scalars()]
        for message in reversed(messages):
            with suppress(NotDelivered):
                deliver(message)
        assert everything(numbers) == before

    return replay


@pytest.fixture
def command(monkeypatch):
    monkeypatch.chdir(ROOT)

    def command(backend, *words):
        environ = {"SHOUWEN_VAR": str(backend.var), "SHOUWEN_BACKEND_URL": backend.url, "SHOUWEN_BACKEND_TOKEN": TOKEN}
        return CliRunner().invoke(app, ["hub", *words], env=environ | {"DATABASE_URL": None})

    return command


def eventually(look, *, within=20.0):
    until = time.monotonic() + within
    while not look():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


async def test_a_running_backend_tells_its_listeners_and_goes_on_at_once_after_a_kill(new_backend, listening, command):
    backend = new_backend()
    backend.settings["SHOUWEN_HUB_PRIVATE"] = "1"
    backend.start()
    with backend.partner() as partner:
        secret = f"{listening.callback}?token=secret-of-the-listener"
        registered = partner.post("/hub", json={"@type": "Hub", "callback": secret})
    assert registered.status_code == 201
    killed = Flag()

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
