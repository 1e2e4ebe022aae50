"""What a return visit asks of who says that it works 回访的问题: how satisfied, and how who came behaved (R5.7, R9.2).

Whatever is answered, the visit goes on; who will not judge is let go.
"""

from __future__ import annotations

from typing import Any

from actions import visit_marks
from actions.fault_kinds import KIND_OF_INTENT
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.turn import NOT_UNDERSTOOD, Turn
from actions.visit_asked import FORM, SATISFIED, UNSATISFIED
from backend.domain.vocabulary import OrderKind, TicketType

UNMARKED = 0  # asked for a mark, and none given
_AT_HOME = frozenset({OrderKind.INSTALL, OrderKind.RELOCATE})
_ENDS = frozenset({"cancel", "goodbye"})
_LEAST_REMARK = 4  # characters


def keeps(turn: Turn) -> bool:
    """Whether what sounds like leaving or another matter is the answer."""
    marked = turn.asked == AskSatisfaction.slot and visit_marks.bare(turn.text) is not None
    return marked or (turn.asked in {AskSatisfaction.slot, AskConduct.slot} and turn.intent == "cancel")


def report_anew(floor: Floor, matter: dict[str, Any]) -> None:
    floor.remember(next_matters=[matter, *(floor.recall("next_matters") or ())], form_outcome="left")


def listen_for_mark(floor: Floor, text: str) -> None:
    """好了，非常满意: is not asked again."""
    if mark := visit_marks.stated(text):
        _marked(floor, mark)


class AskSatisfaction:
    slot = "visit_satisfaction"

    def open(self, floor: Floor) -> bool:
        return floor.recall(self.slot) is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_visit_satisfaction_wanted_again" if again else "utter_visit_satisfaction_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        mark = visit_marks.bare(turn.text)
        if mark is None and _is_broken(floor):
            _reopen(floor)
            return True
        if mark is None and turn.intent not in FORM_OF_INTENT and not turn.asks:
            mark = max(visit_marks.MARKS) if turn.intent == "praise" else visit_marks.answered(turn.text)
        if mark is not None:
            _marked(floor, mark)
            if visit_marks.is_of_conduct(turn.text):
                floor.remember(visit_conduct=turn.text, form_outcome="confirmed")
        elif turn.intent in FORM_OF_INTENT or turn.asks:
            return False
        elif turn.intent in _ENDS:
            floor.remember(visit_satisfaction=UNMARKED, form_outcome="confirmed")
        elif turn.intent in {"deny", "dont_know"} or visit_marks.declines(turn.text) or floor.recall("form_stalls"):
            floor.remember(visit_satisfaction=UNMARKED)
            _end_unless_at_home(floor)
        else:
            return False
        return True


class AskConduct:
    """上门服务怎么样. Whatever is said here, the ticket is closed."""

    slot = "visit_conduct"

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_visit_conduct_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        about_it = visit_marks.is_of_conduct(turn.text) and not turn.asks
        remark = turn.intent in NOT_UNDERSTOOD and not turn.asks and len(turn.text) >= _LEAST_REMARK
        if _is_broken(floor):
            _reopen(floor)
            return True
        answers = visit_marks.answers_what_was_asked(turn.text) and not turn.asks
        if not answers and (turn.intent in FORM_OF_INTENT or (turn.asks and not turn.affirms)):
            return False
        if about_it or turn.intent == "deny":
            conduct = turn.text if about_it else "客户说有没做到的"
        elif turn.affirms or turn.intent in {"praise", "thanks", SATISFIED}:
            conduct = visit_marks.AS_PROMISED
        elif turn.intent in {*_ENDS, "dont_know"}:
            conduct = None
        elif remark:
            conduct = turn.text
        else:
            return False
        floor.remember(visit_conduct=conduct, form_outcome="confirmed")
        return True


def _marked(floor: Floor, mark: int) -> None:
    floor.remember(visit_satisfaction=mark)
    _end_unless_at_home(floor)


def _end_unless_at_home(floor: Floor) -> None:
    """Only who came to the customer's home can have behaved there."""
    ticket = floor.recall("meant_ticket")
    if ticket["type"] != TicketType.FAULT and ticket["subject"] not in _AT_HOME:
        floor.remember(form_outcome="confirmed")


def _is_broken(floor: Floor) -> bool:
    """修完还是没好, or the very fault of the ticket told anew."""
    said = floor.turn.intent
    return said == UNSATISFIED or KIND_OF_INTENT.get(said) == floor.recall("meant_ticket")["subject"]


def _reopen(floor: Floor) -> None:
    report_anew(floor, {**floor.turn.as_noted(), "intent": UNSATISFIED, "form": FORM})
