"""Phones in pieces or misheard, where they make a whole number: 幺三八呃零七九妖幺二三四 → 13807911234."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import List, NamedTuple, Optional

from engine.nlu.aligned import Aligned

_SAID = {
    **{str(digit): str(digit) for digit in range(10)},
    **dict(zip("零一二三四五六七八九〇○幺两洞拐勾", "01234567890012079", strict=True)),
}
_SOUNDS = {
    "yi": "1",
    "yao": "1",
    "er": "2",
    "liang": "2",
    "lia": "2",
    "san": "3",
    "si": "4",
    "wu": "5",
    "liu": "6",
    "qi": "7",
    "guai": "7",
    "ba": "8",
    "jiu": "9",
    "gou": "9",
    "ling": "0",
    "dong": "0",
    "o": "0",
    "O": "0",
}
_TOKEN = re.compile(
    r"(?P<pause>[\s,，、.。·\-—–_杠]|呃|额|嗯|啊|哦|喂|那个|这个|就是说?|然后|再就?是|再|接着|后面是?|最后是?|是|的)"
    r"|(?P<times>[一二两三四五六七八九]个[零〇○幺一二三四五六七八九\d](?![百十千万个点\d]))"
    r"|(?P<digit>[零〇○洞幺一二两三四五六七拐八九勾\d])|(?P<other>.)",
    re.DOTALL,
)
_NUMBER = re.compile(r"1[3-9]\d{9}|0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7}")
_LENGTHS = (12, 11, 10)
_ENOUGH, _MISHEARD = 7, 3  # digits there must be at least, and those that only sound like one at most


class _Part(NamedTuple):
    digits: str
    sure: bool
    start: int
    end: int


def with_whole_numbers(text: Aligned) -> Aligned:
    if sum(char in _SAID for char in text.text) < _ENOUGH:
        return text
    for stretch in reversed(_stretches(text.text)):
        found = _number(stretch)
        if found:
            text = text.replaced(found[0].start, found[-1].end, "".join(part.digits for part in found))
    return text


def _stretches(text: str) -> List[List[_Part]]:
    """Digits, and what sounds like one, with nothing but pauses between them."""
    stretches: List[List[_Part]] = [[]]
    for token in _TOKEN.finditer(text):
        said, (start, end) = token.group(), token.span()
        if token.lastgroup == "digit":
            stretches[-1].append(_Part(_SAID[said], True, start, end))
        elif token.lastgroup == "times":
            stretches[-1].append(_Part(_SAID[said[2]] * int(_SAID[said[0]]), True, start, end))
        elif token.lastgroup == "other":
            heard = _heard(said)
            if heard:
                stretches[-1].append(_Part(heard, False, start, end))
            else:
                stretches.append([])
    return stretches


def _number(parts: List[_Part]) -> Optional[List[_Part]]:
    """The parts that make one phone, no sure digit left over beside them; of several the surest."""
    found = [
        parts[left:right]
        for left in range(len(parts))
        for right in range(left + 1, min(left + max(_LENGTHS), len(parts)) + 1)
        if not _goes_on(parts, left, right) and _is_number(parts[left:right])
    ]
    return min(found, key=lambda chosen: sum(not part.sure for part in chosen)) if found else None


def _goes_on(parts: List[_Part], left: int, right: int) -> bool:
    return (left > 0 and parts[left - 1].sure) or (right < len(parts) and parts[right].sure)


def _is_number(parts: List[_Part]) -> bool:
    digits = "".join(part.digits for part in parts)
    unsure = sum(not part.sure for part in parts)
    return len(digits) in _LENGTHS and unsure <= _MISHEARD and _NUMBER.fullmatch(digits) is not None


@lru_cache(maxsize=4096)
def _heard(char: str) -> str:
    from pypinyin import lazy_pinyin

    return _SOUNDS.get(lazy_pinyin(char)[0], "")
