"""Of what a caller may have said, what is understood best becomes the turn, weighed by the recogniser's trust."""

from __future__ import annotations

from typing import Any

import pytest

from engine.alternatives import Alternative, read, understanding
from tests.engine.conftest import Engine


def listed(*alternatives: tuple[str, float | None]) -> Any:
    return [{"text": text, "confidence": confidence} for text, confidence in alternatives]


def understood(intent: str, confidence: float, *entities: str) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": confidence}]
    found = [{"entity": name} for name in entities]
    return {"intent": ranking[0], "intent_ranking": ranking, "entities": found}


HEARD = [
    # the recogniser's first makes no sense, its second does
    (listed(("阿门的事斤", 0.6), ("看电视一个月多少钱", 0.55)), "ask_fee", None),
    (listed(("看电视一个月多少钱", 0.9), ("阿门的事斤", 0.85)), "ask_fee", None),
    # both make sense: the recogniser is trusted
    (listed(("电视没信号", 0.9), ("看电视一个月多少钱", 0.4)), "report_fault_no_signal", None),
    (listed(("看电视一个月多少钱", 0.9), ("电视没信号", 0.4)), "ask_fee", None),
    # without figures the order counts
    (listed(("看电视一个月多少钱", None), ("电视没信号", None)), "ask_fee", None),
    # of two numbers the whole one
    (listed(("一三八零七九一一二三", 0.8), ("幺三八零七九幺幺二三四", 0.79)), "inform_phone", "+8613807911234"),
]


@pytest.mark.parametrize(("alternatives", "intent", "phone"), HEARD)
def test_what_is_understood_best_is_what_was_said(
    engine: Engine, alternatives: Any, intent: str, phone: str | None
) -> None:
    said = alternatives[0]["text"]
    conversation = "heard-" + "-".join(each["text"] for each in alternatives)
    answer = engine.say(conversation, "m1", said, channel="hotline", alternatives=alternatives)["understood"]

    assert answer["intent"] == intent
    assert not phone or phone in [entity["value"] for entity in answer["entities"]]


def test_a_choice_may_be_among_them(engine: Engine) -> None:
    engine.say("chosen", "m1", "您好", channel="hotline")
    heard = engine.say("chosen", "m2", "阿", channel="hotline", alternatives=listed(("阿", 0.5), ("第一个", 0.5)))

    assert heard["understood"]["intent"] == "report_fault_no_signal"


def test_the_same_turn_again_has_the_stored_answer(engine: Engine) -> None:
    said = {"channel": "hotline", "alternatives": listed(("阿", 0.5), ("您好", 0.5))}
    first = engine.say("again", "m1", "阿", **said)

    assert engine.say("again", "m1", "阿", **said) == first


def test_the_buttons_of_the_usual_wording_go_along_as_keys(engine: Engine) -> None:
    (message,) = engine.say("keys", "m1", "您好", channel="hotline")["messages"]

    assert message == {"text": "您好，请直接说。", "buttons": [{"title": "报修", "payload": "没信号"}]}


@pytest.mark.parametrize(
    "alternatives",
    [
        "电视",
        [{"text": ""}],
        [{"confidence": 0.5}],
        [{"text": "电视", "confidence": "much"}],
        [{"text": "电视", "confidence": 2}],
    ],
)
def test_what_is_no_list_of_alternatives_is_refused(engine: Engine, alternatives: Any) -> None:
    body = {"conversation": "bad", "message_id": "m1", "text": "电视", "metadata": {"alternatives": alternatives}}
    status, answer = engine.post(body)

    assert (status, answer["error"]) == (400, "bad_request")


def test_trust_is_relative_to_the_best_of_the_list() -> None:
    metadata = {"alternatives": listed(("甲", 0.4), ("乙", 0.2), ("甲", 0.1), ("丙", None))}

    assert read(metadata) == [Alternative("甲", 1.0), Alternative("乙", 0.5), Alternative("丙", 0.0)]
    assert read({}) == []


def test_what_is_not_understood_or_not_ours_counts_less() -> None:
    certain = understanding(understood("ask_fee", 0.6))

    assert certain > understanding(understood("out_of_scope", 0.9)) > understanding(understood("nlu_fallback", 0.8))
    assert understanding(understood("inform_phone", 0.9, "phone")) > understanding(understood("inform_phone", 0.9))
