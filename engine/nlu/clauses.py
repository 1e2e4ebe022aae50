"""Where a message may hold more than one matter: cut at punctuation and at the words that bring up something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, List, Sequence

from engine.nlu.aligned import Aligned
from engine.nlu.spans import Span

JOINED, ENDED, PAUSED = 3, 2, 1  # how much a cut says: 另外 | a full stop, 也 | a comma

# Words by which speakers bring up something else, also where nothing is punctuated.
_CONNECTOR = (
    r"还有(?!没|多|几|人|什么|啥|谁|救|效|吗|么|不|点|些|个[别把])(?:(?:一|个)+(?:事|问题)(?:儿|情)?|一[个点样]|就是)?"
    r"|另外(?!一[个台部间套条张]|的|个)(?:还有|还|再|就是)?|此外|顺(?:便|带|道)(?:再)?|对了|再(?:就是|有|者|一个|一点)(?:就是)?"
    r"|然后(?:再)?(?=[还我你帮给问请查告跟说报想要顺麻过电宽机])|还想(?=[再问请咨了办要改查报投订退装把知])"
    r"|除此之外|除了这个|与此同时|其次|第二(?:个|件|就是|是)"
    r"|(?<=[,，。!！?？;； ])(?:再(?=[帮给问报查说请来把麻顺跟])|还要(?!多|等|几|到)|还得(?!多|等|几)"
    r"|同时|以及|并且|而且(?=.{0,2}[要想问]))"
)
_NUMBERED = (
    r"(?:(?<![\d.])[1-4][.、)）:：]|[(（][1-4一二三四][)）]|(?:^|(?<=[,，。!！?？;；:：\s]))[一二三四][、,，是])"
)
_ENDS = re.compile(r"[。!！?？;；\n~～…]+|\.{2,}")
_PAUSES = re.compile(r"[,，、:：]+|\s+")
_CONNECTORS = re.compile(_CONNECTOR)
_NUMBERS = re.compile(_NUMBERED)
# 电视没图像宽带也上不了: a second service that fails as well.
_ALSO = re.compile(r"(?=(?:宽带|网络?|wifi|电视|机顶盒|遥控器?|座机|电话|点播|户主|家里的?网)也)", re.IGNORECASE)
# Where a long spoken story without any stop takes breath.
_BREATHS = re.compile(
    r"(?<=[了呢啊嘛吧呀哈的])(?=[我你他她它那这]|结果|后来|然后|就|电视|宽带|网|现在|今天|昨天|前天|以为|灯)"
)
_RUN_ON = 60  # characters
_ALSO_WITHIN = re.compile(r"也|一起|一并|都")
_KEPT_WHOLE = frozenset({"phone", "phone_part", "address", "ticket_number", "time", "last_four"})


@dataclass(frozen=True)
class Clause:
    """`start`, `end` in the plain text, its connector left out; `cut`: how much the cut in front of it says."""

    start: int
    end: int
    cut: int


def clauses(plain: Aligned, spans: Sequence[Span]) -> List[Clause]:
    """The clauses of a message, none of them empty; no phone, address or time is cut in two."""
    text, found = plain.text, []
    cuts = sorted(_cuts(text, spans), key=lambda cut: (cut[0], -cut[2]))
    place, strength = 0, JOINED
    for start, end, cut in [*cuts, (len(text), len(text), 0)]:
        if start < place:  # 。另外: the connector stands right behind the stop
            place, strength = max(place, end), max(strength, cut)
            continue
        if _says_something(text[place:start]):
            if strength == PAUSED and _ALSO_WITHIN.search(text[place:start]):
                strength = ENDED
            found.append(Clause(place, start, strength))
            strength = 0
        place, strength = end, max(strength, cut)
    return found


def _says_something(text: str) -> bool:
    return re.search(r"\w", text) is not None


def _cuts(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    whole = [(span.start, span.end) for span in spans if span.entity in _KEPT_WHOLE]
    patterns = ((_CONNECTORS, JOINED), (_NUMBERS, JOINED), (_ENDS, ENDED), (_ALSO, ENDED), (_PAUSES, PAUSED))
    if len(text) > _RUN_ON and not (_ENDS.search(text) or _PAUSES.search(text)):
        patterns += ((_BREATHS, PAUSED),)
    for pattern, strength in patterns:
        for cut in pattern.finditer(text):
            if not any(start < cut.end() and cut.start() < end for start, end in whole):
                yield cut.start(), cut.end(), strength


def part(plain: Aligned, start: int, end: int) -> Aligned:
    return Aligned(plain.text[start:end], plain.starts[start:end], plain.ends[start:end])


def spans_within(spans: Sequence[Span], start: int, end: int) -> List[Span]:
    return [
        Span(span.entity, span.value, span.start - start, span.end - start)
        for span in spans
        if start <= span.start and span.end <= end
    ]
