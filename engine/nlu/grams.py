"""Character n-grams 字符n元 with tf-idf weights; plain dictionaries, so that serving needs no scikit-learn."""

from __future__ import annotations

import math
from collections import Counter
from typing import Dict, Iterable, List, Sequence, Tuple

import numpy as np

LONGEST = 4


def grams(text: str, *, longest: int = LONGEST) -> Counter:
    """All runs of 1–4 characters of a sentence with its edges marked."""
    marked = f"^{text}$"
    return Counter(marked[at : at + size] for size in range(1, longest + 1) for at in range(len(marked) - size + 1))


class Vocabulary:
    """Which n-grams count and how rare each is."""

    def __init__(self, weights: Dict[str, float]) -> None:
        self._places = {gram: place for place, gram in enumerate(weights)}
        self._weights = np.array(list(weights.values()), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def weights(self) -> Dict[str, float]:
        return dict(zip(self._places, self._weights.tolist()))

    @classmethod
    def of(cls, texts: Iterable[str], *, least: int = 2) -> "Vocabulary":
        """N-grams seen in at least `least` sentences."""
        sentences, seen = 0, Counter()  # type: int, Counter
        for text in texts:
            sentences += 1
            seen.update(set(grams(text)))
        kept = sorted(gram for gram, count in seen.items() if count >= least)
        return cls({gram: 1.0 + math.log((1 + sentences) / (1 + seen[gram])) for gram in kept})

    def row(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Places and unit-length values of one sentence."""
        found = [(self._places[gram], count) for gram, count in grams(text).items() if gram in self._places]
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        places = np.array([place for place, _ in found])
        values = (1.0 + np.log([count for _, count in found])) * self._weights[places]
        return places, (values / np.linalg.norm(values)).astype(np.float32)

    def matrix(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        """Many sentences as a sparse matrix, for training."""
        from scipy.sparse import csr_matrix

        rows: List[Tuple[np.ndarray, np.ndarray]] = [self.row(text) for text in texts]
        ends = np.cumsum([0] + [len(places) for places, _ in rows])
        places = np.concatenate([places for places, _ in rows]) if rows else np.zeros(0)
        values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0)
        return csr_matrix((values, places, ends), shape=(len(rows), len(self)))
