"""Any of the four may be killed at any moment: nothing that was taken in is lost, done twice or told twice."""

from collections.abc import Callable

import pytest

from tests.acceptance.stage import (
    GIVEN_UP,
    PATIENCE,
    Stage,
    a_phone,
    accepted,
    due,
    eventually,
    log_lines,
    log_time,
    number_told,
    spoken,
    traces,
)
from tests.dialogues.runner import Customer

pytestmark = pytest.mark.timeout(400)
THE_END = "还有别的事吗"  # of the turn that files


def test_a_report_confirmed_while_the_backend_is_down_is_kept_and_filed_with_its_first_acceptance(stage: Stage) -> None:
    phone = a_phone()
    customer = stage.about_to_confirm(phone=phone)
    stage.system.kill("backend")

    told = "\n".join(said["text"] for said in customer.say("对", within=PATIENCE))
    confirmed = log_time(customer, "对")
    listed, waiting = stage.unfiled()
    assert "工单号和首问责任人稍后自动发给您" in told
    assert waiting == 1
    assert phone not in listed
    assert "丰和北大道" not in listed

    stage.system.kill("actions")
    stage.system.start("actions")
    assert stage.unfiled()[1] == 1

    stage.system.start("backend")
    stage.nothing_waits()
    (ticket,) = stage.tickets(customer)
    assert accepted(ticket) == confirmed
    assert spoken(due(ticket)) in told
    assert number_told(customer, ticket["id"]) == 1
    arrived = stage.hears(customer, "已正式立单")
    assert arrived["from"] == "bot"
    assert spoken(due(ticket)) in arrived["text"]


# Each leaves the filing turn hanging at its moment; the engine is killed then.
def before_the_engine_reads_it(stage: Stage, customer: Customer) -> None:
    stage.system.freeze("engine")
    customer.send("对")
    stage.asked("engine")


def before_the_action_runs(stage: Stage, customer: Customer) -> None:
    stage.system.freeze("actions")
    customer.send("对")
    stage.asked("actions")


def while_the_backend_files(stage: Stage, customer: Customer) -> None:
    stage.system.freeze("backend")
    customer.send("对")
    stage.asked("backend")


def when_the_ticket_is_stored_and_nobody_knows_it(stage: Stage, customer: Customer) -> None:
    while_the_backend_files(stage, customer)
    stage.system.freeze("actions")
    stage.system.thaw("backend")
    eventually(lambda: stage.tickets(customer), what="a ticket stored")


def when_the_report_was_kept_for_later(stage: Stage, customer: Customer) -> None:
    while_the_backend_files(stage, customer)
    stage.system.freeze("engine")
    eventually(lambda: stage.unfiled()[1] == 1, what="the report kept")


@pytest.mark.parametrize(
    "hanging",
    [
        before_the_engine_reads_it,
        before_the_action_runs,
        while_the_backend_files,
        when_the_ticket_is_stored_and_nobody_knows_it,
        when_the_report_was_kept_for_later,
    ],
)
def test_an_engine_killed_in_the_filing_turn_files_once_and_tells_once(
    stage: Stage, hanging: Callable[[Stage, Customer], None]
) -> None:
    customer = stage.about_to_confirm(phone=a_phone())

    hanging(stage, customer)
    stage.system.kill("engine")
    stage.clear()

    stage.hears(customer, THE_END)
    stage.nothing_waits()
    (ticket,) = stage.tickets(customer)
    assert accepted(ticket) == log_time(customer, "对")
    assert number_told(customer, ticket["id"]) == 1
    assert any(spoken(due(ticket)) in said["text"] for said in customer.heard(after=0))


@pytest.mark.parametrize("answered", [False, True], ids=["before the engine answers", "with the answer on its way"])
def test_a_bot_killed_between_message_and_answer_answers_once(stage: Stage, *, answered: bool) -> None:
    customer = stage.about_to_confirm(phone=a_phone())
    stage.system.freeze("engine")
    seq = customer.send("对")
    stage.asked("engine")
    if answered:
        taken = turns_taken(stage)
        stage.system.freeze("bot")
        stage.system.thaw("engine")
        eventually(lambda: turns_taken(stage) > taken, what="the engine's answer")
    stage.system.kill("bot")
    stage.system.thaw("engine")
    stage.system.start("bot")

    stage.hears(customer, THE_END, after=seq)
    (ticket,) = stage.tickets(customer)
    assert number_told(customer, ticket["id"]) == 1
    customer.say("谢谢", within=PATIENCE)  # and nothing of the old turn comes after it
    assert number_told(customer, ticket["id"]) == 1


def turns_taken(stage: Stage) -> int:
    return sum(line["event"] == "turn taken" for line in log_lines(stage.system, "engine"))


def test_messages_that_came_while_the_actions_were_down_are_told_to_wait_and_answered_later(stage: Stage) -> None:
    """However often they are tried meanwhile: no turn is to blame."""
    customer = stage.customer()
    stage.system.kill("actions")
    for text in ("您好", "在吗", "有人吗", "电视没信号"):
        kept = stage.hears(customer, "已经收到并保存好", after=customer.send(text))
        assert kept["from"] == "system"

    stage.system.start("actions")
    stage.hears(customer, "指示灯亮吗")
    assert "地址" in customer.say("都试过了，直接报修", within=PATIENCE)[-1]["text"]
    assert not any(GIVEN_UP in said["text"] for said in customer.heard(after=0))


def test_a_message_whose_action_hangs_is_given_up_aloud_and_the_next_one_works(stage: Stage) -> None:
    customer = stage.customer()
    stage.system.freeze("actions")
    customer.send("电视没信号")
    stage.hears(customer, GIVEN_UP)

    stage.system.thaw("actions")
    assert "指示灯亮吗" in customer.say("电视没信号", within=PATIENCE)[-1]["text"]


def test_none_of_this_left_a_customer_s_words_in_a_log(stage: Stage) -> None:
    """The last test of this module: what went wrong before it has been logged."""
    words = ("没信号", "红谷滩", "丰和北大道", "66号3栋", "请您核对")
    phone = a_phone()
    customer = stage.about_to_confirm(phone=phone)
    stage.system.kill("backend")
    customer.say("对", within=PATIENCE)
    stage.system.kill("actions")
    stage.clear()
    stage.nothing_waits()

    assert traces(stage.system, phone=phone, words=words) == []
    assert traces(stage.system, phone=a_phone()[:8], words=()) == []  # whoever gave one here
