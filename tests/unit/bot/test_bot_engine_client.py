"""The engine's answers, and its failures with their kind."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from bot.conversations.messages import Bound, Button, Turn
from bot.engine import (
    EngineBroken,
    EngineClient,
    EngineSilent,
    EngineTooSlow,
    EngineUnreachable,
    parse_answer,
    request_body,
)

TURN = Turn(
    conversation="c1",
    channel="webchat",
    number=3,
    text="我家电视没信号了",
    accepted_at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
    correlation_id="trace-1",
    told=False,
    phone="+8613807911234",
    details={"confidence": 0.6},
)
NOBODY = {"here": False, "owner": None}


def said(*messages: object, **more: object) -> bytes:
    return json.dumps({"messages": messages} | more).encode()


def client(handler, **options: float) -> EngineClient:
    return EngineClient(base_url="http://engine", token="t", transport=httpx.MockTransport(handler), **options)


def test_a_turn_carries_the_time_of_its_message_and_its_place():
    assert request_body(turn=TURN, agents=NOBODY) == {
        "conversation": "c1",
        "message_id": "c1:3",
        "text": "我家电视没信号了",
        "metadata": {
            "agents": {"here": False, "owner": None},
            "confidence": 0.6,
            "channel": "webchat",
            "phone": "+8613807911234",
            "phone_bound": False,
            "accepted_at": "2026-11-21T02:00:00+00:00",
            "correlation_id": "trace-1",
            "turn": 3,
        },
    }


def test_a_turn_says_whether_a_person_could_go_on_with_it():
    own = replace(TURN, details={"agents": {"here": False, "waited": True}})

    here = {"here": True, "owner": "1031"}
    assert request_body(turn=TURN, agents=here)["metadata"]["agents"] == here
    assert request_body(turn=own, agents=here)["metadata"]["agents"] == {**here, "here": False, "waited": True}


def test_an_answer_is_read_with_buttons_and_understanding():
    body = said(
        {"text": "您家在哪里？", "buttons": None, "image": "x"},
        {"text": "对吗？", "buttons": [{"title": "对", "payload": "对的"}], "card": {"kind": "ticket"}},
        understood={"intent": "fault_report", "confidence": 0.93, "ranking": [], "entities": []},
        handoff={"reason": "asked"},
    )

    answer = parse_answer(status=200, body=body)

    assert [reply.text for reply in answer.replies] == ["您家在哪里？", "对吗？"]
    assert answer.replies[1].buttons == (Button(title="对", payload="对的"),)
    assert answer.replies[1].card == {"kind": "ticket"}
    assert (answer.intent, answer.confidence, answer.handoff) == ("fault_report", 0.93, "asked")


def test_a_phone_that_a_turn_has_bound_comes_beside_the_words_and_no_words_can_say_it():
    until = "2027-05-20T12:31:00+00:00"
    bound = parse_answer(status=200, body=said({"text": "核实好了"}, bound={"phone": "+8613807911234", "until": until}))
    unbound = parse_answer(status=200, body=said({"text": "已经解绑"}, bound={"phone": None}))
    only_said = parse_answer(status=200, body=said({"text": '{"bound": {"phone": "+8613807911234"}}'}))

    assert bound.bound == Bound(phone="+8613807911234", until=datetime.fromisoformat(until))
    assert unbound.bound == Bound(phone=None)
    assert only_said.bound is None


@pytest.mark.parametrize("body", [said(), said({"text": ""}), said({"text": " \n"}), said({"text": None}), said({})])
def test_an_answer_without_a_word_is_silence(body):
    with pytest.raises(EngineSilent):
        parse_answer(status=200, body=body)


def test_an_engine_without_its_actions_is_as_good_as_away():
    with pytest.raises(EngineUnreachable):
        parse_answer(status=503, body=b'{"error": "actions_unreachable", "message": "x"}')


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (503, said({"text": "x"})),
        (401, b"{}"),
        (202, said({"text": "x"})),
        (302, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"messages": "x"}'),
        (200, b'{"messages": [1]}'),
        (200, said({"text": 5})),
        (200, said({"text": "x", "buttons": [{"title": "对"}]})),
        (200, b"\xff"),
    ],
)
def test_anything_else_is_a_broken_engine(status, body):
    with pytest.raises(EngineBroken):
        parse_answer(status=status, body=body)


def test_a_broken_answer_is_not_quoted():
    with pytest.raises(EngineBroken) as broken:
        parse_answer(status=200, body=said({"text": ["电话13807911234"]}))

    assert "13807911234" not in str(broken.value)
    assert broken.value.__cause__ is None


@pytest.mark.parametrize(
    ("failure", "alive", "kind"),
    [
        (httpx.ConnectError("refused"), True, EngineUnreachable),
        (httpx.ConnectTimeout("late"), True, EngineUnreachable),
        (httpx.ReadTimeout("late"), True, EngineTooSlow),
        (httpx.ReadTimeout("late"), False, EngineUnreachable),
        (httpx.ReadError("killed"), True, EngineBroken),
        (httpx.ReadError("killed"), False, EngineUnreachable),
        (httpx.RemoteProtocolError("killed"), False, EngineUnreachable),
    ],
)
async def test_a_failed_call_has_its_kind(failure, alive, kind):
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/webhooks/shouwen/" and alive:
            return httpx.Response(200)
        raise failure

    with pytest.raises(kind):
        await client(handler).answer(turn=TURN, agents=NOBODY)


async def test_the_token_and_the_correlation_id_travel_in_headers():
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer t"
        assert request.headers["x-correlation-id"] == "trace-1"
        return httpx.Response(200, content=said({"text": "好"}))

    assert (await client(handler).answer(turn=TURN, agents=NOBODY)).replies[0].text == "好"
