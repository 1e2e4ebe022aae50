"""The phrases as they stand in data/ and tests/nlu/, as the engine reads them, and a talk at any question."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.backend import Backend
from tests.contract.sayings import QUESTIONS
from tests.contract.talk import Talk, parts

ROOT = Path(__file__).parents[2]
ENGINE_PYTHON = ROOT / ".venv-rasa/bin/python"
READ = """
import json, sys
from engine.nlu.plain import plain, without_fillers
json.dump([without_fillers(plain(text).text) for text in json.load(sys.stdin)], sys.stdout)
"""


TELL_FAMILIES = "import json, sys; from engine.nlu.matters import FAMILIES; json.dump(FAMILIES, sys.stdout)"


@dataclass(frozen=True)
class Phrase:
    """`read`: half width, simplified, digits written out, without fillers, spaces and stops."""

    topic: str
    intent: str
    text: str
    read: str


Asked = Callable[[str], Awaitable[Talk]]
Phrases = tuple[Phrase, ...]


def as_the_engine_reads(texts: Sequence[str]) -> list[str]:
    """The engine's own normaliser, in its environment."""
    return ["".join(text.split()).strip("，,。.！!？?、~～") for text in asked_of_the_engine(READ, texts)]


def asked_of_the_engine(script: str, question: Any = None) -> Any:
    """What a script tells in the engine's environment."""
    answer = subprocess.run(
        (ENGINE_PYTHON, "-c", script), input=json.dumps(question), capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(answer.stdout)


def phrases_of(folder: str) -> Phrases:
    listed = [
        (path.stem, entry["intent"], example.removeprefix("- ").strip())
        for path in sorted((ROOT / folder).glob("*.yml"))
        for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("nlu", ())
        if "intent" in entry
        for example in entry["examples"].splitlines()
    ]
    read = as_the_engine_reads([text for *_, text in listed])
    return tuple(Phrase(*found, plain) for found, plain in zip(listed, read, strict=True))


@pytest.fixture(scope="session")
def families() -> dict[str, str]:
    """Which intents the engine holds for one matter."""
    return asked_of_the_engine(TELL_FAMILIES)


@pytest.fixture(scope="session")
def learned() -> Phrases:
    return phrases_of("data/nlu")


@pytest.fixture(scope="session")
def held_out() -> Phrases:
    return phrases_of("tests/nlu")


@pytest.fixture(scope="session")
def learned_by_topic(learned: Phrases) -> dict[str, set[str]]:
    topics = {phrase.topic for phrase in learned}
    return {topic: {phrase.intent for phrase in learned if phrase.topic == topic} for topic in topics}


@pytest.fixture(scope="session")
def read() -> Callable[[Sequence[str]], list[str]]:
    return as_the_engine_reads


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """await asked("fault_form contact_phone"): a talk in which this was asked just now."""
    backend = Backend()
    built = parts(tmp_path_factory.mktemp("var"), backend)

    async def talk_at(question: str) -> Talk:
        backend.filed.clear()
        backend.bound.clear()
        talk = Talk.begin(built, backend)
        for said in QUESTIONS[question]:
            await talk.say(said)
        backend.filed.clear()
        form, slot, *_ = question.split()
        assert (talk.form, talk.asked) == (form, slot)
        return talk

    return talk_at
