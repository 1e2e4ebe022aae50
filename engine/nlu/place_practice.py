"""More to practise on: marked sentences with other addresses, badly heard, unpunctuated, and short ones made up."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Dict, Iterator, List, Sequence, Tuple

from engine.nlu.place_features import sound

Marked = Tuple[str, Sequence[Tuple[int, int]]]  # a plain text and where its addresses stand

_FILLERS = ("呃", "嗯", "那个", "啊", "就是", "就是说", "这个", "喂")
_PUNCTUATION = re.compile(r"[,，。、!！?？;；:：\s]")
_DOOR = re.compile(r"\d")
_NAME = re.compile(
    r"[\u4e00-\u9fa5]{2,3}?(?=大道|大街|[路街巷]|小区|花园|家园|新村|公寓|大厦|广场|社区|宿舍|苑|[东西南北中]路|[镇乡村组]|街道)"
)
_COPIES, _MADE_UP = 2, 1  # of each sentence, for each address


@dataclass(frozen=True)
class Words:
    """What to practise with: names of places, what is said before and after them, how two are named."""

    names: Sequence[str]
    before: Sequence[str]
    after: Sequence[str]
    of_two: Sequence[str]


def practice(sentences: Sequence[Marked], *, words: Words) -> Iterator[Marked]:
    """The sentences and their variations, always the same ones."""
    return _Practice(sentences, words).all()


class _Practice:
    def __init__(self, sentences: Sequence[Marked], words: Words) -> None:
        self._sentences, self._words = sentences, words
        self._dice = random.Random("shouwen")  # noqa: S311  practice, not a secret
        self._mentions = [text[start:end] for text, places in sentences for start, end in places]
        alike: Dict[str, List[str]] = defaultdict(list)
        for char in sorted({char for text, _ in sentences for char in text}):
            alike[sound(char)].append(char)
        self._alike = alike

    def all(self) -> Iterator[Marked]:
        for sentence in self._sentences:
            yield sentence
            if sentence[1]:
                for _ in range(_COPIES):
                    yield self._badly_heard(self._elsewhere(sentence))
            elif self._chance(0.3):
                yield self._badly_heard(sentence)
        for _ in range(_MADE_UP * len(self._mentions)):
            yield self._badly_heard(self._made_up())

    def _chance(self, share: float) -> bool:
        return self._dice.random() < share

    def _mention(self, like: str = "") -> str:
        mention = self._dice.choice(self._mentions)
        while like and bool(_DOOR.search(mention)) != bool(_DOOR.search(like)):
            mention = self._dice.choice(self._mentions)
        return self._renamed(mention)

    def _renamed(self, mention: str) -> str:
        return _NAME.sub(lambda _: self._dice.choice(self._words.names), mention) if self._chance(0.7) else mention

    def _elsewhere(self, sentence: Marked) -> Marked:
        text, places = sentence
        made, marks, done = "", [], 0
        for start, end in places:
            said = text[start:end]
            mention = self._mention(said) if self._chance(0.6) else self._renamed(said)
            made += text[done:start]
            marks.append((len(made), len(made) + len(mention)))
            made += mention
            done = end
        return made + text[done:], marks

    def _made_up(self) -> Marked:
        if self._chance(0.2):
            one, other = self._mention(), self._mention()
            before, between, after = self._dice.choice(self._words.of_two).split("{}")
            begin = len(before) + len(one) + len(between)
            marks = [(len(before), len(before) + len(one)), (begin, begin + len(other))]
            return before + one + between + other + after, marks
        lead, mention, tail = self._around(self._words.before), self._mention(), self._around(self._words.after)
        return lead + mention + tail, [(len(lead), len(lead) + len(mention))]

    def _around(self, said: Sequence[str]) -> str:
        return self._dice.choice(said) if self._chance(0.9) else ""

    def _badly_heard(self, sentence: Marked) -> Marked:
        if self._chance(0.4):
            sentence = _without_punctuation(sentence)
        if self._chance(0.4):
            sentence = self._with_filler(sentence)
        if self._chance(0.3):
            sentence = self._misheard(sentence)
        return sentence

    def _misheard(self, sentence: Marked) -> Marked:
        text, places = sentence
        chars = list(text)
        for at in self._dice.sample(range(len(chars)), max(1, len(chars) // 10)):
            if not chars[at].isdigit():
                chars[at] = self._dice.choice(self._alike.get(sound(chars[at]), chars[at]))
        return "".join(chars), places

    def _with_filler(self, sentence: Marked) -> Marked:
        text, places = sentence
        filler, at = self._dice.choice(_FILLERS), self._dice.randrange(len(text))
        if text[max(at - 1, 0)].isdigit() and text[at].isdigit():
            at = 0
        wide = len(filler)
        return text[:at] + filler + text[at:], [(s + wide * (at <= s), e + wide * (at < e)) for s, e in places]


def _without_punctuation(sentence: Marked) -> Marked:
    text, places = sentence
    kept = [at for at, char in enumerate(text) if not _PUNCTUATION.match(char)]
    new = {old: at for at, old in enumerate(kept)}
    inside = [[new[at] for at in range(start, end) if at in new] for start, end in places]
    return "".join(text[at] for at in kept), [(each[0], each[-1] + 1) for each in inside]
