"""data/addresses.yml: sentences with their addresses in brackets, and words to practise with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, List, Tuple

from engine.nlu.place_practice import Marked, Words
from engine.nlu.plain import plain

_BRACKET = re.compile(r"[\[\]]")


def sentences(found: Dict[str, Any]) -> List[str]:
    """As somebody wrote them, with brackets."""
    return [line.strip()[2:] for line in found["marked"].splitlines() if line.strip()]


def read(path: Path) -> Tuple[List[Marked], Words]:
    """The sentences as the tagger sees them, and the words."""
    import yaml

    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_marked(sentence) for sentence in sentences(found)], Words(
        **{name: found[name].split() for name in ("names", "before", "after", "of_two")}
    )


def without_brackets(sentence: str) -> str:
    return _BRACKET.sub("", sentence)


def _marked(sentence: str) -> Marked:
    text, edges = plain(without_brackets(sentence)), []
    for count, bracket in enumerate(_BRACKET.finditer(sentence)):
        edges.append(bracket.start() - count)
    places = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        inside = [at for at in range(len(text.text)) if text.ends[at] > start and text.starts[at] < end]
        places.append((inside[0], inside[-1] + 1))
    return text.text, places
