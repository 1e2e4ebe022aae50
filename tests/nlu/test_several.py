"""Two matters in one message are both heard, and one matter told in several clauses stays one."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from engine.nlu import matters
from engine.nlu.reader import Reader
from scripts.nlu_cases import own

HERE = Path(__file__).parent
BOTH, SPLIT_IN_VAIN = 0.75, 0.02


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.newest(HERE.parents[1] / "models")


def messages(style: str) -> list[tuple[str, list[str]]]:
    """The message, and for each of its matters the patterns of intents that serve it."""
    blocks = yaml.safe_load((HERE / "several.yml").read_text(encoding="utf-8"))["several"]
    lines = [line for block in blocks if block["style"] == style for line in block["messages"].splitlines()]
    return [(text, wanted) for text, *wanted in (line.removeprefix("- ").split(" | ") for line in lines)]


def heard(found: list[str], wanted: list[str]) -> bool:
    left = list(found)
    for patterns in wanted:
        served = next((intent for intent in left if any(fnmatchcase(intent, each) for each in patterns.split())), None)
        if served is None:
            return False
        left.remove(served)
    return True


@pytest.mark.parametrize("style", ["chat", "hotline"])
def test_both_matters_of_a_message_are_heard(reader: Reader, style: str) -> None:
    missed = [text for text, wanted in messages(style) if not heard(reader.matters(text), wanted)]
    assert len(missed) <= (1 - BOTH) * len(messages(style)), missed


def test_one_matter_in_several_clauses_stays_one(reader: Reader) -> None:
    single = [case.text for case in own(HERE)]
    split = [text for text in single if len(reader.matters(text)) > 1]
    assert len(split) <= SPLIT_IN_VAIN * len(single), split


def test_clauses_that_are_not_judged_would_have_brought_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text for style in ("chat", "hotline") for text, _ in messages(style)] + [case.text for case in own(HERE)]
    quick = [reader.matters(text) for text in texts]
    monkeypatch.setattr(matters, "_may_be_apart", lambda found, *_, **__: len(found) > 1)
    assert quick == [reader.matters(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("网断了，还有线掉下来带电", ["report_danger", "report_fault_broadband_down"]),
        ("营业厅几点开门？另外电视没信号了", ["report_fault_no_signal", "ask_outlet"]),
        ("先问下营业厅几点开门，另外电视没信号了", ["ask_outlet", "report_fault_no_signal"]),
    ],
)
def test_the_urgent_comes_first_unless_the_customer_says_what_does(
    reader: Reader, text: str, wanted: list[str]
) -> None:
    assert reader.matters(text) == wanted
