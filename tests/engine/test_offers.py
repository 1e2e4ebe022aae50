"""What is acted on, what is offered as a choice and what is asked again; in the engine and in what measures it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.nlu.decision import Outcome, Thresholds, outcome
from engine.nlu.reader import Reader
from tests.engine.conftest import Engine

THRESHOLDS = Thresholds(act=0.4, sure=0.8, close=0.6, least=0.05)

DECIDED = """
    ask_fee 0.80, ask_process_pay 0.20                                   | act ask_fee
    ask_fee 0.79, ask_process_pay 0.20                                   | offer ask_fee ask_process_pay
    ask_fee 0.30, ask_process_pay 0.25, ask_outlet 0.20, ask_outage 0.15 | offer ask_fee ask_process_pay ask_outlet
    ask_fee 0.75, ask_process_pay 0.04, ask_outlet 0.04                  | act ask_fee
    ask_fee 0.30, ask_process_pay 0.20, ask_outlet 0.06                  | fallback
    ask_fee 0.39, greet 0.31, thanks 0.30                                | fallback
    ask_fee 0.45, greet 0.40, ask_outlet 0.15                            | offer ask_fee ask_outlet
    greet 0.45, ask_fee 0.30, ask_outlet 0.25                            | act greet
    out_of_scope 0.38, ask_fee 0.35, ask_outlet 0.27                     | offer ask_fee ask_outlet
    out_of_scope 0.55, ask_fee 0.45                                      | act out_of_scope
"""


def rows(table: str) -> list[tuple[list[tuple[str, float]], Outcome]]:
    found = []
    for row in table.strip().splitlines():
        ranking, wanted = row.split("|")
        kind, *intents = wanted.split()
        pairs = (each.split() for each in ranking.split(","))
        found.append(([(name, float(chance)) for name, chance in pairs], Outcome(kind, tuple(intents))))
    return found


@pytest.mark.parametrize(("ranking", "wanted"), rows(DECIDED))
def test_close_guesses_are_offered_where_they_are_matters_of_ours(
    ranking: list[tuple[str, float]], wanted: Outcome
) -> None:
    assert outcome(ranking, THRESHOLDS) == wanted


def test_in_a_form_the_best_guess_acts() -> None:
    close = [("ask_fee", 0.5), ("ask_process_pay", 0.4)]
    assert outcome(close, THRESHOLDS, in_form=True) == Outcome("act", ("ask_fee",))


def test_without_thresholds_no_choice_is_offered() -> None:
    assert outcome([("ask_fee", 0.5), ("ask_process_pay", 0.4)], Thresholds()) == Outcome("act", ("ask_fee",))


@pytest.mark.parametrize(
    ("decided", "rejected"),
    [
        (Outcome("fallback"), True),
        (Outcome("act", ("out_of_scope",)), True),
        (Outcome("act", ("ask_fee",)), False),
        (Outcome("offer", ("ask_fee", "ask_outlet")), False),
    ],
)
def test_asking_again_and_declining_are_both_rejections(decided: Outcome, rejected: bool) -> None:
    assert decided.rejected is rejected


BOTH = "人工 多少钱"  # a person and a price in one breath


def test_a_choice_names_its_candidates_and_no_other(engine: Engine, tiny_project: Path) -> None:
    read = Reader.newest(tiny_project / "models").read(BOTH)
    assert read.outcome.kind == "offer", read.ranking[:3]
    told = engine.say("offer-1", "1", BOTH)
    assert told["understood"]["intent"] == "nlu_offer"
    assert tuple(each["name"] for each in told["understood"]["ranking"]) == read.outcome.intents
    assert [message["text"] for message in told["messages"]] == ["您是要哪一样？"]


def test_while_a_form_asks_nothing_is_offered(engine: Engine) -> None:
    engine.say("offer-2", "1", "电视没信号")
    assert engine.say("offer-2", "2", BOTH)["understood"]["intent"] in ("ask_fee", "request_human")


@pytest.mark.parametrize(
    "text",
    [
        "电视没信号",
        "看电视一个月多少钱啊",
        "我住西湖区抚生路二百四十号，電話138 0791 1234",
        "一三八零七九一一二三四",
        "有没有人",
        BOTH,
        "呃那个转人工吧",
        "你们那什么菜好吃",
    ],
)
def test_what_is_measured_is_what_the_engine_does(engine: Engine, tiny_project: Path, text: str) -> None:
    read = Reader.newest(tiny_project / "models").read(text)
    understood = engine.say(f"same-{text}", "1", text)["understood"]
    acted = {"act": read.outcome.intents[:1], "offer": ("nlu_offer",), "fallback": ("nlu_fallback",)}
    assert (understood["intent"],) == acted[read.outcome.kind]
    kept = [each for each in read.ranking if read.outcome.kind != "offer" or each[0] in read.outcome.intents]
    assert [each["name"] for each in understood["ranking"]] == [name for name, _ in kept[:3]]
    assert [each["confidence"] for each in understood["ranking"]] == pytest.approx(
        [chance for _, chance in kept[:3]], abs=1e-3
    )
    assert understood["entities"] == [{"entity": span.entity, "value": span.value} for span in read.spans]
