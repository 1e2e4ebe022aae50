"""Ours and what else could tell the intents apart (nlu_rivals.yml), each learned from the same phrases.

All read the same text: plain, contact details masked. That favours the others, which would not have it of themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.nlu.addresses import Addresses  # noqa: E402
from engine.nlu.aligned import Aligned  # noqa: E402
from engine.nlu.decision import Decision, Outcome, Ranking, Thresholds  # noqa: E402
from engine.nlu.extraction import contact_spans  # noqa: E402
from engine.nlu.masking import masked  # noqa: E402
from engine.nlu.plain import plain  # noqa: E402
from engine.nlu.reader import Reader, Reading  # noqa: E402
from engine.nlu.spans import Span  # noqa: E402

OURS = "ours"
Phrases = Sequence[tuple[str, str]]  # with their intents


@dataclass(frozen=True, kw_only=True)
class Guesser:
    """Reads like engine.nlu.reader.Reader, but always acts on its first guess."""

    intents: tuple[str, ...]
    ranking: Callable[[str], Ranking]

    def read(self, text: str) -> Reading:
        ranking = self.ranking(text)
        return Reading(ranking, Outcome("act", (ranking[0][0],)), ())


def pipelines() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (ROOT / "scripts" / "nlu_rivals.yml").read_text(encoding="utf-8")
    )
    return found


def with_epochs(pipeline: Iterable[dict[str, Any]], epochs: int) -> list[dict[str, Any]]:
    return [{**part, "epochs": epochs} if "epochs" in part else part for part in pipeline]


def learning(config: dict[str, Any]) -> dict[str, float]:
    """The classifier's numbers that are no thresholds: what it learns with."""
    rest = {"name", *(field.name for field in fields(Thresholds))}
    return {name: value for name, value in config.items() if name not in rest}


def ours(phrases: Phrases) -> Guesser:
    """With config.yml's numbers."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    decision = Decision.learned(
        [read(text) for text, _ in phrases],
        [intent for _, intent in phrases],
        told=lambda _step: None,
        **learning(config),
    )

    def ranking(text: str) -> Ranking:
        return decision.ranking(*read(text))

    return Guesser(intents=decision.model.intents, ranking=ranking)


def by_rasa(pipeline: Sequence[dict[str, Any]], phrases: Phrases) -> Guesser:
    """Trained and read as Rasa does it, without a dialogue."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = {"recipe": "default.v1", "assistant_id": "rival", "language": "zh", "pipeline": list(pipeline)}
        (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        (folder / "nlu.yml").write_text(training_file(phrases), encoding="utf-8")
        with contextlib.redirect_stdout(sys.stderr):
            model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        agent = Agent.load(model)

    def ranking(text: str) -> Ranking:
        found = asyncio.run(agent.parse_message(as_read(text)))["intent_ranking"]
        return [(each["name"], each["confidence"]) for each in found]

    return Guesser(intents=tuple(sorted({intent for _, intent in phrases})), ranking=ranking)


def training_file(phrases: Phrases) -> str:
    """In Rasa's format, the text as our classifier reads it; what then looks alike stands once."""
    by_intent: dict[str, dict[str, None]] = {}
    for text, intent in phrases:
        by_intent.setdefault(intent, {})[as_read(text)] = None
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)


def as_read(text: str) -> str:
    return masked(*read(text))


def read(text: str) -> tuple[Aligned, list[Span]]:
    """With what the model of today takes for an address."""
    found = plain(text)
    return found, contact_spans(found, addresses=addresses())


@cache
def addresses() -> Addresses:
    return Reader.newest(ROOT / "models").addresses
