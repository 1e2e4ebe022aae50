"""N-best 候选: of what a caller may have said, what is understood best, weighed by how far the recogniser trusts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from engine.nlu.decision import FALLBACK, FOREIGN, OFFER

_MOST = 5
_LIKELY_LESS = 0.95  # for each place in a list without figures
_LEAST_TRUST = 0.5  # what is left of the understanding of what the recogniser does not trust at all
# Not understood, not ours, or understood as one of two things: less than the same certainty of one matter.
_WORTH = {FALLBACK: 0.5, FOREIGN: 0.5, OFFER: 0.8}
_WHOLE = frozenset({"phone", "ticket_number"})  # 幺三八零七九幺幺二三四, not the same with a digit lost
_FOR_WHOLE = 0.1


@dataclass(frozen=True)
class Alternative:
    text: str
    trust: float  # of the recogniser, the best of the list has 1


def read(metadata: Mapping[str, Any]) -> List[Alternative]:
    """The `alternatives` of a turn, the likeliest first; raises ValueError where they are none."""
    listed = metadata.get("alternatives") or []
    if not isinstance(listed, list) or not all(map(_is_one, listed)):
        raise ValueError("metadata.alternatives must be a list of {text, confidence}")
    highest = max((each.get("confidence") or 0.0 for each in listed), default=0.0)
    found: Dict[str, float] = {}
    for place, each in enumerate(listed[:_MOST]):
        trust = (each.get("confidence") or 0.0) / highest if highest else _LIKELY_LESS**place
        found.setdefault(each["text"], trust)
    return [Alternative(text, trust) for text, trust in found.items()]


def _is_one(given: Any) -> bool:
    if not isinstance(given, Mapping) or not isinstance(given.get("text"), str) or not given["text"].strip():
        return False
    confidence = given.get("confidence")
    return confidence is None or (isinstance(confidence, (int, float)) and 0 <= confidence <= 1)


async def understood_best(
    message: UserMessage,
    alternatives: Sequence[Alternative],
    *,
    processor: MessageProcessor,
    tracker: DialogueStateTracker,
    meant: Callable[[str], str],
) -> None:
    """Makes the message say it; what the recogniser put first wins a tie."""
    if len(alternatives) < 2:
        return
    best: Optional[Tuple[float, str, Dict[str, Any]]] = None
    for each in alternatives:
        text = meant(each.text)
        parsed = await processor.parse_message(UserMessage(text=text, sender_id=message.sender_id), tracker)
        worth = understanding(parsed) * (_LEAST_TRUST + (1 - _LEAST_TRUST) * each.trust)
        if best is None or worth > best[0]:
            best = (worth, text, parsed)
    if best is not None:
        _, message.text, message.parse_data = best


def understanding(parsed: Mapping[str, Any]) -> float:
    """How well a sentence is understood, from 0 to 1 and a little more where a number in it is whole."""
    name, ranking = parsed["intent"]["name"], parsed.get("intent_ranking") or [parsed["intent"]]
    confidence = parsed["intent"]["confidence"] if name == OFFER else ranking[0]["confidence"]
    whole = any(entity["entity"] in _WHOLE for entity in parsed["entities"])
    return float(confidence) * _WORTH.get(name, 1.0) + (_FOR_WHOLE if whole else 0.0)
