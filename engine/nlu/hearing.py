"""What a sentence was meant to be before a recogniser wrote it down: 那什么电视没心号 → 电视没信号.

A homophone 同音字 takes a character's place, and a word of hesitation is left out, where the sentence becomes far
likelier by it; how likely it is, the training phrases say, by two and three characters beside each other. For the
intent only: addresses and names are read as they were written.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Mapping, Sequence, Tuple

from engine.nlu.place_features import sound

_FILE = "hearing.json"
_BEGIN, _END = "^^", "$"
_CHANGED = 6.5  # what a character of the same sound must be likelier by, in natural logarithms
_LEFT_OUT = 8.0  # what the sentence must be likelier by without a word of hesitation
_SEEN, _MOST = 5, 12  # how often a character stands in the phrases to be put in, and how many of a sound are tried
_TRIPLES = 2  # how often three characters stand together, to count: three of four do so once
_DISCOUNT = 0.7  # of each count, for what was never seen
_UNSEEN = 2000.0  # characters that no phrase has
_HOPELESS = 12.0  # how far behind the best a beginning is given up
# What people say while they think, or to get going.
_SOUNDS = "呃嗯啊哦喂哎诶欸额唉"
_HESITATION = re.compile(f"你听我说|怎么说呢|那个啥|那什么|就是说|那个|这个|就是|然后|反正|我说|[{_SOUNDS}那这]")
_HAN = re.compile("[\u4e00-\u9fa5]")

Chances = Dict[str, float]


@dataclass(frozen=True)
class Hearing:
    """`chances`: of a character behind none, one or two others. `rest`: of all that was never seen behind these."""

    chances: Chances
    rest: Chances
    alike: Dict[str, str]  # characters by sound, the most frequent first

    def meant(self, text: str) -> str:
        """The likeliest words of these sounds, without what only won time; never empty unless the text is."""
        return self._without_hesitation(self._likeliest(text))

    def _likeliest(self, text: str) -> str:
        doubtful = self._doubtful(text)
        if not any(doubtful):
            return text
        paths: Dict[str, Tuple[float, str]] = {_BEGIN: (0.0, "")}
        for char, doubt in zip(text + _END, [*doubtful, False], strict=True):
            choices = [(char, 0.0), *((other, _CHANGED) for other in self._others(char))] if doubt else [(char, 0.0)]
            reached: Dict[str, Tuple[float, str]] = {}
            for before, (likely, said) in paths.items():
                for other, costs in choices:
                    worth = likely + self._chance(before, other) - costs
                    last = before[1] + other
                    if last not in reached or worth > reached[last][0]:
                        reached[last] = worth, said + other
            least = max(likely for likely, _ in reached.values()) - _HOPELESS
            paths = {last: path for last, path in reached.items() if path[0] > least}
        return max(paths.values())[1][: -len(_END)]

    def _without_hesitation(self, text: str) -> str:
        at = 0
        while (said := _HESITATION.search(text, at)) is not None:
            (start, end), before = said.span(), (_BEGIN + text[: said.start()])[-2:]
            behind = (text + _END)[end : end + 2]
            gained = self._likely(before, behind) - self._likely(before, said.group() + behind)
            if gained > _LEFT_OUT and len(text) > end - start:
                text, at = text[:start] + text[end:], max(start - 1, 0)
            else:
                at = start + 1
        return text

    def _likely(self, before: str, text: str) -> float:
        likely = 0.0
        for char in text:
            likely += self._chance(before, char)
            before = before[1] + char
        return likely

    def _doubtful(self, text: str) -> List[bool]:
        """Which characters never stood beside one of their neighbours; 喂 and 嗯 stand everywhere."""
        framed = f"{_BEGIN[0]}{text}{_END}"
        strange = [framed[at : at + 2] not in self.chances for at in range(len(framed) - 1)]
        beside = [before or behind for before, behind in pairwise(strange)]
        return [doubt and char not in _SOUNDS for char, doubt in zip(text, beside, strict=True)]

    def _others(self, char: str) -> str:
        return self.alike.get(sound(char), "").replace(char, "")

    def _chance(self, before: str, char: str) -> float:
        known = self.chances.get(before + char)
        if known is not None:
            return known
        last, whole = before[1], self.rest.get(before, 0.0)
        known = self.chances.get(last + char)
        if known is not None:
            return whole + known
        return whole + self.rest.get(last, 0.0) + self.chances.get(char, self.chances[""])

    def save(self, folder: Path) -> None:
        (folder / _FILE).write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Hearing:
        return cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))

    @classmethod
    def learned(cls, texts: Iterable[str]) -> Hearing:
        """From each phrase once. Raises ValueError where there is none."""
        phrases = [f"{_BEGIN}{text}{_END}" for text in sorted(set(texts))]
        if not phrases:
            raise ValueError("nothing to learn hearing from")
        single, pairs, triples = (Counter(_grams(phrases, size)) for size in (1, 2, 3))
        count = sum(single.values()) + _UNSEEN
        chances = {char: math.log(seen / count) for char, seen in single.items()}
        chances[""] = math.log(1.0 / count)  # of any other
        rest: Chances = {}
        for grams, least in ((pairs, 1), (triples, _TRIPLES)):
            _add(chances, rest, grams, least=least)
        return cls(_rounded(chances), _rounded(rest), _by_sound(single))


def _grams(phrases: Sequence[str], size: int) -> Iterator[str]:
    for phrase in phrases:
        for end in range(len(_BEGIN) + 1, len(phrase) + 1):
            yield phrase[end - size : end]


def _add(chances: Chances, rest: Chances, grams: Mapping[str, int], *, least: int) -> None:
    """Absolute discounting: what is taken off the seen ones is shared out by what one character less says."""
    whole: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for gram, seen in grams.items():
        whole[gram[:-1]] += seen
        if seen >= least:
            kept[gram[:-1]] += seen - _DISCOUNT
    left = {before: 1.0 - kept[before] / seen for before, seen in whole.items()}
    rest.update((before, math.log(share)) for before, share in left.items() if kept[before])
    for gram, seen in grams.items():
        if seen >= least:
            before = gram[:-1]
            chances[gram] = math.log((seen - _DISCOUNT) / whole[before] + left[before] * math.exp(chances[gram[1:]]))


def _by_sound(single: Counter[str]) -> Dict[str, str]:
    alike: Dict[str, str] = defaultdict(str)
    for char, seen in sorted(single.items(), key=lambda item: (-item[1], item[0])):
        if seen >= _SEEN and _HAN.match(char) and len(alike[sound(char)]) < _MOST:
            alike[sound(char)] += char
    return dict(alike)


def _rounded(chances: Chances) -> Chances:
    return {gram: round(chance, 2) for gram, chance in chances.items()}
