"""What makes reading quick changes nothing that is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypinyin import lazy_pinyin
from threadpoolctl import threadpool_info, threadpool_limits

from engine.nlu import encoder, grams
from scripts.nlu_cases import own

SENTENCES = [case.text for case in own(Path(__file__).resolve().parents[1] / "nlu")]


def test_sounds_kept_by_the_word_are_those_of_the_whole_sentence() -> None:
    heard = {text: grams.sounds(text) for text in SENTENCES}
    assert len(heard) > 500
    assert heard == {text: grams._runs(["^", *lazy_pinyin(text), "$"], "_") for text in heard}


def test_the_encoder_takes_as_many_threads_as_the_process_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = encoder._model()._model
    original, taken = backend._encode_batch, []

    def encode_batch(*given: Any) -> None:
        taken.append({pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"})
        original(*given)

    monkeypatch.setattr(backend, "_encode_batch", encode_batch)
    for threads in (1, 2):
        with threadpool_limits(limits=threads, user_api="blas"):
            encoder._model().encode("电视没信号")
    assert taken == [{1}, {2}]
