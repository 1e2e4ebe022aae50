"""The log: lines of JSON, with the correlation id of the turn, and without anybody's phone or address."""

import asyncio
import io
import json
import logging

import pytest
import structlog

from backend import telemetry


@pytest.fixture
def log():
    """Configures the log of a process onto a stream; gives its lines, and puts everything back."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    telemetry.configure(process="backend", stream=stream)
    structlog.contextvars.clear_contextvars()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    "phone",
    [
        "13807911234",
        "+8613807911234",
        "8613807911234",
        "138 0791 1234",
        "138-0791-1234",
        "+86 138 0791 1234",
        "0791-86225227",
        "079186225227",
        "+8679186225227",
        "6225227",
        "86225227",
    ],
)
def test_whatever_looks_like_a_phone_is_hidden(phone):
    assert telemetry.mask(f"电话{phone}，谢谢") == "电话***，谢谢"
    assert telemetry.mask({"list": [f"/x/{phone}"]}) == {"list": ["/x/***"]}


@pytest.mark.parametrize(
    "harmless", ["2026-11-20T10:30:00Z", "26112000423", "96130", "R1.14", "0123456789abcdef", "127.0.0.1:8100", "1.25"]
)
def test_what_is_no_phone_stays_readable(harmless):
    assert telemetry.mask(f"see {harmless}.") == f"see {harmless}."


@pytest.mark.parametrize("value", [None, True, 0.25, 42])
def test_plain_values_stay_what_they_are(value):
    assert telemetry.mask(value) is value


def test_a_phone_as_a_number_is_hidden_too():
    assert telemetry.mask(13807911234) == "***"


def test_an_object_is_logged_as_its_masked_text():
    assert telemetry.mask(ValueError("13807911234 is taken")) == "*** is taken"


def test_what_a_customer_said_is_hidden_by_its_name_whatever_it_is(log):
    structlog.get_logger().info(
        "filed", address="世贸路1号", text="没信号", contact_phone=None, matter_id="m-13807911234"
    )

    (line,) = log()
    assert (line["address"], line["text"], line["contact_phone"]) == ("***", "***", None)
    assert line["matter_id"] == "m-13807911234"


def test_a_line_carries_the_process_the_time_and_the_correlation_id(log):
    telemetry.bind(correlation_id="turn-1")
    structlog.get_logger().info("request", status=200)

    (line,) = log()
    assert (line["process"], line["correlation_id"], line["status"]) == ("backend", "turn-1", 200)
    assert line["timestamp"].endswith("Z")


async def test_turns_at_the_same_time_keep_their_own_correlation_ids(log):
    async def turn(correlation_id: str) -> None:
        telemetry.bind(correlation_id=correlation_id)
        await asyncio.sleep(0)
        structlog.get_logger().info("request", expected=correlation_id)

    await asyncio.gather(*(asyncio.create_task(turn(f"turn-{which}")) for which in range(5)))

    assert all(line["correlation_id"] == line["expected"] for line in log())


def test_lines_of_libraries_and_tracebacks_pass_through_the_same_mask(log):
    try:
        raise ValueError("no such customer: 13807911234")
    except ValueError:
        logging.getLogger("some.library").exception("failed for %s", "+86 138 0791 1234")

    (line,) = log()
    assert line["event"] == "failed for ***"
    assert "no such customer: ***" in line["exception"]
    assert line["level"] == "error"


@pytest.mark.parametrize("sent", [None, "", "x" * 65, 'a"b', "a b", "编号\n"])
def test_a_correlation_id_that_could_write_into_the_log_is_replaced(sent):
    assert telemetry.accepted_correlation_id(sent) != sent


def test_a_plain_correlation_id_is_taken_over():
    assert telemetry.accepted_correlation_id("turn-1.a:b_c") == "turn-1.a:b_c"
