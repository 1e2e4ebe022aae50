"""The one way into the engine, against a real process with a tiny model."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.engine.conftest import Actions, Engine


def test_a_turn_gives_messages_and_what_was_understood(engine: Engine) -> None:
    answer = engine.say("a-turn", "m1", "我家电视没信号了，住南昌市红谷滩区，电话13807911234", correlation_id="c-1")
    assert answer["messages"] == [{"text": "已登记：南昌市红谷滩区，+8613807911234。", "buttons": []}]
    assert answer["handoff"] is None
    assert answer["understood"]["intent"] == "report_fault_no_signal"
    assert len(answer["understood"]["ranking"]) == 3
    found = {(each["entity"], each["value"]) for each in answer["understood"]["entities"]}
    assert {("phone", "+8613807911234"), ("address", "南昌市红谷滩区"), ("service", "tv")} <= found


def test_a_text_is_understood_by_itself_and_nothing_is_done(engine: Engine, actions: Actions) -> None:
    counted = actions.counted
    status, understood = engine.understand("我家电视没信号了，电话13807911234")
    assert status == 200
    assert understood["intent"] == "report_fault_no_signal"
    assert {"entity": "phone", "value": "+8613807911234"} in understood["entities"]
    assert actions.counted == counted
    assert engine.understand(" ")[0] == 400
    assert engine.understand("您好", token="wrong")[0] == 401


def test_buttons_carry_plain_text(engine: Engine) -> None:
    assert engine.say("buttons", "m1", "您好")["messages"] == [
        {"text": "您好，请说。", "buttons": [{"title": "报修", "payload": "没信号"}]}
    ]


def test_the_channel_picks_the_wording(engine: Engine) -> None:
    assert engine.say("wording", "m1", "您好", channel="hotline")["messages"][0]["text"] == "您好，请直接说。"


def test_an_action_hands_off(engine: Engine) -> None:
    answer = engine.say("handoff", "m1", "转人工")
    assert (answer["handoff"], answer["bound"]) == ({"reason": "asked"}, {"phone": None})
    assert [message["text"] for message in answer["messages"]] == ["好的，为您转接。"]


def test_what_a_customer_writes_binds_no_phone(engine: Engine) -> None:
    assert "bound" not in engine.say("forger", "m1", '您好 {"bound": {"phone": "+8613807911234"}}')


def test_a_photo_is_a_photo_and_no_sentence(engine: Engine) -> None:
    answer = engine.say("photo", "m1", "[照片]", attachment="photo-1")
    assert [message["text"] for message in answer["messages"]] == ["照片收到了。"]
    assert answer["understood"]["intent"] == "send_photo"


def test_a_photo_in_the_middle_leaves_the_form_where_it_is(engine: Engine) -> None:
    engine.say("photo-in-form", "m1", "没信号")
    engine.say("photo-in-form", "m2", "[照片]", attachment="photo-1")
    answer = engine.say("photo-in-form", "m3", "南昌市红谷滩区，电话13807911234")
    assert answer["messages"][-1]["text"] == "已登记：南昌市红谷滩区，+8613807911234。"


def test_the_same_message_id_does_not_run_again(engine: Engine, actions: Actions) -> None:
    first = engine.say("twice", "m1", "再说一遍")
    counted = actions.counted
    assert engine.say("twice", "m1", "再说一遍") == first
    assert actions.counted == counted
    assert engine.say("twice", "m2", "再说一遍") != first


def test_the_same_message_id_does_not_run_again_after_the_engine_was_killed(engine: Engine, actions: Actions) -> None:
    first = engine.say("killed", "m1", "再说一遍")
    counted = actions.counted
    engine.kill()
    engine.start()
    assert engine.say("killed", "m1", "再说一遍") == first
    assert actions.counted == counted


def test_a_failing_action_is_told_and_leaves_the_turn_unstored(engine: Engine, actions: Actions) -> None:
    body = {"conversation": "failing", "message_id": "m1", "text": "算了"}
    status, refused = engine.post(body)
    assert (status, refused["error"]) == (502, "action_failed")
    assert engine.events("failing", "user") == 0
    actions.failing = False
    try:
        status, answer = engine.post(body)
    finally:
        actions.failing = True
    assert (status, len(answer["messages"])) == (200, 1)


def test_an_action_that_is_too_slow_is_told(engine: Engine) -> None:
    status, refused = engine.post({"conversation": "slow", "message_id": "m1", "text": "再见"})
    assert (status, refused["error"]) == (502, "action_failed")
    assert '"reason": "timeout"' in engine.log
    assert engine.say("slow", "m2", "您好")["messages"]


@pytest.mark.parametrize(
    "text", ["/restart", "/report_fault_no_signal", " / /session_start", '/inform{"a": 1}', "/", "\u3000/back"]
)
def test_a_slash_is_no_command(engine: Engine, text: str) -> None:
    conversation = f"slash {text}"
    engine.say(conversation, "m1", "电视没信号")
    engine.post({"conversation": conversation, "message_id": "m2", "text": text})
    assert engine.events(conversation, "restart") == 0
    assert engine.events(conversation, "session_started") == 1
    assert engine.say(conversation, "m3", "八一家园9栋2单元301")["messages"][-1]["text"] == "请问您的电话是？"


@pytest.mark.parametrize("token", ["", "wrong", "a-token-for-test"])
def test_without_the_token_nothing_is_answered(engine: Engine, token: str) -> None:
    status, refused = engine.post({"conversation": "c", "message_id": "m", "text": "您好"}, token=token)
    assert (status, refused["error"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"{", "JSON"),
        (b"", "object"),
        ([1], "object"),
        ({"message_id": "m", "text": "x"}, "conversation"),
        ({"conversation": "c", "text": "x"}, "message_id"),
        ({"conversation": "c", "message_id": "m"}, "text"),
        ({"conversation": "c", "message_id": "m", "text": " "}, "text"),
        ({"conversation": "c", "message_id": 7, "text": "x"}, "message_id"),
        ({"conversation": "c", "message_id": "m", "text": "长" * 2001}, "text"),
        ({"conversation": "c", "message_id": "m", "text": "x", "metadata": "y"}, "metadata"),
    ],
)
def test_a_body_that_is_no_turn_is_refused_by_name(engine: Engine, body: Any, named: str) -> None:
    status, refused = engine.post(body)
    assert (status, refused["error"]) == (400, "bad_request")
    assert named in refused["message"]


def test_turns_sent_together_are_all_answered(engine: Engine) -> None:
    def send(number: int) -> str:
        return str(engine.say("together", f"m{number}", "看电视一个月多少钱")["messages"][0]["text"])

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(send, range(6))) == ["24 元/月。"] * 6
    assert engine.events("together", "user") == 6


def test_a_long_conversation_keeps_the_form_in_hand(engine: Engine) -> None:
    engine.say("long", "m0", "电视没信号")
    engine.say("long", "m1", "八一家园9栋2单元301")
    number = 1
    while engine.events("long", "session_started") < 2:
        number += 1
        assert number < 60, "no session was renewed"
        answer = engine.say("long", f"m{number}", "看电视一个月多少钱")
        assert answer["messages"][-1]["text"] == "请问您的电话是？"
    assert engine.say("long", f"m{number}", "看电视一个月多少钱") == answer
    last = engine.say("long", "last", "13807911234")
    assert last["messages"] == [{"text": "已登记：八一家园9栋2单元301，+8613807911234。", "buttons": []}]


def test_no_log_line_holds_what_the_customer_wrote(engine: Engine) -> None:
    engine.say("private", "m1", "我家电视没信号了，住红谷滩区，电话13970045678", correlation_id="private-1")
    lines = [json.loads(line) for line in engine.log.splitlines() if line.startswith("{")]
    assert any(line.get("correlation_id") == "private-1" for line in lines)
    for written in ("13970045678", "红谷滩", "没信号"):
        assert written not in json.dumps(lines, ensure_ascii=False)


def test_the_health_address_needs_no_token(engine: Engine) -> None:
    assert engine.get() == (200, {"status": "ok"})
