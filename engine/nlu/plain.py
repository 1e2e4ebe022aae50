"""How a sentence reads to what follows: half width, simplified, spoken digits written out, fillers gone."""

from __future__ import annotations

import re

from engine.nlu.aligned import Aligned
from engine.nlu.misheard_numbers import with_whole_numbers
from engine.nlu.numbers import with_digits

_FILLERS = re.compile(
    r"嗯+|呃+|额(?=[,，、 ]|我|那)|诶+|哎(?!呀)|喂+(?=.)|这个这个|(?<=那个)啊"
    r"|(?:那个|就是说?)(?=[,，、 ]|我|你|他|那个|就是|啊|嗯|呃)"
)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> Aligned:
    return with_digits(with_whole_numbers(Aligned.of(text)))


def without_fillers(text: str) -> str:
    """For classification only. A sentence that is nothing but fillers (嗯) is an answer and stays."""
    kept = _SPACE.sub(" ", _FILLERS.sub("", text)).strip(" ,，、")
    return kept or text.strip()
