"""Reads sentences with a trained model and without Rasa: for measuring, held-out tests and looking into things."""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Tuple

from engine.nlu.addresses import Addresses
from engine.nlu.decision import Decision, Outcome, Ranking
from engine.nlu.extraction import contact_spans
from engine.nlu.plain import plain
from engine.nlu.spans import Span
from engine.nlu.stories import brought


@dataclass(frozen=True)
class Reading:
    """What a sentence says to somebody who has not asked anything."""

    ranking: Ranking
    outcome: Outcome
    spans: Sequence[Span]


class Reader:
    def __init__(self, decision: Decision, addresses: Addresses) -> None:
        self._decision = decision
        self.addresses = addresses

    @classmethod
    def newest(cls, models: Path) -> Reader:
        """The newest model of a folder; raises FileNotFoundError where there is none."""
        archives = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
        if not archives:
            raise FileNotFoundError(f"no model in {models}: run `make train`")
        with tempfile.TemporaryDirectory() as unpacked, tarfile.open(archives[-1]) as archive:
            archive.extractall(unpacked)  # noqa: S202  our own archive
            decision = Decision.load(next(Path(unpacked).rglob("about.json")).parent)
            addresses = Addresses.load(next(Path(unpacked).rglob("addresses.crf")).parent)
        return cls(decision, addresses)

    @property
    def intents(self) -> Tuple[str, ...]:
        return self._decision.model.intents

    def read(self, text: str) -> Reading:
        """As the engine does outside of a form; tests/engine compares the two."""
        read, spans = plain(text), self.spans(text)
        ranking = self._decision.ranking(read, spans)
        return Reading(ranking, self._decision.outcome(ranking), spans)

    def matters(self, text: str) -> List[str]:
        """The intents of a message that brings several matters, or tells one at length; else empty."""
        read, spans = plain(text), self.spans(text)
        ranking = self._decision.ranking(read, spans)
        return [each.intent for each in brought(self._decision, read, spans, ranking=ranking, in_form=False)]

    def spans(self, text: str, *, asked: str = "") -> List[Span]:
        return contact_spans(plain(text), asked=asked, addresses=self.addresses)

    def ranking(self, text: str, *, asked: str = "") -> Ranking:
        return self._decision.ranking(plain(text), self.spans(text, asked=asked), asked=asked)
