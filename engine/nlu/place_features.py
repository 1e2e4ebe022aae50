"""What a character looks like to whoever looks for addresses 地址: itself, its word, what stands around."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterable, List, Sequence, Set

from engine.nlu.divisions import Division, marks
from engine.nlu.place_grammar import pieces
from engine.nlu.place_words import KINDS
from engine.nlu.spans import Span

_AHEAD = 9  # characters of a name before the word that says what it names
_WORDS = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in KINDS.items()))
_HAN = re.compile(r"[\u4e00-\u9fa5]")


def features(
    text: str, *, divisions: Sequence[Division], taken: Sequence[Span] = (), names: Iterable[str] = ()
) -> List[List[str]]:
    """By character; the text has its spoken numbers written out. `taken` is no part of an address."""
    chars = [_char(char) for char in text]
    words, grammar = _words(text), ["-"] * len(text)
    for start, end, kind in pieces(text, taken=taken, names=names):
        _mark(grammar, kind, start, end)
    for span in taken:
        _mark(words, "taken", span.start, span.end)
    ahead, behind = _next(words, text), _next(words[::-1], text[::-1])[::-1]
    padded = ["^^", "^", *chars, "$", "$$"]
    heard = ["^", *map(sound, chars), "$"]
    named = ["^", *marks(divisions, len(text)), "$"]
    found = []
    for place in range(len(text)):
        two, one, here, after, then = padded[place : place + 5]
        found.append(
            [
                "1",
                f"c={here}",
                f"<c={one}",
                f">c={after}",
                f"<<c={two}",
                f">>c={then}",
                f"<b={one}{here}",
                f">b={here}{after}",
                f"t={one}{here}{after}",
                f"s={heard[place + 1]}",
                f"<s={heard[place]}_{heard[place + 1]}",
                f">s={heard[place + 1]}_{heard[place + 2]}",
                f"w={words[place]}",
                f"<w={words[place - 1] if place else '^'}",
                f">w={words[place + 1] if place + 1 < len(text) else '$'}",
                f"g={grammar[place]}",
                f"<g={grammar[place - 1] if place else '^'}",
                f">g={grammar[place + 1] if place + 1 < len(text) else '$'}",
                f"gw={grammar[place]}{words[place]}",
                f"a={ahead[place]}",
                f"d={behind[place]}",
                f"da={behind[place].split('/')[0]}{ahead[place].split('/')[0]}",
                f"z={named[place + 1]}",
                f"<z={named[place]}{named[place + 1]}",
                f">z={named[place + 1]}{named[place + 2]}",
            ]
        )
    return found


@lru_cache(maxsize=8192)
def sound(char: str) -> str:
    """Its syllable 拼音 without the tone; other characters sound like themselves."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0])


def _char(char: str) -> str:
    if char.isdigit():
        return "0"
    if char.isspace() or char in ",，、。；;:：":
        return ","
    return char.lower()


def kinds(text: str) -> Set[str]:
    """Of the words that stand in it."""
    return {str(found.lastgroup) for found in _WORDS.finditer(text)}


def _words(text: str) -> List[str]:
    marks = ["-"] * len(text)
    for found in _WORDS.finditer(text):
        _mark(marks, str(found.lastgroup), found.start(), found.end())
    return marks


def _mark(marks: List[str], kind: str, start: int, end: int) -> None:
    for place in range(start, end):
        marks[place] = f"{kind}{'+' if place > start else ''}"


def _next(words: Sequence[str], text: str) -> List[str]:
    """For each place which kind of word comes next, and how far off; nothing where something else comes first."""
    found = ["-"] * len(words)
    kind, distance = "-", 0
    for place in range(len(words) - 1, -1, -1):
        found[place] = f"{kind}/{min(distance, _AHEAD) if distance < 4 else 'far'}" if distance <= _AHEAD else "-"
        distance += 1
        if words[place] != "-":
            kind, distance = words[place].rstrip("+"), 1
        elif not _HAN.match(text[place]):
            kind, distance = ("0" if text[place].isdigit() else ","), 1
    return found
