"""What was not understood, grouped by how alike it was said."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rapidfuzz import fuzz, process

from bot.desk.sayings import masked, plain

ALIKE: Final = 62.0  # of 100, by rapidfuzz.fuzz.ratio over the plain sentences
EXAMPLES: Final = 8


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A sentence that was not understood, as it stands in the message log."""

    text: str
    at: datetime

    @property
    def digest(self) -> str:
        return digest(self.text)


@dataclass(frozen=True, kw_only=True)
class Group:
    """`examples` are masked and differ, the first said most often; `digests`: of every sentence in it."""

    count: int
    examples: tuple[str, ...]
    last_at: datetime
    digests: tuple[str, ...]


def digest(text: str) -> str:
    """Of the plain sentence: said again, it is the same."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def groups(heard: Iterable[Heard]) -> list[Group]:
    """The largest first. A sentence joins the group whose first sentence it is most like."""
    found: dict[str, Group] = {}
    for saying in _sayings(heard):
        said = plain(saying.examples[0])
        best = process.extractOne(said, list(found), scorer=fuzz.ratio, score_cutoff=ALIKE) if found else None
        if best is None:
            found[said] = saying
        else:
            found[best[0]] = _together(found[best[0]], saying)
    return sorted(found.values(), key=lambda group: (-group.count, -group.last_at.timestamp(), group.examples))


def _sayings(heard: Iterable[Heard]) -> Sequence[Group]:
    """Each sentence once, the one said most often first; what says nothing is left out."""
    by_digest: dict[str, Group] = {}
    for each in heard:
        if not plain(each.text):
            continue
        before = by_digest.get(each.digest)
        by_digest[each.digest] = Group(
            count=before.count + 1 if before else 1,
            examples=before.examples if before else (masked(each.text),),
            last_at=max(before.last_at, each.at) if before else each.at,
            digests=(each.digest,),
        )
    return sorted(by_digest.values(), key=lambda saying: (-saying.count, saying.digests))


def _together(one: Group, other: Group) -> Group:
    return replace(
        one,
        count=one.count + other.count,
        examples=tuple(dict.fromkeys((*one.examples, *other.examples)))[:EXAMPLES],
        last_at=max(one.last_at, other.last_at),
        digests=tuple(dict.fromkeys((*one.digests, *other.digests))),
    )
