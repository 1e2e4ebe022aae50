"""The web chat's translation: what a page sends ⇄ our message."""

import json
from datetime import UTC, datetime

import pytest

from bot.channels.webchat import Incoming, parse, parse_seq, render, render_event
from bot.conversations.messages import Button, Message, Speaker
from bot.errors import NotJson, TextMissing, TextTooLong, WrongFields


def body(**fields: object) -> bytes:
    return json.dumps({"id": "m1", "text": "你好"} | fields).encode()


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("你好", "你好"),
        ("  你好\r\n", "你好"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("电\x00视\x1b", "电视"),
        ("半个\ud83d表情", "半个表情"),
        ("📺👨‍👩‍👧", "📺👨‍👩‍👧"),
        ("/restart", "/restart"),
        ("字" * 1000, "字" * 1000),
        (" " * 200 + "字" * 1000, "字" * 1000),
    ],
)
def test_a_text_is_taken_without_what_no_log_can_hold(text, understood):
    assert parse(body(text=text)) == Incoming(id="m1", text=understood)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", NotJson),
        (b"hello", NotJson),
        (b"{", NotJson),
        (b"\xff\xfe", NotJson),
        (b"[" * 60_000, NotJson),
        (b"9" * 50_000, NotJson),
        (b"[]", WrongFields),
        (b"null", WrongFields),
        (b'"text"', WrongFields),
        (b"{}", WrongFields),
        (b'{"text": "x"}', WrongFields),
        (b'{"id": "m1"}', WrongFields),
        (body(id=None), WrongFields),
        (body(id=7), WrongFields),
        (body(id=""), WrongFields),
        (body(id="x" * 129), WrongFields),
        (body(id="a\nb"), WrongFields),
        (body(id="a\x00"), WrongFields),
        (body(id="\ud800"), WrongFields),
        (body(id=["m1"]), WrongFields),
        (body(text=None), WrongFields),
        (body(text=1), WrongFields),
        (body(text=True), WrongFields),
        (body(text=["你好"]), WrongFields),
        (body(text={"text": "你好"}), WrongFields),
        (body(text=""), TextMissing),
        (body(text=" \n\t"), TextMissing),
        (body(text="　　"), TextMissing),
        (body(text="\u200b\ufeff\u200d"), TextMissing),
        (body(text="\x00\x01"), TextMissing),
        (body(text="字" * 1001), TextTooLong),
        (body(text="📺" * 1001), TextTooLong),
    ],
)
def test_bad_input_is_refused_with_its_reason(sent, refusal):
    with pytest.raises(refusal):
        parse(sent)


@pytest.mark.parametrize(("given", "seq"), [(None, 0), ("", 0), ("0", 0), ("17", 17), ("9" * 400, 2**31 - 1)])
def test_a_place_in_the_log_is_a_number(given, seq):
    assert parse_seq(given, name="after") == seq


@pytest.mark.parametrize("given", ["-1", "1.5", "x", "１", "1e3", "²"])
def test_anything_else_is_no_place_in_the_log(given):
    with pytest.raises(WrongFields, match="after"):
        parse_seq(given, name="after")


def test_a_message_is_shown_with_its_buttons_and_time():
    message = Message(
        seq=4,
        speaker=Speaker.BOT,
        text="第一行\n第二行",
        buttons=(Button(title="对", payload="对的"),),
        at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
    )

    shown = {
        "seq": 4,
        "from": "bot",
        "text": "第一行\n第二行",
        "buttons": [{"title": "对", "payload": "对的"}],
        "at": "2026-11-21T02:00:00.000+00:00",
    }
    assert render(message) == shown
    head, name, data, *end = render_event(message).split("\n")
    assert (head, name, end) == ("id: 4", "event: message", ["", ""])
    assert json.loads(data.removeprefix("data: ")) == shown
