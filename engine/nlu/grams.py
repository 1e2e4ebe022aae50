"""N-grams with tf-idf weights: of characters 字, and of sounds 音, so that a recogniser's homophones still count.

Plain dictionaries and NumPy, so that serving needs no scikit-learn.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import Any, Callable, Dict, Iterable, List, Sequence, Tuple

import numpy as np

LONGEST = 3


def characters(text: str) -> List[str]:
    """All runs of 1–3 characters of a sentence with its edges marked."""
    return _runs(f"^{text}$", "")


def sounds(text: str) -> List[str]:
    """All runs of 1–3 syllables 拼音, without tones."""
    from pypinyin.seg.simpleseg import seg

    return _runs(["^", *chain.from_iterable(map(_syllables, seg(text))), "$"], "_")


@lru_cache(maxsize=16384)
def _syllables(word: str) -> Tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def _runs(parts: Sequence[str], between: str) -> List[str]:
    return [
        between.join(parts[at : at + size]) for size in range(1, LONGEST + 1) for at in range(len(parts) - size + 1)
    ]


GRAMS: Dict[str, Callable[[str], List[str]]] = {"characters": characters, "sounds": sounds}


class Vocabulary:
    """Which n-grams of a kind count, and how rare each is."""

    def __init__(self, kind: str, weights: Dict[str, float]) -> None:
        self.kind = kind
        self._places = {gram: place for place, gram in enumerate(weights)}
        self._weights = np.array(list(weights.values()), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def weights(self) -> Dict[str, float]:
        return dict(zip(self._places, self._weights.tolist(), strict=True))

    @classmethod
    def of(cls, kind: str, sentences: Sequence[Sequence[str]], *, least: int) -> Vocabulary:
        """N-grams that stand in at least `least` of the sentences."""
        seen: Counter[str] = Counter()
        for grams in sentences:
            seen.update(set(grams))
        kept = sorted(gram for gram, count in seen.items() if count >= least)
        return cls(kind, {gram: 1.0 + math.log((1 + len(sentences)) / (1 + seen[gram])) for gram in kept})

    def row(self, grams: Iterable[str]) -> Tuple[np.ndarray, np.ndarray]:
        """Places and values of one sentence; the values are of unit length."""
        found = Counter(place for gram in grams if (place := self._places.get(gram)) is not None)
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        places = np.array(list(found))
        values = (1.0 + np.log(list(found.values()))) * self._weights[places]
        return places, (values / np.linalg.norm(values)).astype(np.float32)


class Vocabularies:
    """Those of several kinds side by side, each with its share."""

    def __init__(self, parts: Sequence[Tuple[Vocabulary, float]]) -> None:
        self.parts = tuple(parts)
        self._starts = np.cumsum([0] + [len(vocabulary) for vocabulary, _ in parts]).tolist()

    def __len__(self) -> int:
        return int(self._starts[-1])

    @classmethod
    def learned(cls, texts: Sequence[str], shares: Dict[str, float], *, least: int) -> Tuple[Vocabularies, Any]:
        """With the sentences as a sparse matrix, of which each n-gram is cut out once."""
        from scipy.sparse import hstack

        parts, halves = [], []
        for kind, share in shares.items():
            sentences = [GRAMS[kind](text) for text in texts]
            vocabulary = Vocabulary.of(kind, sentences, least=least)
            parts.append((vocabulary, share))
            halves.append(_matrix([vocabulary.row(grams) for grams in sentences], len(vocabulary)) * np.float32(share))
        return cls(parts), hstack(halves, format="csr")

    def row(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        rows = [vocabulary.row(GRAMS[vocabulary.kind](text)) for vocabulary, _ in self.parts]
        places = [places + start for (places, _), start in zip(rows, self._starts[:-1], strict=True)]
        values = [values * share for (_, values), (_, share) in zip(rows, self.parts, strict=True)]
        return np.concatenate(places), np.concatenate(values).astype(np.float32)


def _matrix(rows: Sequence[Tuple[np.ndarray, np.ndarray]], width: int) -> Any:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0] + [len(places) for places, _ in rows])
    places = np.concatenate([np.zeros(0, dtype=np.int64), *(places for places, _ in rows)])
    values = np.concatenate([np.zeros(0, dtype=np.float32), *(values for _, values in rows)])
    return csr_matrix((values, places, ends), shape=(len(rows), width))
