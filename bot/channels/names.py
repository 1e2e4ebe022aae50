"""The charter's own names 小区、营业厅、业务名: told to the recogniser, and put right where it heard another word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from backend.domain.charter import Charter

MOST_HINTS: Final = 100  # what recognisers commonly take
_SHORTEST: Final = 3  # characters: shorter names sound like too much else
_ONE_OFF_FROM: Final = 4  # characters: so long a name may have one syllable that is only near
_NEAR: Final = 0.5
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_TRADE: Final = ("机顶盒", "智能卡", "遥控器", "光猫", "路由器", "副终端", "马赛克", "转人工", "报修", "查进度", "投诉")
_NEVER_MISHEARD: Final = frozenset("东西南北中上下大小新老一二三四五六七八九十")  # 红谷滩西区 is not 红谷滩新区
# What dialects and a bad line don't tell apart.
_ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"))

Sound = tuple[str, ...]


class Names:
    def __init__(self, names: Iterable[str]) -> None:
        self._all = list(dict.fromkeys(name for name in names if _HAN.fullmatch(name)))
        self._by_sound: dict[Sound, set[str]] = defaultdict(set)
        for name in self._all:
            if len(name) >= _SHORTEST:
                for pattern in _patterns(_sound(name)):
                    self._by_sound[pattern].add(name)
        self._lengths = sorted({len(name) for names in self._by_sound.values() for name in names}, reverse=True)

    @classmethod
    def of(cls, charter: Charter) -> Names:
        areas = [name for area in charter.areas for name in (area.name, *area.aliases)]
        outlets = [outlet.name for outlet in charter.outlets]
        products = [name for fee in charter.fees for name in fee.aliases]
        return cls([*_TRADE, *outlets, *areas, *products])

    @property
    def hints(self) -> list[str]:
        """The first of them, the words of the trade before places before products."""
        return self._all[:MOST_HINTS]

    def mended(self, text: str) -> str:
        """Where only one name of the charter sounds like what was heard, the name; 红古滩区 becomes 红谷滩区."""
        return _HAN.sub(lambda heard: "".join(self._pieces(heard[0])), text)

    def _pieces(self, heard: str) -> Iterator[str]:
        place = 0
        while place < len(heard):
            name = self._name_at(heard, place)
            yield name or heard[place]
            place += len(name) if name else 1

    def _name_at(self, heard: str, place: int) -> str | None:
        for length in self._lengths:
            window = heard[place : place + length]
            if len(window) == length and (name := self._meant(window)):
                return name
        return None

    def _meant(self, window: str) -> str | None:
        near = {name for pattern in _patterns(_sound(window)) for name in self._by_sound.get(pattern, ())}
        if window in near:
            return window
        meant = [name for name in near if _is_near(window, name)]
        return meant[0] if len(meant) == 1 else None


def _is_near(window: str, name: str) -> bool:
    """The same sound, or characters in common and at most one syllable that is only near."""
    if lazy_pinyin(window) == lazy_pinyin(name):
        return True
    if any(heard != meant and heard in _NEVER_MISHEARD for heard, meant in zip(window, name, strict=True)):
        return False
    same = sum(heard == meant for heard, meant in zip(window, name, strict=True))
    pairs = list(zip(_sound(window), _sound(name), strict=True))
    return 2 * same >= len(name) and all(Levenshtein.normalized_similarity(*pair) >= _NEAR for pair in pairs)


def _patterns(sound: Sound) -> Iterator[Sound]:
    """The sound, and of a long one what is left when any one syllable is not looked at."""
    yield sound
    if len(sound) >= _ONE_OFF_FROM:
        yield from ((*sound[:place], "", *sound[place + 1 :]) for place in range(len(sound)))


@lru_cache(maxsize=4096)
def _sound(text: str) -> Sound:
    return tuple(_folded(syllable) for syllable in lazy_pinyin(text))


def _folded(syllable: str) -> str:
    for one, other in _ALIKE:
        syllable = syllable.replace(one, other)
    return syllable
