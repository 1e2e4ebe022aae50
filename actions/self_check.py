"""自助排查: checks that may bring the service back on the spot."""

from __future__ import annotations

import re

from actions import contact
from actions.fault_kinds import ALREADY_TRIED, KIND_OF_INTENT, SELF_CHECKS, WANTS_NO_CHECK, kind, same_service
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.turn import NOT_UNDERSTOOD
from backend.domain.charter import Charter
from backend.domain.danger import dangers_in

_WORKS = frozenset({"return_visit_satisfied", "praise"})
# 换了电池就好了: said without a word that it is not so.
_BACK = re.compile(r"好了|能看了|能上了|恢复了|正常了|有信号了|有网了")
_NOT_BACK = re.compile(r"[没不别才还]|吗|[几多]久|再好")
# 搞过了没得用, whatever it sounds like.
_NO_USE = re.compile(r"[没冇莫][得有]?(?:用|效)|不管用|还是(?:不|没)|没好")
_NO_HELP = frozenset({"deny", "return_visit_unsatisfied"})
_NO_NEED = frozenset({"skip_self_check", "report_fault_area"})  # a whole building is down: nothing at home helps
# 我不晓得什么灯, 眼睛不好看不见, 够不着: the next step would be no easier.
_AT_A_LOSS = re.compile(
    r"不晓得|不知道|不懂|不会[弄搞看]|怎么[弄搞看拔插关]|[弄搞]不[来清懂]|不认[得识]|[够摸]不[着到]|拧不动|不敢|眼睛|看不[见到清].{0,4}灯"
    r"|(?:什么|哪)[^，,。]{0,3}(?:灯|线|盒|光猫|智能卡)|(?:灯|线|盒子?|光猫|智能卡)[^，,。]{0,3}(?:在哪|是哪|是什么|是啥)"
)
_BARE = 6  # characters: 怎么弄 names no business
_SHORT = 20  # a lamp's colour, a word on the screen: what was seen, not another matter


def settle(floor: Floor) -> None:
    floor.say("utter_fault_settled_on_the_spot")
    floor.remember(form_outcome="settled")


def only_at_a_loss(floor: Floor) -> bool:
    """哪根线啊，一大堆线我不敢动, though it sounds like a danger: no word of it speaks of one."""
    turn = floor.turn
    lost = turn.asked == OfferSelfCheck.slot and _AT_A_LOSS.search(turn.text) is not None
    return lost and not dangers_in(turn.text)


class OfferSelfCheck:
    """One step after the other; it stops as soon as the service is back or the customer has had enough."""

    slot = "fault_self_check"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return (floor.recall("fault_self_check") or 0) < len(SELF_CHECKS.get(kind(floor), ()))

    def ask(self, floor: Floor, *, again: bool) -> None:
        step = SELF_CHECKS[kind(floor)][floor.recall("fault_self_check") or 0]
        floor.say("utter_check_result_wanted" if again and floor.turn.intent != "repeat" else step)

    def take(self, floor: Floor) -> bool:
        intent = floor.turn.intent
        steps = SELF_CHECKS[kind(floor)]
        if floor.turn.waits:
            return False
        no_use = _NO_USE.search(floor.turn.text) is not None
        if (intent in _WORKS and not no_use) or self._back(floor):
            settle(floor)
        elif intent in _NO_NEED or self._tried(floor) or self._goes_on(floor):
            floor.remember(fault_self_check=len(steps))
            self._leave_out_later(floor)
        elif self._at_a_loss(floor):
            floor.say("utter_check_not_needed")
            floor.remember(fault_self_check=len(steps))
        elif intent in _NO_HELP or (intent in _WORKS and no_use) or self._still_bad(floor) or self._seen(floor):
            floor.remember(fault_self_check=(floor.recall("fault_self_check") or 0) + 1)
        else:
            return False
        contact.listen(floor, self._charter)  # 还是不行，我住…: said here, not asked for again
        return True

    def _leave_out_later(self, floor: Floor) -> None:
        """没时间弄这些，直接派人来: nor anything at home for the fault that comes next."""
        if WANTS_NO_CHECK.search(floor.turn.text):
            matters = floor.recall("next_matters") or []
            floor.remember(next_matters=[{**each, "repaired_before": True} for each in matters])

    def _goes_on(self, floor: Floor) -> bool:
        """Who gives address or phone, or talks past the check twice, wants to report."""
        details = any(floor.turn.entity(detail) for detail in ("address", "phone", "phone_part"))
        given = details and not floor.turn.intent.startswith("ask_")
        talks_past = floor.recall("form_stalls") and floor.turn.intent not in FORM_OF_INTENT
        return given or bool(talks_past)

    def _at_a_loss(self, floor: Floor) -> bool:
        turn = floor.turn
        asks_another_thing = turn.intent.startswith("ask_") and len(turn.text) > _BARE
        return turn.intent == "dont_know" or (not asks_another_thing and _AT_A_LOSS.search(turn.text) is not None)

    def _tried(self, floor: Floor) -> bool:
        """对的对的都试过了; 搞过了没得用, which sounds as if it worked."""
        return floor.turn.intent in {"affirm", *_WORKS} and ALREADY_TRIED.search(floor.turn.text) is not None

    def _back(self, floor: Floor) -> bool:
        turn = floor.turn
        unclear = turn.intent in {*NOT_UNDERSTOOD, "thanks", "affirm"}
        return unclear and _BACK.search(turn.text) is not None and _NOT_BACK.search(turn.text) is None

    def _still_bad(self, floor: Floor) -> bool:
        return floor.turn.intent in KIND_OF_INTENT and same_service(floor)

    def _seen(self, floor: Floor) -> bool:
        """绿色的, 提示一个代码; of a lamp whatever it sounds like."""
        turn = floor.turn
        seen = turn.intent in NOT_UNDERSTOOD or "灯" in turn.text
        return seen and len(turn.text) <= _SHORT and not turn.asks
