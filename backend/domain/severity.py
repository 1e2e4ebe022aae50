"""Severity of complaints 重大投诉: by which of the charter's rules one is major, and why (R1.16).

Only complaints, and only by a stated rule; where none fits, a complaint is general (R1.20).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.domain.areas import fold
from backend.domain.danger import dangers_in
from backend.domain.figures import times_in, yuan_in
from backend.domain.stated import Stated

_SIMPLIFIED: Final = str.maketrans(
    "媒體記報聞監會協長訪傷燒燙醫師學館賓園養戶團點單維視廣電訴網發隱脅",
    "媒体记报闻监会协长访伤烧烫医师学馆宾园养户团点单维视广电诉网发隐胁",
)
_DENIED: Final = re.compile(r"(?:没|没有|没人|没有人|不是|并非|未|无|[没不别](?:会|想|去)?找)$")


@dataclass(frozen=True, kw_only=True)
class MajorRule(Stated):
    """A complaint is major where one of these is so: a danger is spoken of, one of the words is said, an amount is
    above so many yuan, it is the so-manieth time, or the customer's account is marked as important."""

    key: str
    label: str
    danger: bool
    words: tuple[str, ...]
    money_above: Decimal | None
    times: int | None
    important: bool


def why_major(*, text: str, times: int, important: bool, rules: Iterable[MajorRule]) -> tuple[str, ...]:
    """The reason by each rule that fits; none: the complaint is general.

    `text`: what the customer tells and wants; `times`: how often they have brought it, this time included;
    `important`: what their account says.
    """
    reasons = ((rule.label, next(_fitting(rule, text=text, times=times, important=important), None)) for rule in rules)
    return tuple(f"{label}（{fitting}）" for label, fitting in reasons if fitting)


def _fitting(rule: MajorRule, *, text: str, times: int, important: bool) -> Iterator[str]:
    if rule.important and important:
        yield "客户资料"
    if rule.danger and dangers_in(text):
        yield "险情"
    yield from (f"提到“{word}”" for word in rule.words if _says(text, word))
    if rule.money_above is not None:
        yield from (f"{amount:f} 元" for amount in sorted(yuan_in(text), reverse=True) if amount > rule.money_above)
    if rule.times is not None:
        most = max((*times_in(text), times))
        if most >= rule.times:
            yield f"{most} 次"


def _says(text: str, word: str) -> bool:
    """Not where it is denied (没有人受伤); a number only as a whole (12345 is no part of a phone)."""
    folded, wanted = fold(text).translate(_SIMPLIFIED), re.escape(word)
    found = re.finditer(rf"(?<!\d){wanted}(?!\d)" if word.isdigit() else wanted, folded)
    return any(not _DENIED.search(folded[: place.start()]) for place in found)
