"""The projects that are compared hold our own data, and differ only where they must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.bench import projects
from scripts.bench.sentences import ASKED, KEYWORDS, PRAISED, endless
from scripts.services import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return projects.make_all(tmp_path_factory.mktemp("bench"), epochs=3, stock=True)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def rules_of(folder: Path) -> list[dict[str, Any]]:
    return [rule for path in (folder / "data/rules").glob("*.yml") for rule in read(path)["rules"]]


@pytest.mark.parametrize("name", ["ours", "stock"])
def test_our_sentences_and_domain_are_taken_as_they_are(made: dict[str, Path], name: str) -> None:
    for path in [*(ROOT / "data/nlu").glob("*.yml"), ROOT / "domain.yml"]:
        assert (made[name] / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["ours", "stock"])
def test_praise_alone_is_answered_without_an_action(made: dict[str, Path], name: str) -> None:
    praised = [rule for rule in rules_of(made[name]) if {"intent": PRAISED} in _begins(rule)]
    assert [rule["steps"][1:] for rule in praised] == [[{"action": projects.PRAISE_RESPONSE}]]
    assert len(rules_of(made[name])) == len(rules_of(ROOT)) + 1
    asked = [rule for rule in rules_of(made[name]) if {"intent": ASKED} in _begins(rule)]
    assert asked == [rule for rule in rules_of(ROOT) if {"intent": ASKED} in _begins(rule)]


def _begins(rule: dict[str, Any]) -> list[dict[str, str]]:
    first = rule["steps"][0]
    return first.get("or", [first])


def test_a_rule_of_one_intent_goes_with_it_and_one_of_several_stays() -> None:
    alone = {"rule": "a", "steps": [{"intent": "x"}, {"action": "y"}]}
    shared = {"rule": "b", "steps": [{"or": [{"intent": "x"}, {"intent": "z"}]}, {"action": "y"}]}
    left = projects.without_intent([alone, shared], intent="x")
    assert left == [{"rule": "b", "steps": [{"or": [{"intent": "z"}]}, {"action": "y"}]}]


def test_what_hangs_on_a_condition_is_no_story() -> None:
    free = {"rule": "a", "steps": [{"intent": "x"}, {"action": "y"}]}
    bound = {"rule": "b", "condition": [{"active_loop": "form"}], "steps": [{"action": "y"}]}
    assert projects.stories([free, bound]) == [{"story": "a", "steps": free["steps"]}]


def test_nothing_of_ours_is_in_the_rivals_configuration(made: dict[str, Path]) -> None:
    for name in ("stock", "floor"):
        assert "engine." not in "".join(path.read_text("utf-8") for path in made[name].glob("*.yml"))
    steps = {step["name"]: step for step in read(made["stock"] / "config.yml")["pipeline"]}
    assert steps["DIETClassifier"]["epochs"] == 3


def test_a_changed_phrase_is_another_model(made: dict[str, Path]) -> None:
    before = projects.fingerprint(made["floor"])
    with (made["floor"] / "data/all.yml").open("a", encoding="utf-8") as data:
        data.write("# another\n")
    assert projects.fingerprint(made["floor"]) != before


def test_without_a_model_there_is_nothing_trained(made: dict[str, Path]) -> None:
    assert projects.trained(made["stock"]) is None


@pytest.mark.parametrize("kind", [ASKED, PRAISED])
def test_no_sentence_comes_twice_or_from_the_training_data(kind: str) -> None:
    stream = endless(kind)
    said = [next(stream) for _ in range(4000)]
    assert len(set(said)) == len(said)
    phrases = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "data/nlu").glob("*.yml"))
    known = {line.strip().removeprefix("- ") for line in phrases.splitlines()}
    assert not known & set(said)
    assert all(any(word in sentence for word in KEYWORDS[kind]) for sentence in said)
