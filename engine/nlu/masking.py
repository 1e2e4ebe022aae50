"""What the classifier reads: one phone, one address … for all, so that each looks alike, and like nothing else.

Words in their place (电话号码) would make 打我儿子的 a question for our own number.
"""

from __future__ import annotations

from typing import Sequence

from engine.nlu.aligned import Aligned
from engine.nlu.plain import without_fillers
from engine.nlu.spans import Span

WORDS = {
    "phone": "13800138000",
    "phone_part": "13800138000",
    "ticket_number": "26010100018",
    "account_number": "26010100018",
    "last_four": "8888",
    "address": "某某路8号",
}


def masked(plain: Aligned, spans: Sequence[Span]) -> str:
    text = plain.text
    for span in sorted(spans, key=lambda span: -span.start):
        if span.entity in WORDS:
            text = text[: span.start] + WORDS[span.entity] + text[span.end :]
    return without_fillers(text).rstrip("。.!！~")
