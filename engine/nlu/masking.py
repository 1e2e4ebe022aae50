"""What the classifier reads: contact details behind one word for each kind, so that every phone looks alike."""

from __future__ import annotations

from typing import Sequence

from engine.nlu.aligned import Aligned
from engine.nlu.normaliser import without_fillers
from engine.nlu.spans import Span

WORDS = {
    "phone": "电话号码",
    "phone_part": "电话号码",
    "ticket_number": "工单号码",
    "last_four": "四位数字",
    "address": "某某地址",
}


def masked(plain: Aligned, spans: Sequence[Span]) -> str:
    text = plain.text
    for span in sorted(spans, key=lambda span: -span.start):
        if span.entity in WORDS:
            text = text[: span.start] + WORDS[span.entity] + text[span.end :]
    return without_fillers(text).rstrip("。.!！~")
