"""What a recogniser makes of a sentence 识别噪声: no stops, digits in words, a filler, a homophone – and N-best."""

import random
import re
from collections import defaultdict
from functools import cache
from typing import Final

from pypinyin import lazy_pinyin

_STOPS: Final = re.compile(r"[，。！？；：、“”…（）,.!?;:()\s]+")
_SPOKEN: Final = str.maketrans("0123456789", "零幺二三四五六七八九")
_FILLERS: Final = ("", "", "呃", "嗯", "那个", "喂")
_COMMON: Final = range(0xB0, 0xD8)  # the rows of GB 2312 with the 3,755 commonest characters
_KEPT: Final = frozenset("零幺一二三四五六七八九十")
_ONE_OF: Final = 10  # characters is heard as another


def heard(text: str, *, dice: random.Random) -> list[tuple[str, float]]:
    """Alternatives with their confidence; what was said stands among them, not always first."""
    said = _STOPS.sub("", text).translate(_SPOKEN)
    wrong = list(said)
    places = [place for place, char in enumerate(said) if _alike().get(char, char) != char and char not in _KEPT]
    for place in dice.sample(places, min(len(places), len(said) // _ONE_OF + 1)):
        wrong[place] = dice.choice(_alike()[said[place]])
    misheard = dice.choice(_FILLERS) + "".join(wrong)
    return [(misheard, 0.82), (said, 0.78)] if misheard != said else [(said, 0.9)]


@cache
def _alike() -> dict[str, str]:
    """The other common characters of the same sound, by character."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for row in _COMMON:
        for cell in range(0xA1, 0xFF):
            char = bytes((row, cell)).decode("gb2312", errors="ignore")
            if char:
                by_sound[lazy_pinyin(char)[0]].append(char)
    return {
        char: "".join(other for other in chars if other != char)
        for chars in by_sound.values()
        if len(chars) > 1
        for char in chars
    }
