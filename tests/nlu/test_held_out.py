"""Phrases by a writer who wrote none of the training data: how often the first guess is right, or one of three."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from engine.nlu import marked_addresses
from engine.nlu.reader import Reader
from scripts.nlu_cases import Case, own

ROOT = Path(__file__).resolve().parents[2]
FIRST, WITHIN_THREE = 0.85, 0.95
EACH_TOPIC, EACH_STYLE = 0.75, 0.75


@pytest.fixture(scope="module")
def held_out() -> list[Case]:
    return own(Path(__file__).parent)


@pytest.fixture(scope="module")
def guesses(held_out: list[Case]) -> dict[Case, list[str]]:
    reader = Reader.newest(ROOT / "models")
    return {phrase: [name for name, _ in reader.ranking(phrase.text)[:3]] for phrase in held_out}


def share(guesses: dict[Case, list[str]], *, within: int, **only: str) -> float:
    chosen = [phrase for phrase in guesses if all(getattr(phrase, name) == value for name, value in only.items())]
    return sum(bool(phrase.right & set(guesses[phrase][:within])) for phrase in chosen) / len(chosen)


def test_no_held_out_phrase_is_trained_on(held_out: list[Case]) -> None:
    trained = {phrase.text for phrase in own(ROOT / "data" / "nlu")}
    marked = yaml.safe_load((ROOT / "data" / "addresses.yml").read_text(encoding="utf-8"))
    trained |= {marked_addresses.without_brackets(sentence) for sentence in marked_addresses.sentences(marked)}
    assert [phrase.text for phrase in held_out if phrase.text in trained] == []


def test_the_first_guess_is_mostly_right(guesses: dict[Case, list[str]]) -> None:
    missed = Counter((min(phrase.right), guess[0]) for phrase, guess in guesses.items() if guess[0] not in phrase.right)
    assert share(guesses, within=1) >= FIRST, missed.most_common(20)


def test_one_of_three_guesses_is_nearly_always_right(guesses: dict[Case, list[str]]) -> None:
    assert share(guesses, within=3) >= WITHIN_THREE


def test_no_topic_is_much_worse_than_the_others(guesses: dict[Case, list[str]]) -> None:
    topics = {phrase.topic for phrase in guesses}
    assert {topic: found for topic in topics if (found := share(guesses, within=1, topic=topic)) < EACH_TOPIC} == {}


def test_speech_and_traditional_characters_are_understood_as_well(guesses: dict[Case, list[str]]) -> None:
    styles = {phrase.style for phrase in guesses}
    assert {style: found for style in styles if (found := share(guesses, within=1, style=style)) < EACH_STYLE} == {}
