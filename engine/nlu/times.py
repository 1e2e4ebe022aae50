"""The phrase for a time 时间短语, as it was said; what it means is worked out by the actions."""

from __future__ import annotations

import re
from typing import List

from engine.nlu.spans import Span
from engine.nlu.time_words import NO_TIME, PHRASE

_PHRASE = re.compile(PHRASE)
_NO_TIME = re.compile(NO_TIME)


def time_spans(text: str) -> List[Span]:
    spans = []
    for found in _PHRASE.finditer(text):
        phrase = found.group().rstrip(" ,，的")
        if not _NO_TIME.fullmatch(phrase):
            spans.append(Span("time", phrase, found.start(), found.start() + len(phrase)))
    return spans
