"""What a sentence means, in order of likelihood: the one place that decides, with and without Rasa around it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

from engine.nlu import answers
from engine.nlu.aligned import Aligned
from engine.nlu.masking import masked
from engine.nlu.model import IntentModel, Told, fit
from engine.nlu.spans import Span

FALLBACK = "nlu_fallback"
_SURE = 0.99

Ranking = List[Tuple[str, float]]


@dataclass(frozen=True)
class Decision:
    model: IntentModel
    known: Dict[str, str]  # phrases of the training data that stand under one intent only

    def ranking(self, plain: Aligned, spans: Sequence[Span], *, asked: str = "") -> Ranking:
        """All intents, the most likely first; a known phrase and a bare detail are certain."""
        text = masked(plain, spans)
        chances = dict(zip(self.model.intents, self.model.probabilities(text).tolist(), strict=True))
        certain = self.known.get(text) or answers.direct(text, spans, plain=plain, asked=asked)
        if certain in chances:
            rest = max(1.0 - chances[certain], 1e-9)
            chances = {name: chance * (1.0 - _SURE) / rest for name, chance in chances.items()}
            chances[certain] = _SURE
        return sorted(chances.items(), key=lambda item: -item[1])

    def save(self, folder: Path) -> None:
        self.model.save(folder)
        (folder / "known.json").write_text(json.dumps(self.known, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Decision:
        return cls(IntentModel.load(folder), json.loads((folder / "known.json").read_text(encoding="utf-8")))

    @classmethod
    def learned(
        cls,
        read: Sequence[Tuple[Aligned, Sequence[Span]]],
        intents: Sequence[str],
        *,
        strength: float,
        scale: float,
        told: Told,
    ) -> Decision:
        texts = [masked(plain, spans) for plain, spans in read]
        model = fit(texts, intents, strength=strength, scale=scale, told=told)
        return cls(model, answers.unambiguous(texts, intents))
