"""Choices by number 按序号选: "2", 第二个 or ② after buttons were offered is read as what the second button says."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, List, Mapping, Optional, Sequence

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

Responses = Mapping[str, Sequence[Mapping[str, Any]]]

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ONE = rf"(?P<number>[1-9{''.join(_DIGITS)}])"
_BEFORE = r"(?:那|我|就|要|想|嗯|好的?|按|请|给我|帮我|来|[\s,，#*])*"
_AFTER = r"(?:吧|啊|呀|哈|谢谢|[\s,，、。.!！#)）])*"
_CHOSEN = re.compile(rf"{_BEFORE}(?:第|选择?第?|选项){_ONE}(?:个|项|种|条|样|号)?{_AFTER}")
_NUMBERED = re.compile(rf"{_BEFORE}{_ONE}(?:号|项)?{_AFTER}")
# Slots whose question is itself answered by a number: there only 第二个 or 选2 is a choice.
_WANTS_NUMBER = re.compile(r"phone|number|four|address|time|code|amount")


def meant(text: str, tracker: DialogueStateTracker, domain: Domain) -> str:
    """What is said by a number that stands for one of the choices just offered; every other text as it is."""
    asked = tracker.slots.get("requested_slot")
    wants_number = bool(asked and asked.value and _WANTS_NUMBER.search(str(asked.value)))
    place = chosen(text, wants_number=wants_number)
    payloads = offered(tracker.events, domain.responses) if place else []
    return payloads[place - 1] if place and place <= len(payloads) else text


def chosen(text: str, *, wants_number: bool = False) -> Optional[int]:
    """2 of 第二个, 选2, ② and, unless the question wants a number, of a mere 2."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _CHOSEN.fullmatch(plain) or (None if wants_number else _NUMBERED.fullmatch(plain))
    if found is None:
        return None
    number = found["number"]
    return _DIGITS.get(number) or int(number)


def offered(events: Sequence[Event], responses: Responses) -> List[str]:
    """What the buttons say that the customer heard last."""
    for event in reversed(events):
        if isinstance(event, UserUttered):
            return []
        if isinstance(event, BotUttered) and (found := buttons(event, responses)):
            return [str(button.get("payload") or button["title"]) for button in found]
    return []


def buttons(event: BotUttered, responses: Responses) -> Sequence[Mapping[str, Any]]:
    """The buttons of a message; where the channel's own wording has none (hotline), those of the usual one."""
    written = responses.get(str((event.metadata or {}).get("utter_action")), ())
    return event.data.get("buttons") or next((each["buttons"] for each in written if each.get("buttons")), [])
