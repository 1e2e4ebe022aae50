"""电话: the number we may call – the one the channel knows already, or one that is said or typed."""

from __future__ import annotations

import re

from actions import contact, spoken
from actions.floor import Floor
from backend.domain.charter import Charter

# 就打这个; a no beside it takes it back: 不要打这个.
_THIS_ONE = re.compile(
    r"(?:就|还|打|用|留|是)(?:这个|来电|本机|现在这个)|(?:来电|本机)(?:的?号码)?|这个(?:号码?|电话)?(?:就)?(?:可以|行)"
)
_NOT = re.compile(r"不|别|换")


class AskPhone:
    """Who is known by a number is first asked whether that one is right; in `calls_back` a yes says all."""

    slot = "contact_phone"

    def __init__(self, charter: Charter, *, calls_back: bool = False) -> None:
        self._charter = charter
        self._calls_back = calls_back

    def open(self, floor: Floor) -> bool:
        return floor.recall(self.slot) is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        part = floor.recall("contact_phone_part")
        if part:
            missing = max(contact.MOBILE_DIGITS - len(part), 0)
            floor.say("utter_phone_rest_wanted", heard=part, digits=len(part), missing=missing)
        elif _offers_own(floor):
            own = spoken.phone(floor.turn.phone or "")
            floor.say("utter_own_phone_offered_again" if again else "utter_own_phone_offered", phone=own)
        else:
            floor.say("utter_phone_wanted_again" if again else "utter_phone_wanted")

    def take(self, floor: Floor) -> bool:
        before = (floor.recall(self.slot), floor.recall("contact_phone_part"))
        contact.listen(floor, self._charter)
        if (floor.recall(self.slot), floor.recall("contact_phone_part")) != before:
            return True
        if contact.is_no_phone(floor.turn.text):
            floor.say("utter_phone_not_whole")
        elif floor.turn.asked == self.slot and _offers_own(floor) and self._takes_own(floor):
            return True
        elif floor.turn.intent in {"deny", "dont_know"} or (contact.asks_why(floor) and not _answers_why(floor)):
            floor.say("utter_phone_reason")
        return False

    def _takes_own(self, floor: Floor) -> bool:
        """Whether the offer is answered: a yes takes the number, a no has another one asked for."""
        turn = floor.turn
        no = turn.intent in {"deny", "correction"} or (_NOT.search(turn.text) is not None and not turn.affirms_first)
        if not no and (turn.affirms or turn.affirms_first or _THIS_ONE.search(turn.text)):
            floor.remember(contact_phone=turn.phone)
            if self._calls_back:
                floor.remember(form_outcome="confirmed")
            return True
        if no and not turn.asks:
            floor.remember(contact_own_phone="declined")
            return True
        return False


def _offers_own(floor: Floor) -> bool:
    return floor.turn.phone is not None and floor.recall("contact_own_phone") is None


def _answers_why(floor: Floor) -> bool:
    """Whether the answer about phones, which the question is mostly taken for, will give the reason."""
    return floor.turn.intent == "ask_hotline_or_supervision_phone"
