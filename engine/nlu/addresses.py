"""Chinese addresses 地址 by their grammar: regions, roads, communities, then numbered parts, from large to small."""

from __future__ import annotations

import re
from typing import Iterable, List, Sequence, Tuple

from engine.nlu.place_words import COMMUNITY, HAN, LANDMARK, LEAD_IN, NO_PLACE, PART, REGION, ROAD, ROOM
from engine.nlu.spans import Span

_SEP = r"[\s,，、的]{0,2}(?:和|跟|与|呃|嗯|啊|那个|这个|就是)?[\s,，、]?"
_STRONG = re.compile(rf"\d[-—]\d+[-—]\d|\d(?:号楼|号院|号|栋|幢|单元|室|座|弄)|{HAN}组")
_TOKEN = re.compile(
    rf"(?P<region>{REGION})|(?P<road>{ROAD})|(?P<community>{COMMUNITY})|(?P<part>{PART})|(?P<room>{ROOM})"
)
_WEAK_PARTS = re.compile(r"^\d{1,2}(?:期|区|组|楼|层|户|门|排|队|号)$")


def address_spans(text: str, *, taken: Sequence[Span] = (), names: Iterable[str] = ()) -> List[Span]:
    """Addresses in a text whose spoken numbers are written out.

    `taken`: phones and ticket numbers, which are never part of one. `names`: places the charters know.
    """
    pieces = _pieces(text, taken=taken, names=names)
    spans = []
    for run in _runs(text, pieces):
        start, end = run[0][0], run[-1][1]
        if _is_address(text, run):
            tail = LANDMARK.match(text[end:])
            end += tail.end() if tail else 0
            value = re.sub(r"[\s,，、]+|呃|嗯|啊|那个|这个|就是", "", text[start:end])
            spans.append(Span("address", value, start, end))
    return spans


Piece = Tuple[int, int, str]


def _pieces(text: str, *, taken: Sequence[Span], names: Iterable[str]) -> List[Piece]:
    pieces: List[Piece] = []
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
            grown = re.match(r"(?:小区|花园|家园|区|市|县|镇|乡|街道|村)", text[end:])
            end += grown.end() if grown else 0
            pieces.append((place, end, "known"))
            place = end
            continue
        limit = min((span.start for span in taken if span.start > place), default=len(text))
        next_name = min(
            (at for at in (text.find(known_name, place + 1) for known_name in known) if at > 0), default=limit
        )
        found = _TOKEN.match(text, place, min(limit, next_name) if next_name > place else limit)
        if not found:
            place += 1
            continue
        start, end, kind = found.start(), found.end(), str(found.lastgroup)
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
        pieces.append((start, end, kind))
        joined = re.match(_SEP, text[end:])
        place = end + (joined.end() if joined else 0)
    return pieces


def _runs(text: str, pieces: Sequence[Piece]) -> List[List[Piece]]:
    """Neighbouring pieces with at most a comma, a space, 的 or a known village word between them."""
    runs: List[List[Piece]] = []
    for piece in pieces:
        between = text[runs[-1][-1][1] : piece[0]] if runs else ""
        if runs and re.fullmatch(_SEP, between):
            runs[-1].append(piece)
        elif runs and piece[2] in ("part", "room") and re.fullmatch(rf"{HAN}{{1,6}}", between) and _may_join(between):
            runs[-1].append(piece)  # 西湖区|老福山|3栋: a name without a suffix
        else:
            runs.append([piece])
    return [_with_name(text, run) for run in runs]


def _with_name(text: str, run: List[Piece]) -> List[Piece]:
    """万科四季|3栋: what stands before the first number is the name of the place."""
    start, end, kind = run[0]
    if kind not in ("part", "room") or not any(_STRONG.search(text[piece[0] : piece[1]]) for piece in run):
        return run
    name = _name_before(text, start)
    return [(name, end, "named"), *run[1:]] if start - name >= 2 else run


def _may_join(between: str) -> bool:
    return not re.search(r"[我你他她的了是在没有不去到给就都要]|电视|宽带|信号|网络|电话", between)


def _name_before(text: str, at: int) -> int:
    """The Chinese characters before the first number, back to a word that starts a place."""
    start = at
    while start > 0 and re.match(HAN, text[start - 1]) and at - start < 8:
        start -= 1
    lead = LEAD_IN.match(text[start:at])
    return start + lead.end() if lead else start


def _is_address(text: str, run: Sequence[Piece]) -> bool:
    kinds = [kind for _, _, kind in run]
    if any(kind in ("region", "road", "community", "known") for kind in kinds):
        return True
    if "named" in kinds:
        return len(run) > 1 or not re.fullmatch(r"\D*\d+号", text[run[0][0] : run[0][1]])  # 投诉3号窗口 is none
    parts = [text[start:end] for start, end, kind in run if kind in ("part", "room")]
    return bool(len(parts) >= 2 or re.search(r"\d[-—]\d+[-—]\d", parts[0])) and any(
        not _WEAK_PARTS.match(part) for part in parts
    )
