"""A listener that fails is seen to, parked and revived; each ticket's events stay in order, at least once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from backend.api.hub_request import registration
from backend.usecases import hub
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.listener import ListenerParked
from tests.integration.backend.listeners.support import HOUR, an_event, last_notes
from tests.integration.backend.support import FRIDAY_EVENING, a_report


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
