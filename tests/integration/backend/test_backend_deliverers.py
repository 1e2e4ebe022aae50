"""How messages leave: into conversations through the bot, and to phones through a file or the operator's sender."""

import json
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Semaphore

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug import Response

from backend.ports import Medium, Message, Undeliverable
from backend.settings import Settings, SettingsInvalid
from backend.time_limit import TimeLimit
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.conversation import ToConversation
from backend.work.deliverers.phone import FileSender, ToPhone
from backend.work.delivery import DELIVERERS
from tests.integration.backend.support import BOT_TOKEN, FRIDAY_EVENING, NOBODY, ROOT, TOKEN

PHONE = "+8613807911234"
ENOUGH = 30.0  # seconds: only a test that fails waits so long


def a_message(key="k1", **said: object) -> Message:
    usual = {
        "medium": Medium.CONVERSATION,
        "recipient": "conversation-of-zhang",
        "subject": "26112000018",
        "body": {"text": "已修好"},
        "not_before": FRIDAY_EVENING,
    }
    return Message(key=key, **(usual | said))


@pytest.fixture
def to_conversation(httpserver):
    return ToConversation(bot=Bot(url=httpserver.url_for("").rstrip("/"), token=BOT_TOKEN))


@pytest.mark.parametrize("status", [202, 200])
def test_a_message_becomes_a_notice_that_the_bot_knows_again_by_its_id(httpserver, to_conversation, status):
    notice = {"id": "k1", "conversation": "conversation-of-zhang", "text": "已修好"}
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    httpserver.expect_request("/internal/notices", method="POST", json=notice, headers=headers).respond_with_json(
        {"seq": 1, "reach": "chat"}, status=status
    )

    assert to_conversation(a_message(), time_out=ENOUGH) is None

    httpserver.check()


@pytest.mark.parametrize(("reach", "by_phone"), [("none", True), ("chat", False), ("wechat", False), ("call", False)])
def test_what_reached_nobody_in_the_conversation_goes_to_the_phone(httpserver, to_conversation, reach, by_phone):
    httpserver.expect_request("/internal/notices").respond_with_json({"seq": 1, "reach": reach})
    body = {"text": "已修好", "phone": PHONE}

    follows = to_conversation(a_message(body=body), time_out=ENOUGH)

    assert bool(follows) is by_phone
    if follows:
        assert (follows.medium, follows.recipient, follows.body["text"]) == (Medium.SMS, PHONE, "已修好")


def test_a_conversation_that_the_bot_never_had_is_no_reason_to_tell_nobody(httpserver, to_conversation):
    httpserver.expect_request("/internal/notices").respond_with_data(status=404)

    follows = to_conversation(a_message(body={"text": "已修好", "phone": PHONE}), time_out=ENOUGH)

    assert follows.recipient == PHONE


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null"])
def test_an_answer_that_does_not_say_whom_it_reached_is_no_delivery(httpserver, to_conversation, answer):
    httpserver.expect_request("/internal/notices").respond_with_data(answer)

    with pytest.raises(NotDelivered, match="out of shape"):
        to_conversation(a_message(), time_out=ENOUGH)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, Undeliverable), (409, Undeliverable), (422, Undeliverable), (401, NotDelivered), (503, NotDelivered)],
)
def test_what_the_bot_never_takes_is_given_up_the_rest_is_tried_again(httpserver, to_conversation, status, outcome):
    httpserver.expect_request("/internal/notices").respond_with_data(status=status)

    with pytest.raises(outcome, match=f"HTTP {status}"):
        to_conversation(a_message(), time_out=ENOUGH)


def slowly(_request):
    time.sleep(0.5)
    return Response(status=202)


def test_a_bot_that_is_not_there_or_too_slow_is_tried_again(httpserver, to_conversation):
    with pytest.raises(NotDelivered, match="ConnectError"):
        ToConversation(bot=Bot(url=NOBODY, token=BOT_TOKEN))(a_message(), time_out=ENOUGH)

    httpserver.expect_request("/internal/notices").respond_with_handler(slowly)
    with pytest.raises(NotDelivered, match="ReadTimeout"):
        to_conversation(a_message(), time_out=0.1)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def sms(tmp_path):
    return tmp_path / "outgoing" / "sms.jsonl"


def send(path: Path, *keys: str) -> None:
    deliver = ToPhone(sender=FileSender(path=path))
    for key in keys:
        deliver(a_message(key, medium=Medium.SMS, recipient=PHONE), time_out=ENOUGH)


def test_a_text_to_a_phone_is_a_line_of_the_file_that_only_we_may_read(sms):
    send(sms, "k1")

    (line,) = lines(sms)
    assert (line["key"], line["to"], line["text"]) == ("k1", PHONE, "已修好")
    assert sms.stat().st_mode & 0o077 == 0


def test_a_key_is_sent_once_also_after_a_restart_and_beside_another_process(sms):
    one, other = FileSender(path=sms), FileSender(path=sms)
    for sender in (one, other, one, other):
        for key in ("k1", "k2"):
            sender.send(to=PHONE, text="已修好", key=key, time_out=ENOUGH)
    send(sms, "k1", "k2", "k3")

    assert [line["key"] for line in lines(sms)] == ["k1", "k2", "k3"]


def test_a_line_that_a_kill_cut_short_was_not_sent_and_is_sent_again(sms):
    send(sms, "k1", "k2")
    whole = sms.read_bytes()
    for cut in range(len(whole.splitlines(keepends=True)[0]), len(whole)):
        sms.write_bytes(whole[:cut])
        send(sms, "k1", "k2")
        assert [line["key"] for line in lines(sms)] == ["k1", "k2"]


