"""The conversation that has to work, from the first word to the ticket, and what it leaves in the logs."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from scripts.services import ROOT
from tests.acceptance.stage import (
    NAMES,
    PATIENCE,
    Stage,
    a_phone,
    accepted,
    due,
    log_lines,
    log_time,
    number_told,
    spoken,
    traces,
)
from tests.dialogues.runner import Customer, characteristics, owner

pytestmark = pytest.mark.timeout(300)
PHONE = "13807911234"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A conversation that is over: what was answered to each sentence, and the tickets it left."""

    customer: Customer
    answers: dict[str, str]
    tickets: list[dict[str, Any]]


@pytest.fixture(scope="module")
def held(shared_stage: Stage) -> Held:
    customer = shared_stage.customer()
    answers = {
        text: "\n".join(said["text"] for said in customer.say(text, within=PATIENCE))
        for text in (
            f"我家电视没信号了，住南昌市红谷滩区，电话{PHONE}",
            "都试过了，直接报修",
            "丰和北大道66号3栋502",
            "对",
        )
    }
    return Held(customer=customer, answers=answers, tickets=shared_stage.tickets(customer))


def test_what_was_said_is_not_asked_again(held: Held) -> None:
    *asked, _ = held.answers.values()
    assert "几栋几号" in asked[1]
    assert not any("电话是" in answer or "哪个区" in answer for answer in asked)
    assert "南昌市红谷滩区丰和北大道66号3栋502" in asked[2]
    assert "138 0791 1234" in asked[2]


def test_exactly_one_ticket_has_the_report_its_owner_and_its_promise(held: Held) -> None:
    (ticket,) = held.tickets
    assert ticket["ticketType"] == "fault"
    assert characteristics(ticket)["contactPhone"] == "+8613807911234"
    assert characteristics(ticket)["subject"] == "no_signal"
    assert owner(ticket)
    assert due(ticket) - accepted(ticket) == timedelta(hours=24)
    assert accepted(ticket) == log_time(held.customer, "对")


def test_the_customer_is_told_what_the_ticket_says(held: Held) -> None:
    (ticket,) = held.tickets
    told = held.answers["对"]
    assert spoken(due(ticket)) in told
    assert f"工号 {owner(ticket)}" in told
    assert number_told(held.customer, ticket["id"]) == 1


def test_the_list_of_all_tickets_shows_it_once(held: Held, stage: Stage) -> None:
    (ticket,) = held.tickets
    listed = stage.backend.get("/tmf-api/troubleTicket/v5/troubleTicket", params={"limit": 200}).raise_for_status()
    assert [shown["id"] for shown in listed.json()].count(ticket["id"]) == 1


@pytest.mark.parametrize(
    ("told", "as_spoken"),
    [
        ("13907915678", ("13907915678",)),
        ("139 0791 5679", ("13907915679",)),
        ("139-0791-5680", ("13907915680",)),
        ("一三九零七九一五六八一", ("13907915681", "一三九零七九一五六八一")),
    ],
)
def test_no_log_holds_the_phone_the_address_or_the_words(stage: Stage, told: str, as_spoken: tuple[str, ...]) -> None:
    customer = stage.customer()
    for text in (f"我家宽带上不了网，住青云谱区洪都中大道八一家园9栋2单元301，电话{told}", "都试过了，直接报修", "对"):
        heard = customer.say(text, within=PATIENCE)
    assert "工单号" in heard[0]["text"]

    phone, *spelt = as_spoken
    words = ("上不了网", "青云谱", "洪都中大道", "八一家园", "9栋2单元", "直接报修", told, *spelt)
    assert traces(stage.system, phone=phone, words=words) == []


def test_no_log_holds_the_first_conversation_either(held: Held, stage: Stage) -> None:
    words = ("没信号", "红谷滩", "丰和北大道", "66号3栋", "请您核对")
    assert traces(stage.system, phone=PHONE, words=words) == []


def test_a_correlation_id_leads_through_the_logs_of_all_four(stage: Stage) -> None:
    customer = stage.about_to_confirm(phone=a_phone())
    sent = customer.http.post(
        "/chat/messages",
        json={"id": "confirmed", "text": "对"},
        headers={"Authorization": f"Bearer {customer.token}", "X-Correlation-Id": "a-turn-to-follow"},
    )
    assert sent.status_code == 202
    stage.hears(customer, "工单号")

    found = {
        name
        for name in NAMES
        if any(line.get("correlation_id") == "a-turn-to-follow" for line in log_lines(stage.system, name))
    }
    assert found == set(NAMES)


def test_every_line_of_a_turn_names_its_turn(stage: Stage) -> None:
    """Of the lines that a conversation adds to the logs, none is without its correlation id."""
    before = {name: len(list(log_lines(stage.system, name))) for name in NAMES}
    customer = stage.about_to_confirm(phone=a_phone())
    customer.say("对", within=PATIENCE)

    added = [line for name in NAMES for line in list(log_lines(stage.system, name))[before[name] :]]
    looking = ("/tmf-api/",)  # our own
    assert [line for line in added if not line.get("correlation_id") and line.get("path") not in looking] == []
    assert len(added) > len(NAMES)


def test_every_line_of_every_log_is_json(held: Held, stage: Stage) -> None:
    for name in NAMES:
        assert [line for line in stage.system.log(name).splitlines() if line and not line.startswith("{")] == [], name


def test_make_chat_holds_a_conversation_with_piped_input(stage: Stage) -> None:
    phone = a_phone()
    lines = [f"我家电视没信号了，住红谷滩区丰和北大道66号3栋502，电话{phone}", "3", "1", "谢谢"]
    talked = subprocess.run(
        (sys.executable, "-m", "bot.chat"),
        cwd=ROOT,
        env=stage.system.environ,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (talked.returncode, talked.stderr) == (0, "")
    assert "客户 都试过了，直接报修" in talked.stdout  # what the third button says
    assert "客户 对" in talked.stdout
    assert "工单号" in talked.stdout
    listed = stage.backend.get("/tmf-api/troubleTicket/v5/troubleTicket", params={"limit": 200}).raise_for_status()
    assert [characteristics(ticket)["contactPhone"] for ticket in listed.json()].count(f"+86{phone}") == 1
