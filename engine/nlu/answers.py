"""Where no model is needed: a phrase known word for word, a text that is little but one contact detail."""

from __future__ import annotations

import re
from typing import Dict, Optional, Sequence, Set

from engine.nlu.aligned import Aligned
from engine.nlu.masking import WORDS
from engine.nlu.place_words import HAN
from engine.nlu.spans import Span

_INFORMS = {
    "phone": "inform_phone",
    "phone_part": "inform_phone",
    "ticket_number": "inform_ticket_number",
    "account_number": "ask_arrears_or_balance",  # given for nothing else
    "address": "inform_address",
}
_ASKED = {
    "phone": "phone",
    "phone_part": "phone",
    "ticket_number": "ticket",
    "account_number": "account_number",
    "address": "address",
}
_BARE = re.compile(r"[\s,，。.!、:：]*")
_MOST = 0.6  # of the characters, to count as the answer to the question just asked
_ADDRESS_LEAD = re.compile(
    r"^(?:[啊呃嗯哦喂,，\s]|那个|就是|我们?家?|俺们?家?|你们?|家|屋?住[在的是]*|地址[是在发你:：]*|位置|在|是|门牌号?[是:：]*)+"
)


def unambiguous(texts: Sequence[str], intents: Sequence[str]) -> Dict[str, str]:
    """Phrases that stand under one intent only. Details alone are left to `direct`."""
    found: Dict[str, Set[str]] = {}
    for text, intent in zip(texts, intents, strict=True):
        found.setdefault(text, set()).add(intent)
    return {text: next(iter(names)) for text, names in found.items() if len(names) == 1 and text not in WORDS.values()}


def direct(masked_text: str, spans: Sequence[Span], *, plain: Aligned, asked: str) -> Optional[str]:
    """The intent of a text that is nothing but one kind of contact detail, or mostly the one just asked for."""
    details = [span for span in sorted(spans, key=lambda span: span.start) if span.entity in WORDS]
    if not details:
        return None
    for span in details:
        wanted = _ASKED.get(span.entity)
        if wanted and wanted in asked and span.end - span.start >= _MOST * len(plain.text):
            return _INFORMS[span.entity]
    rest = masked_text
    for span in details:
        rest = rest.replace(WORDS[span.entity], "", 1)
    if not _BARE.fullmatch(rest):
        return None
    if details[0].entity == "last_four":
        return "inform_phone" if "phone" in asked or "four" in asked else "inform_ticket_number"
    return _INFORMS[details[0].entity]


def free_address(plain: Aligned, spans: Sequence[Span], *, intent: str, asked: str) -> Optional[Span]:
    """What answers 地址是 without the grammar of one: 村口第三家门口有棵大樟树. None where the grammar read it."""
    if intent != "inform_address" or "address" not in asked:
        return None
    lead = _ADDRESS_LEAD.match(plain.text)
    start = lead.end() if lead else 0
    limit = min((span.start for span in spans if span.entity in ("phone", "phone_part")), default=len(plain.text))
    text = plain.text[start:limit].rstrip(" ,，。.")
    read = sum(span.end - span.start for span in spans if span.entity == "address")
    if len(text) < 3 or not re.search(HAN, text) or read >= _MOST * len(text):
        return None
    return Span("address", text, start, start + len(text))