def test_a_file_that_was_set_aside_is_begun_anew(sms):
    sender = FileSender(path=sms)
    for key in ("k1", "k2"):
        sender.send(to=PHONE, text="已修好", key=key, time_out=ENOUGH)
    sms.rename(sms.with_suffix(".1"))
    for key in ("k2", "k3"):
        sender.send(to=PHONE, text="已修好", key=key, time_out=ENOUGH)

    assert [line["key"] for line in lines(sms)] == ["k3"]


KILLED = """
import sys
from pathlib import Path
from backend.work.deliverers.phone import FileSender
sender = FileSender(path=Path(sys.argv[1]))
for number in range(100_000):
    sender.send(to="96130", text="x" * 200, key=f"k{number}", time_out=1.0)
    print(number, flush=True)
"""


def test_what_was_sent_before_a_kill_stands_in_the_file_once(sms):
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(sms)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    sent = [process.stdout.readline().strip() for _ in range(20)]
    process.kill()
    sent += process.stdout.read().split()
    process.wait()
    process.stdout.close()
    send(sms, *(f"k{number}" for number in sent), "the-last")

    keys = [line["key"] for line in lines(sms)]
    assert len(keys) == len(set(keys))
    assert keys[: len(sent)] == [f"k{number}" for number in sent]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(st.sampled_from(["k1", "k2", "k3", "restart"]), max_size=30))
def test_however_often_and_in_whatever_order_messages_are_replayed_each_is_sent_once(tmp_path_factory, history):
    path = tmp_path_factory.mktemp("outgoing") / "sms.jsonl"
    sender = FileSender(path=path)
    for step in ["k1", *history]:
        if step == "restart":
            sender = FileSender(path=path)
        else:
            sender.send(to=PHONE, text=step, key=step, time_out=ENOUGH)

    expected = list(dict.fromkeys(step for step in ["k1", *history] if step != "restart"))
    assert [line["key"] for line in lines(path)] == expected


def made(medium, store, tmp_path, **environ: str):
    usual = {"SHOUWEN_BACKEND_TOKEN": TOKEN, "SHOUWEN_BOT_TOKEN": BOT_TOKEN, "SHOUWEN_VAR": str(tmp_path)}
    return DELIVERERS[medium](Settings.from_environ(usual | environ), store)


class OwnSender:
    sent: list[dict] = []  # noqa: RUF012 - read by the test

    def send(self, **said):
        self.sent.append(said)


def own_sender(environ):
    assert environ["PATH"]
    return OwnSender()


def test_an_operator_plugs_in_a_sender_of_its_own(store, tmp_path):
    deliver = made(Medium.SMS, store, tmp_path, SHOUWEN_SMS=f"{__name__}:own_sender")
    sys.modules[__name__].OwnSender.sent.clear()

    deliver(a_message(medium=Medium.SMS, recipient=PHONE), time_out=ENOUGH)

    assert OwnSender.sent == [{"to": PHONE, "text": "已修好", "key": "k1", "time_out": ENOUGH}]


class HangingSender:
    """Waits for ever – until the test lets go of it."""

    def __init__(self) -> None:
        self.let_go = Event()
        self.called = 0

    def send(self, **_said):
        self.called += 1
        self.let_go.wait()


@pytest.fixture
def hanging():
    sender = HangingSender()
    yield sender
    sender.let_go.set()


def test_a_sender_that_hangs_holds_up_nobody_and_is_tried_again(hanging):
    deliver = ToPhone(sender=hanging)

    with pytest.raises(NotDelivered, match="TookTooLong"):
        deliver(a_message(medium=Medium.SMS, recipient=PHONE), time_out=0.1)


def test_one_that_hangs_for_ever_is_called_only_so_often(hanging):
    deliver = ToPhone(sender=hanging, limit=TimeLimit(Semaphore(3)))
    for _ in range(5):
        with pytest.raises(NotDelivered):
            deliver(a_message(medium=Medium.SMS, recipient=PHONE), time_out=0.02)
    assert hanging.called == 3

    hanging.let_go.set()
    deliver(a_message(medium=Medium.SMS, recipient=PHONE), time_out=ENOUGH)
    assert hanging.called == 4


class BrokenSender:
    def send(self, **_said):
        raise Undeliverable("no such number")


def test_what_a_sender_raises_is_raised():
    with pytest.raises(Undeliverable, match="no such number"):
        ToPhone(sender=BrokenSender())(a_message(medium=Medium.SMS, recipient=PHONE), time_out=ENOUGH)


def test_without_one_each_medium_has_a_file_of_its_own(store, tmp_path):
    for medium in (Medium.SMS, Medium.PHONE):
        made(medium, store, tmp_path)(a_message(medium=medium, recipient=PHONE), time_out=ENOUGH)

    assert sorted(path.name for path in (tmp_path / "outgoing").iterdir()) == ["phone.jsonl", "sms.jsonl"]


@pytest.mark.parametrize("adapter", ["nowhere:make", f"{__name__}:nothing", "no module", f"{__name__}:PHONE"])
def test_a_sender_that_can_t_be_used_is_named_at_the_start(store, tmp_path, adapter):
    with pytest.raises(SettingsInvalid, match="SHOUWEN_PHONE"):
        made(Medium.PHONE, store, tmp_path, SHOUWEN_PHONE=adapter)


def test_every_medium_has_a_deliverer():
    assert set(DELIVERERS) == set(Medium)
