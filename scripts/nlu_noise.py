"""What a bad line and a speech recogniser do to a sentence: fillers, homophones, spoken digits, a cut beginning.

Always the same for the same sentence: each has its own seed.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_FILLERS = ("呃", "嗯", "那个", "就是", "啊", "喂", "这个", "就是说")
_SPOKEN = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_PUNCTUATION = re.compile(r"[，。！？；：、“”\"'…~（）()【】,.!?;:]+")
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_FILLED, _MISHEARD, _CUT = 0.5, 0.5, 0.25  # shares of the sentences
_LONG_ENOUGH = 8  # characters of a sentence that may lose its beginning or one of its words' sounds


def homophones(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Characters that sound alike but for the tone, out of those the texts use."""
    from pypinyin import lazy_pinyin

    by_sound: Mapping[str, set[str]] = defaultdict(set)
    for char in {char for text in texts for char in text if _HAN.match(char)}:
        by_sound[lazy_pinyin(char)[0]].add(char)
    return {char: tuple(sorted(alike - {char})) for alike in by_sound.values() for char in alike if len(alike) > 1}


def noisy(text: str, alike: Mapping[str, Sequence[str]], *, whole: bool = False) -> str:
    """The sentence as the recogniser writes it down; never empty. `whole`: its beginning is not cut off."""
    dice = random.Random(f"shouwen {text}")  # noqa: S311  noise, not a secret
    heard = _PUNCTUATION.sub("", "".join(_SPOKEN.get(char, char) for char in text)) or text
    long_enough = len(heard) >= _LONG_ENOUGH
    if long_enough and dice.random() < _MISHEARD:
        heard = _misheard(heard, alike, dice)
    if long_enough and dice.random() < _CUT and not whole:
        heard = heard[dice.choice((1, 2)) :]
    if dice.random() < _FILLED:
        at = dice.choice((0, 0, len(heard) // 2))
        heard = heard[:at] + dice.choice(_FILLERS) + heard[at:]
    return heard


def _misheard(text: str, alike: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    """One character in ten, one at least, is another of the same sound."""
    places = [place for place, char in enumerate(text) if char in alike and char not in _SPOKEN.values()]
    chars = list(text)
    for place in dice.sample(places, min(len(places), max(1, len(text) // 10))):
        chars[place] = dice.choice(alike[chars[place]])
    return "".join(chars)
