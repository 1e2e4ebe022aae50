"""回访的回答: what is said to our question whether it works now."""

from datetime import UTC, datetime

import pytest

from actions.turn import Turn
from actions.visit_asked import solved
from backend.domain.vocabulary import Channel


def a_turn(text, intent, **known):
    usual = {
        "conversation": "visit:26112000018:0:1",
        "entities": (),
        "channel": Channel.HOTLINE,
        "accepted_at": datetime(2026, 11, 29, 2, tzinfo=UTC),
        "correlation_id": "c",
        "slots": {},
        "active_form": None,
        "last_said": (),
        "misunderstood_before": 0,
        "visit": "26112000018",
    }
    return Turn(text=text, intent=intent, **(usual | known))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("嗯", "affirm"),
        ("对", "affirm"),
        ("没问题", "affirm"),
        ("还行", "affirm"),
        ("正常了", "return_visit_satisfied"),
        ("还不错", "return_visit_satisfied"),
        ("对 谢谢啊", "thanks"),
    ],
)
def test_a_yes_however_short_means_that_it_works(text, intent):
    assert solved(a_turn(text, intent)) is True


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("没有", "deny"),
        ("不行", "deny"),
        ("还没修好", "return_visit_unsatisfied"),
        ("不正常", "return_visit_satisfied"),  # as the engine reads it
        ("不太好", "affirm"),
        ("晚上又花了", "nlu_fallback"),
        ("又没信号了", "report_fault_no_signal"),
        ("还是老样子", "nlu_fallback"),
        ("修了三回了又坏", "complain_repeat_fault"),
    ],
)
def test_a_no_in_any_words_and_a_fault_reported_anew_mean_that_it_does_not(text, intent):
    assert solved(a_turn(text, intent)) is False


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("你们几点下班", "ask_outlet_hours"),
        ("好了吗", "return_visit_satisfied"),
        ("转人工", "request_human"),
        ("我要投诉", "complain_other"),
        ("喂", "greet"),
        ("谢谢", "thanks"),
    ],
)
def test_anything_else_is_no_answer(text, intent):
    assert solved(a_turn(text, intent)) is None


def test_without_our_question_and_within_a_form_it_is_read_as_it_stands():
    assert solved(a_turn("没有", "deny", visit=None)) is None
    assert solved(a_turn("没有", "deny", slots={"requested_slot": "fault_self_check"})) is None
