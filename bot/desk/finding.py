"""Finding in what the charter says: by what an agent types, and by what the customer was understood to want."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from bot.desk.canned import CannedReply

LEAST: Final = 55.0  # of 100; below, two texts share no more than a word
_OF_TEXT: Final = 0.9  # what stands in the text counts less than what it is called
_KIND: Final = 10.0  # for 多少钱 where it is a fee
_UNDERSTOOD: Final = 60.0  # for what fits the intent, times its confidence


@dataclass(frozen=True, kw_only=True)
class Hit:
    """`score`: 0 to 100."""

    reply: CannedReply
    score: float


def search(query: str, replies: Sequence[CannedReply], *, most: int) -> list[Hit]:
    """The best first; nothing that only shares a word."""
    hits = [Hit(reply=reply, score=round(_likeness(query, reply), 1)) for reply in replies]
    found = sorted((hit for hit in hits if hit.score >= LEAST), key=lambda hit: (-hit.score, hit.reply.id))
    return found[:most]


def suggest(said: str, understood: Mapping[str, Any] | None, replies: Sequence[CannedReply], *, most: int) -> list[Hit]:
    """For what the customer said last. `understood`: `intent`, `confidence`, `ranking` as the engine gives them."""
    weights = _weights(understood or {})
    hits = []
    for reply in replies:
        fits = max((weights.get(intent, 0.0) for intent in reply.intents), default=0.0)
        likeness = _likeness(said, reply)
        if fits or likeness >= LEAST:
            hits.append(Hit(reply=reply, score=round(min(100.0, fits * _UNDERSTOOD + likeness * 0.4), 1)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.reply.id))[:most]


def _weights(understood: Mapping[str, Any]) -> dict[str, float]:
    weights = {str(each["name"]): float(each["confidence"]) for each in understood.get("ranking") or ()}
    if intent := understood.get("intent"):
        weights[str(intent)] = max(weights.get(str(intent), 0.0), float(understood.get("confidence") or 0.0))
    return weights


def _likeness(query: str, reply: CannedReply) -> float:
    """Names that stand in the query whole count full; the longer the surer."""
    wanted = query.strip()
    named = max((_named(wanted, name) for name in (reply.title, *reply.words)), default=0.0)
    in_text = _OF_TEXT * fuzz.partial_ratio(wanted, reply.text) if len(wanted) > 1 else 0.0
    if any(word in wanted for word in reply.asked):
        return max(LEAST, min(100.0, max(named, in_text) + _KIND))
    return max(named, in_text)


def _named(query: str, name: str) -> float:
    if name in query:
        return 80.0 + min(20.0, 4.0 * len(name)) if len(name) > 1 else 0.0
    if query in name:
        return 85.0
    return fuzz.ratio(query, name)
