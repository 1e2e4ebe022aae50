"""The grammar of Chinese addresses 地址: regions, roads, communities, numbered parts, rooms; what it sees is a hint.

engine.nlu.addresses decides.
"""

from __future__ import annotations

import re
from typing import Iterable, List, Sequence, Tuple

from engine.nlu.place_words import COMMUNITY, LEAD_IN, NO_PLACE, PART, REGION, ROAD, ROOM
from engine.nlu.spans import Span

_SEP = r"[\s,，、的]{0,2}(?:和|跟|与|呃|嗯|啊|那个|这个|就是)?[\s,，、]?"
_TOKEN = re.compile(
    rf"(?P<region>{REGION})|(?P<road>{ROAD})|(?P<community>{COMMUNITY})|(?P<part>{PART})|(?P<room>{ROOM})"
)
_GROWN = re.compile(r"小区|花园|家园|区|市|县|镇|乡|街道|村")

Piece = Tuple[int, int, str]


def pieces(text: str, *, taken: Sequence[Span], names: Iterable[str]) -> List[Piece]:
    """What there is of an address, with its kind; `names` of the charters are `known`. `taken` is no part of one."""
    found_pieces: List[Piece] = []
    known = sorted((name for name in names if name in text), key=len, reverse=True)
    place = 0
    while place < len(text):
        blocked = next((span for span in taken if span.start <= place < span.end), None)
        if blocked:
            place = blocked.end
            continue
        name = next((name for name in known if text.startswith(name, place)), None)
        if name:
            end = place + len(name)
            grown = _GROWN.match(text, end)
            end = grown.end() if grown else end
            found_pieces.append((place, end, "known"))
            place = end
            continue
        limit = min(
            [len(text), *(span.start for span in taken if span.start > place)]
            + [at for at in (text.find(name, place + 1) for name in known) if at > 0]
        )
        found = _TOKEN.search(text, place, limit)
        if not found:
            place = limit
            continue
        start, end, kind = found.start(), found.end(), str(found.lastgroup)
        place = start
        if kind in ("region", "road", "community"):
            lead = LEAD_IN.match(text[start : end - 1])
            if lead:
                start += lead.end()
            if end - start < 2 or NO_PLACE.match(text[start:end]):
                # A short plain word is skipped whole; inside a long one a name may begin.
                place = start if start > place else (end if end - start <= 4 else place + 1)
                continue
        if kind == "part" and text[start - 1 : start] == "月":  # 11月22号 is a date
            place = end
            continue
        found_pieces.append((start, end, kind))
        joined = re.match(_SEP, text[end:])
        place = end + (joined.end() if joined else 0)
    return found_pieces
