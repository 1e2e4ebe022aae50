"""python -m actions as a process: ready, refused, stopped, and silent about its customers."""

import signal
from threading import Event

import pytest
from werkzeug import Response

from tests.integration.actions.support import (
    ADDRESS,
    BACKEND_TOKEN,
    BOT_TOKEN,
    ENGINE_TOKEN,
    SYMPTOM,
    a_confirmed_fault,
    eventually,
    receives_tickets,
)


def one_line(text: str) -> str:
    (line,) = [line for line in text.splitlines() if line.strip()]
    return line


def test_it_is_alive_and_ready_without_backend_and_bot(actions):
    actions.start()

    assert actions.get("/healthz").json() == {"status": "ok"}
    assert (actions.get("/readyz").status_code, actions.get("/readyz").json()) == (200, {"status": "ok", "unfiled": 0})


def test_what_waits_is_counted(actions):
    actions.start()
    actions.call(a_confirmed_fault(matter_id="one"))
    actions.call(a_confirmed_fault(matter_id="other"))

    assert actions.get("/readyz").json()["unfiled"] == 2


def test_a_second_process_on_the_same_file_refuses_in_one_line(actions):
    actions.start()

    second = actions.run_to_its_end()

    assert second.returncode == 1
    assert one_line(second.stderr) == f"actions: {actions.var}/unfiled.sqlite belongs to another running process"
    assert actions.get("/healthz").is_success


def test_after_a_kill_the_next_process_takes_the_file_over(actions):
    actions.start().kill()

    assert actions.start().get("/readyz").is_success


@pytest.mark.parametrize("secret", ["SHOUWEN_ENGINE_TOKEN", "SHOUWEN_BACKEND_TOKEN", "SHOUWEN_BOT_TOKEN"])
def test_without_a_secret_it_refuses_in_one_line(actions, secret):
    refused = actions.run_to_its_end(**{secret: ""})

    assert refused.returncode == 1
    assert one_line(refused.stderr).startswith(f"actions: {secret} is not set")


def test_an_unknown_operator_is_refused_in_words(actions):
    refused = actions.run_to_its_end(OPERATOR="nowhere")

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "nowhere" in refused.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(actions, how):
    actions.start()
    eventually(lambda: "Worker ready" in actions.log)  # from then on it hears signals

    assert actions.end(how) == 0
    assert "Traceback" not in actions.log


def test_a_backend_that_hangs_is_not_waited_for(actions, listening):
    released = Event()
    backend = listening(actions.backend_port)
    backend.expect_request("/internal/tickets").respond_with_handler(lambda _: Response(str(released.wait(60))))
    actions.start()

    replies = actions.said(a_confirmed_fault())

    assert not released.is_set()
    assert replies[0] == "utter_report_kept"
    released.set()


def test_only_the_engine_may_call_an_action(actions):
    actions.start()

    refused = actions.call(a_confirmed_fault(), token="somebody")

    assert refused.status_code == 401
    assert actions.unfiled == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"contact_phone": "13807911234 打我老伴的"},  # no E.164
        {"fault_service": "gas"},
        {"matter_id": ""},
        {"contact_address": {"street": ADDRESS}},
        {},
    ],
)
def test_the_log_holds_nothing_of_the_customer(actions, listening, broken):
    receives_tickets(listening(actions.backend_port))
    actions.start()

    actions.call(a_confirmed_fault(**broken))
    actions.call({"next_action": "action_file_fault", "tracker": {"latest_message": {"text": SYMPTOM}}})
    actions.end(signal.SIGTERM)

    assert "action_ran" in actions.log
    for secret in (ENGINE_TOKEN, "13807911234", "1380791", "丰和北大道", SYMPTOM, "打我老伴", BACKEND_TOKEN, BOT_TOKEN):
        assert secret not in actions.log
