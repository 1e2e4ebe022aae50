"""What is counted about sentences that were read: shares with their margins, F1, offers, rejections."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scripts.nlu_cases import FOREIGN, Case

_BETWEEN = re.compile(r"(?!-)[\W_]|[呃嗯啊喂的]|那个|这个|就是说?")
_NEAR = 80  # of 100: what an address may differ by and still send the repairman to the right door


@dataclass(frozen=True, kw_only=True)
class Judged:
    case: Case
    guesses: tuple[str, ...]  # labels, the likeliest first
    confidence: float  # of the first
    outcome: str  # act | offer | fallback
    offered: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    seconds: float

    @property
    def first(self) -> bool:
        return self.guesses[0] in self.case.right

    @property
    def first_by_label(self) -> bool:
        return self.guesses[0] == self.case.label

    @property
    def within_three(self) -> bool:
        return bool(self.case.right & set(self.guesses[:3]))

    @property
    def rejected(self) -> bool:
        return self.outcome == "fallback" or (self.outcome == "act" and self.guesses[0] == FOREIGN)

    @property
    def held(self) -> bool:
        return bool(self.case.right & set(self.offered))


@dataclass(frozen=True)
class Share:
    """So many of so many; nothing of nothing is no share."""

    part: int
    whole: int

    @classmethod
    def of(cls, flags: Iterable[bool]) -> Share:
        counted = list(flags)
        return cls(sum(counted), len(counted))

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else math.nan

    @property
    def margin(self) -> float:
        """Half of Wilson's 95 % interval: another sample of this size may well be off by as much."""
        if not self.whole:
            return math.nan
        z, n, p = 1.96, self.whole, self.value
        return z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))

    def __str__(self) -> str:
        return (
            f"{100 * self.value:5.1f} % ±{100 * self.margin:4.1f}  ({self.part} of {self.whole})" if self.whole else "–"
        )


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean of the labels' F1; a label counts that some sentence carries."""
    meant: dict[str, frozenset[str]] = {}
    for each in judged:
        meant[each.case.label] = meant.get(each.case.label, each.case.right) & each.case.right
    hits = Counter(each.case.label for each in judged if each.first)
    missed = Counter(each.case.label for each in judged if not each.first)
    wrongly = Counter(each.guesses[0] for each in judged if not each.first)
    scores = []
    for label, names in meant.items():
        wrong = missed[label] + sum(wrongly[name] for name in names)
        scores.append(2 * hits[label] / (2 * hits[label] + wrong))
    return sum(scores) / len(scores)


def entity_f1(
    judged: Iterable[Judged],
    *,
    marked: Callable[[Case], tuple[str, ...] | None],
    found: Callable[[Judged], tuple[str, ...]],
    or_not: Callable[[Case], tuple[str, ...]] = lambda _case: (),
    near: bool = False,
    heard: bool = False,
) -> tuple[float, int]:
    """F1 and how many are marked; on sentences that somebody marked, be it as holding none.

    What is found of `or_not` is neither right nor wrong. `near`: four fifths alike are enough; `heard`: by their sound.
    """
    right = wrong = missed = 0
    for each in judged:
        wanted = marked(each.case)
        if wanted is None:
            continue
        left = list(wanted)
        for value in found(each):
            match = next((want for want in left if _same(want, value, near=near, heard=heard)), None)
            if match is not None:
                right += 1
                left.remove(match)
            elif not any(_same(want, value, near=near, heard=heard) for want in or_not(each.case)):
                wrong += 1
        missed += len(left)
    marks = right + missed
    return (2 * right / (2 * right + wrong + missed) if marks else math.nan), marks


def _same(wanted: str, value: str, *, near: bool, heard: bool) -> bool:
    from pypinyin import lazy_pinyin
    from rapidfuzz.fuzz import ratio

    wanted, value = canonical(wanted), canonical(value)
    if heard:
        wanted, value = ("".join(lazy_pinyin(each)) for each in (wanted, value))
    return ratio(wanted, value) >= _NEAR if near else wanted == value


def canonical(value: str) -> str:
    """Simplified, spoken numbers as digits, without punctuation and the words between the parts of an address."""
    from engine.nlu.plain import plain

    return _BETWEEN.sub("", plain(value).text)


def calibration_error(judged: Sequence[Judged], *, bins: int = 10) -> float:
    """Expected calibration error: by how much what is said with p is right more or less often than p."""
    total = 0.0
    for number in range(bins):
        part = [each for each in judged if min(int(each.confidence * bins), bins - 1) == number]
        total += abs(sum(each.first for each in part) - sum(each.confidence for each in part))
    return total / len(judged)


def confusions(judged: Iterable[Judged]) -> list[tuple[tuple[str, str], int]]:
    """What was meant and what it was taken for; no sentences."""
    return Counter((each.case.label, each.guesses[0]) for each in judged if not each.first).most_common()
