"""Phrases by a writer who wrote none of the training data: how often the first guess is right, or one of three."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from engine.nlu.reader import Reader

ROOT = Path(__file__).resolve().parents[2]
FIRST, WITHIN_THREE = 0.85, 0.95
EACH_TOPIC, EACH_STYLE = 0.75, 0.75


class Phrase(NamedTuple):
    text: str
    intent: str
    topic: str
    style: str


def phrases(folder: Path) -> list[Phrase]:
    """Every example of the files of a folder."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                if block.get("intent") and line.strip():
                    style = (block.get("metadata") or {}).get("style", "")
                    found.append(Phrase(line.strip().removeprefix("- "), block["intent"], path.stem, style))
    return found


@pytest.fixture(scope="module")
def held_out() -> list[Phrase]:
    return phrases(Path(__file__).parent)


@pytest.fixture(scope="module")
def guesses(held_out: list[Phrase]) -> dict[Phrase, list[str]]:
    reader = Reader.newest(ROOT / "models")
    return {phrase: [name for name, _ in reader.ranking(phrase.text)[:3]] for phrase in held_out}


def share(guesses: dict[Phrase, list[str]], *, within: int, **only: str) -> float:
    chosen = [phrase for phrase in guesses if all(getattr(phrase, name) == value for name, value in only.items())]
    return sum(phrase.intent in guesses[phrase][:within] for phrase in chosen) / len(chosen)


def test_no_held_out_phrase_is_trained_on(held_out: list[Phrase]) -> None:
    trained = {phrase.text for phrase in phrases(ROOT / "data" / "nlu")}
    assert [phrase.text for phrase in held_out if phrase.text in trained] == []


def test_the_first_guess_is_mostly_right(guesses: dict[Phrase, list[str]]) -> None:
    missed = Counter((phrase.intent, guess[0]) for phrase, guess in guesses.items() if guess[0] != phrase.intent)
    assert share(guesses, within=1) >= FIRST, missed.most_common(20)


def test_one_of_three_guesses_is_nearly_always_right(guesses: dict[Phrase, list[str]]) -> None:
    assert share(guesses, within=3) >= WITHIN_THREE


def test_no_topic_is_much_worse_than_the_others(guesses: dict[Phrase, list[str]]) -> None:
    topics = {phrase.topic for phrase in guesses}
    assert {topic: found for topic in topics if (found := share(guesses, within=1, topic=topic)) < EACH_TOPIC} == {}


def test_speech_and_traditional_characters_are_understood_as_well(guesses: dict[Phrase, list[str]]) -> None:
    styles = {phrase.style for phrase in guesses}
    assert {style: found for style in styles if (found := share(guesses, within=1, style=style)) < EACH_STYLE} == {}
