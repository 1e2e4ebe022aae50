"""The ledger 台账 of a ticket: a page for every change, chained by digests, so that any later tampering shows.

The words on a page – what a customer said, where he lives, how he is reached – enter the chain only as a salted digest:
erased together with their salt they leave the chain whole and can't be guessed from it.
"""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from hashlib import sha256
from typing import Any, Final

Json = Mapping[str, Any]
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Page:
    """`position` counts from 1. `words` and `salt` None: erased. Digests are SHA-256 in hex."""

    number: str
    position: int
    at: datetime
    facts: Json
    words: Json | None
    salt: str | None
    words_digest: str
    digest: str

    @property
    def is_erased(self) -> bool:
        return self.words is None

    def erased(self) -> "Page":
        return replace(self, words=None, salt=None)


def next_page(*, last: Page | None, number: str, at: datetime, facts: Json, words: Json, salt: str) -> Page:
    page = Page(
        number=number,
        position=last.position + 1 if last else 1,
        at=at,
        facts=facts,
        words=words,
        salt=salt,
        words_digest=_salted(words, salt=salt),
        digest="",
    )
    return replace(page, digest=_chained(page, last=last))


def breaks(pages: Sequence[Page]) -> Iterator[str]:
    """Where the chain does not hold, for the operator: in Chinese, naming the page. Nothing: it holds."""
    last: Page | None = None
    for page in pages:
        if page.position != (last.position + 1 if last else 1):
            yield f"第 {page.position} 页之前缺页"
        if page.words is not None and _salted(page.words, salt=page.salt or "") != page.words_digest:
            yield f"第 {page.position} 页的文字与摘要不符"
        if _chained(page, last=last) != page.digest:
            yield f"第 {page.position} 页的摘要不符：这一页或前一页被改过"
        last = page


def plain(value: Any) -> Any:
    """As JSON has it, always the same for the same value: times in UTC, vocabulary by its word.

    Raises TypeError for what no ticket holds.
    """
    if type(value) in _PLAIN:  # most are, and every change is digested
        return value
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case frozenset() | set():
            return sorted(map(plain, value))
        case tuple() | list():
            return [plain(each) for each in value]
        case _:
            return {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.compare}


def _salted(words: Json, *, salt: str) -> str:
    return hmac.new(salt.encode(), canonical(words), sha256).hexdigest()


def _chained(page: Page, *, last: Page | None) -> str:
    chained = {
        "previous": last.digest if last else "",
        "number": page.number,
        "position": page.position,
        "at": plain(page.at),
        "facts": page.facts,
        "words": page.words_digest,
    }
    return sha256(canonical(chained)).hexdigest()


def canonical(value: Any) -> bytes:
    """What `plain` gives, as the bytes that are digested."""
    return _CANONICAL.encode(value).encode()
