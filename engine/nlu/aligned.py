"""A text that was rewritten but still knows where each character stood in what the customer wrote."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Tuple


@dataclass(frozen=True)
class Aligned:
    """`starts[i]`, `ends[i]`: where character i of `text` came from in the original."""

    text: str
    starts: Tuple[int, ...]
    ends: Tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Aligned:
        """Half width (半角), one character at a time so that places stay known, then simplified (简体)."""
        text, starts, ends = [], [], []
        for place, char in enumerate(original):
            for plain in unicodedata.normalize("NFKC", char):
                if unicodedata.category(plain) in ("Cf", "Cc") and plain not in "\n\t":
                    continue  # zero-width joiners and other invisible marks of chat programs
                text.append(plain)
                starts.append(place)
                ends.append(place + 1)
        return cls(_simplified("".join(text)), tuple(starts), tuple(ends))

    def replaced(self, start: int, end: int, by: str) -> Aligned:
        """The same with [start:end) rewritten; all of the new part stands for all of the old one."""
        first, last = self.starts[start], self.ends[end - 1]
        return Aligned(
            self.text[:start] + by + self.text[end:],
            self.starts[:start] + (first,) * len(by) + self.starts[end:],
            self.ends[:start] + (last,) * len(by) + self.ends[end:],
        )

    def place(self, start: int, end: int) -> Tuple[int, int]:
        """Where [start:end) of this text stands in the original."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    """Traditional → Simplified 繁→简. Phrase by phrase where the length stays, else character by character."""
    whole: str = _converter().convert(text)
    if len(whole) == len(text):
        return whole
    singly = (_converter().convert(char) for char in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, singly, strict=True))
