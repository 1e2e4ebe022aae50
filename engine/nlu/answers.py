"""Where no model is needed: a phrase that is known word for word, a bare phone number, a bare address."""

from __future__ import annotations

import re
from typing import Dict, Optional, Sequence, Set

from engine.nlu.masking import WORDS
from engine.nlu.spans import Span

_INFORMS = {
    "phone": "inform_phone",
    "phone_part": "inform_phone",
    "ticket_number": "inform_ticket_number",
    "address": "inform_address",
}
_BARE = re.compile(r"[\s,，。.!、:：]*")


def unambiguous(texts: Sequence[str], intents: Sequence[str]) -> Dict[str, str]:
    """Phrases that stand under one intent only. Details alone are left to `direct`."""
    found: Dict[str, Set[str]] = {}
    for text, intent in zip(texts, intents):
        found.setdefault(text, set()).add(intent)
    return {text: next(iter(names)) for text, names in found.items() if len(names) == 1 and text not in WORDS.values()}


def direct(masked_text: str, spans: Sequence[Span], *, asked: str) -> Optional[str]:
    """The intent of a text that is nothing but one kind of contact detail."""
    kinds = [span.entity for span in sorted(spans, key=lambda span: span.start) if span.entity in WORDS]
    rest = masked_text
    for kind in kinds:
        rest = rest.replace(WORDS[kind], "", 1)
    if not kinds or not _BARE.fullmatch(rest):
        return None
    if kinds[0] == "last_four":
        return "inform_phone" if "phone" in asked or "four" in asked else "inform_ticket_number"
    return _INFORMS[kinds[0]]
