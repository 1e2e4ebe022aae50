"""The intent model: n-grams and sentence vector → one linear layer → calibrated probabilities.

A fitted model is arrays and JSON, and predicting is NumPy alone: a quick start and no pickles.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Sequence, Tuple

import numpy as np

from engine.nlu import encoder, softmax
from engine.nlu.grams import Vocabularies, Vocabulary

Told = Callable[[str], None]
_ROUNDS = 120
_SHARES = {"characters": 1.0, "sounds": 0.7}


@dataclass(frozen=True)
class IntentModel:
    intents: Tuple[str, ...]
    vocabulary: Vocabularies
    weights: np.ndarray  # (n-grams + 512, intents)
    bias: np.ndarray
    scale: float  # of the sentence vector beside the n-grams, both of unit length
    temperature: float  # divides the scores: what the model says with 0.8 is right 8 times of 10

    def probabilities(self, text: str) -> np.ndarray:
        places, values = self.vocabulary.row(text)
        size = len(self.vocabulary)
        scores = values @ self.weights[places] + (encoder.vector(text) * self.scale) @ self.weights[size:] + self.bias
        return np.asarray(softmax.softmax(scores[None, :] / self.temperature)[0])

    def save(self, folder: Path) -> None:
        np.savez(folder / "layer.npz", weights=self.weights.astype(np.float16), bias=self.bias)
        about = {
            "intents": self.intents,
            "scale": self.scale,
            "temperature": self.temperature,
            "grams": [
                {"kind": part.kind, "share": share, "weights": part.weights} for part, share in self.vocabulary.parts
            ],
        }
        (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        about: Dict = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        with np.load(folder / "layer.npz") as layer:
            weights, bias = layer["weights"].astype(np.float32), layer["bias"].astype(np.float32)
        parts = [(Vocabulary(part["kind"], part["weights"]), part["share"]) for part in about["grams"]]
        vocabulary = Vocabularies(parts)
        return cls(tuple(about["intents"]), vocabulary, weights, bias, about["scale"], about["temperature"])


def fit(
    texts: Sequence[str],
    intents: Sequence[str],
    *,
    strength: float,
    scale: float,
    temperature: float,
    seen: int,
    told: Told = lambda _step: None,
) -> IntentModel:
    """`seen`: in how many phrases an n-gram stands, at least, to count. Raises ValueError below two intents."""
    names = tuple(sorted(set(intents)))
    if len(names) < 2:
        raise ValueError("an intent model needs at least two intents")
    told(f"sentence vectors of {len(texts)} phrases")
    dense = encoder.vectors(texts) * scale
    labels = np.searchsorted(np.array(names), np.array(intents))
    vocabulary, sparse = Vocabularies.learned(texts, _SHARES, least=seen)
    told(f"the model: {len(texts)} phrases, {len(names)} intents, {len(vocabulary)} n-grams")
    layer = softmax.fit(sparse, dense, labels, classes=len(names), strength=strength, rounds=_ROUNDS)
    return IntentModel(names, vocabulary, layer[:-1], layer[-1], scale, temperature)
