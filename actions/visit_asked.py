"""回访的回答: we asked of our own accord whether it works now, and what is said next is the answer, however short.

Understood by itself 嗯 or 没有 means nothing, and 晚上又花了 is a new fault.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.floor import Floor
from actions.turn import Turn

FORM = "return_visit_form"
SATISFIED, UNSATISFIED = "return_visit_satisfied", "return_visit_unsatisfied"
ANSWER_IT = frozenset({f"validate_{FORM}", "action_answer_visit"})
_NOT = re.compile(
    r"不(?:太|怎么|大|是很)?(?:正常|行|好|能|可以|稳)|没(?:有)?(?:完全)?[修弄办搞]?(?:好|正常)|又.{0,4}(?:坏|花|断|卡|没|不|黑)"
    r"|还是?(?:没|不(?!错)|那样|老样|坏|花|断|卡|黑)|老样子"
)
_BROKEN = re.compile(r"report_fault_|complain_repeat_fault")


def solved(turn: Turn) -> bool | None:
    """None: it is no answer, or nothing was asked."""
    if turn.visit is None or turn.asked is not None:
        return None
    if _NOT.search(turn.text) or turn.intent in {"deny", UNSATISFIED} or _BROKEN.match(turn.intent):
        return False
    return True if (turn.affirms or turn.intent == SATISFIED) and not turn.asks else None


def take_up(tracker: Tracker, *, action: str) -> list[EventType] | None:
    """Instead of the first action of the turn; None where that goes on as it was chosen."""
    if action in ANSWER_IT or _has_acted(tracker):
        return None
    turn = Turn.of(tracker)
    answer = solved(turn)
    if answer is None:
        return None
    floor = Floor(dispatcher=CollectingDispatcher(), turn=turn)
    matter: dict[str, Any] = {**turn.as_noted(), "intent": SATISFIED if answer else UNSATISFIED, "form": FORM}
    floor.remember(form_outcome="left", requested_slot=None, next_matters=[matter])
    floor.then(FORM)
    return floor.events()


def _has_acted(tracker: Tracker) -> bool:
    """Whether an action has run since the customer spoke."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] != "action_listen":
            return True
    return False
