"""领导回电: the wish that somebody in charge calls, which goes with whatever is being registered."""

from __future__ import annotations

import re

_LEADER = r"(?:领导|经理|主管|负责[人的]|站长|局长|主任|老总|管事的?|当官的?)"
_LEADER_CALLS = re.compile(
    rf"{_LEADER}[^，,。！!？?]{{0,6}}(?:[打回]一?个?(?:电?话)(?!是)|[回来]电|联系我|打给我|[找见]我|出面|[叫喊]出来|出来[见跟]|跟我[说谈])"
)
_SO_FAR = re.compile(r"什么时候|几点|多久|打过|打了|说过|回过|来过|没有?(?:给我|[打回])")


def wants_leader(text: str) -> bool:
    """你们领导给我打电话: a wish that goes with the matter in hand, no question for a phone."""
    return _LEADER_CALLS.search(text) is not None and _SO_FAR.search(text) is None
