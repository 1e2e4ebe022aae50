"""The tool that sets our classifier beside others: the same phrases for all, and nothing but shares."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import pytest
import yaml

from engine.nlu.decision import Decision
from scripts import nlu_compare
from scripts.nlu_compare import both, head, measured, sample
from scripts.nlu_rivals import Guesser, Phrases, learning, pipelines, training_file, with_epochs
from scripts.nlu_scores import Share

ROOT = Path(__file__).resolve().parents[2]
PHRASES = [(f"第{number}句", "ask_fee") for number in range(40)]


def test_a_sample_is_always_the_same_and_lies_within_a_larger_one() -> None:
    assert sample(PHRASES, 10) == sample(PHRASES, 10)
    assert set(sample(PHRASES, 10)) < set(sample(PHRASES, 20))
    assert sorted(sample(PHRASES, None)) == sorted(sample(PHRASES, 99)) == sorted(PHRASES)


def test_ours_learns_with_the_numbers_of_the_configuration() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    assert (
        {"strength", "scale"} <= set(learning(config)) <= set(signature(Decision.learned).parameters) - {"thresholds"}
    )


def test_only_diet_has_epochs_to_set() -> None:
    stock = with_epochs(pipelines()["stock"], 3)
    assert [part for part in stock if "epochs" in part] == [{"name": "DIETClassifier", "epochs": 3}]
    assert with_epochs(pipelines()["grams"], 3) == pipelines()["grams"]


def test_others_read_what_our_classifier_reads_each_text_once() -> None:
    phrases = [("電話１３８０７９１１２３４", "inform_phone"), ("电话13907915678", "inform_phone"), ("您好", "greet")]
    written = yaml.safe_load(training_file(phrases))["nlu"]
    assert {block["intent"]: block["examples"] for block in written} == {
        "inform_phone": "- 电话13800138000\n",
        "greet": "- 您好\n",
    }


def test_a_row_says_how_many_guesses_were_right_and_a_dash_where_nobody_elses_sentences_lie(tmp_path: Path) -> None:
    def learn(_phrases: Phrases) -> Guesser:
        return Guesser(intents=("greet", "thanks"), ranking=lambda _text: [("greet", 0.6), ("thanks", 0.4)])

    row = [cell.strip() for cell in measured("some", PHRASES, learn, beside=tmp_path).strip("|").split("|")]
    assert row[:2] == ["some", "40"]
    assert row[4:6] == ["–", "–"]
    first, three = map(float, row[2].split("/"))
    assert 0 < first < three < 100
    assert len(row) == head(nlu_compare._HEAD).splitlines()[1].count("|") - 1


def test_shares_are_told_with_one_decimal() -> None:
    assert both(Share(2, 3), Share(3, 3)) == "66.7 / 100.0"


def test_an_unknown_part_is_refused_before_anything_is_learned(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        nlu_compare.main(["--only", "ours,bert"])
    assert "stock-use" in capsys.readouterr().err
