"""报障要问的: which service, what is broken – also when it is corrected –, and the read-back."""

from __future__ import annotations

import re

from actions import known_already, services, spoken
from actions.fault_kinds import (
    ALREADY_TRIED,
    KIND_OF_INTENT,
    SELF_CHECKS,
    SERVICE_OF_KIND,
    corrected_kind,
    kind,
    same_service,
)
from actions.floor import Floor
from actions.read_back import ReadBack
from backend.domain.charter import Charter
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind

_TAKING_BACK = re.compile(r"不对|不是|说错|错了|搞错|弄错|改")


class AskService:
    """A whole building or street is down: which of the services?"""

    slot = "fault_service"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_service") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say(
            "utter_service_wanted_again" if again else "utter_service_wanted",
            buttons=services.usual_faults(self._charter),
            services=services.named(services.offered(self._charter)),
        )

    def take(self, floor: Floor) -> bool:
        named = floor.turn.entity("service")
        of_kind = SERVICE_OF_KIND.get(KIND_OF_INTENT.get(floor.turn.intent, FaultKind.AREA))
        if not (named or of_kind):
            return False
        floor.remember(fault_service=named or of_kind)
        return True


class FaultReadBack(ReadBack):
    topic = "fault"
    which_part = "utter_which_part_is_wrong"
    parts = (*ReadBack.parts, "fault_kind")

    def read(self, floor: Floor) -> None:
        wished = floor.recall("contact_wished_time")
        first = known_already.LOOK_FIRST if known_already.may_be_unpaid(floor) else None
        floor.say(
            "utter_fault_read_back_with_time" if wished else "utter_fault_read_back",
            buttons=[first] if first else (),
            choices=f"还是{first}？" if first else "",
            fault=FAULT_LABELS[kind(floor)],
            address=floor.recall("contact_address"),
            phone=spoken.phone(floor.recall("contact_phone")),
            wished=wished["text"] if wished else "",
        )

    def corrects(self, floor: Floor) -> bool:
        return correct_kind(floor)

    def adds(self, floor: Floor) -> bool:
        """不对，是画面卡: another fault than the one read back. Without 不对 it is another matter."""
        said = KIND_OF_INTENT.get(floor.turn.intent)
        taken_back = same_service(floor) or _TAKING_BACK.search(floor.turn.text) is not None
        if kind(floor) is FaultKind.AREA and floor.turn.text in {"电视", "宽带", "有线电视"}:
            return False  # names which service is down there, no other fault
        return said is not None and said is not kind(floor) and taken_back and take_kind_anew(floor)

    def puts_right(self, floor: Floor) -> bool:
        if correct_kind(floor):
            return True
        another_kind = floor.turn.intent in KIND_OF_INTENT and take_kind_anew(floor)
        return another_kind or super().puts_right(floor)


class AskKind:
    """Asked only when the customer takes back what was noted."""

    slot = "fault_kind"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_kind") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        services.ask_what_is_broken(floor, self._charter, again=again)

    def take(self, floor: Floor) -> bool:
        return take_kind(floor)


def take_kind(floor: Floor) -> bool:
    """A report names the kind; another report of the same service adds to the description."""
    said = KIND_OF_INTENT.get(floor.turn.intent)
    if said is None:
        return False
    known = floor.recall("fault_kind")
    if known is None or said is FaultKind.DANGER:
        floor.remember(fault_kind=said, fault_service=SERVICE_OF_KIND.get(said) or floor.turn.entity("service"))
    add_symptom(floor)
    return True


def add_symptom(floor: Floor) -> None:
    symptom, said_now = floor.recall("fault_symptom") or "", floor.turn.text
    if said_now not in symptom:
        floor.remember(fault_symptom=f"{symptom}；{said_now}" if symptom else said_now)


def take_kind_anew(floor: Floor) -> bool:
    floor.forget("fault_kind", "fault_service", "fault_symptom")
    return take_kind(floor)


def correct_kind(floor: Floor) -> bool:
    """不是没信号，是画面卡: the kind that was meant takes the place of the one noted."""
    said, noted = corrected_kind(floor.turn.text), kind(floor) if floor.recall("fault_kind") else None
    if said is None or said is noted or noted is FaultKind.DANGER or floor.turn.asks:
        return False
    floor.remember(fault_kind=said, fault_service=SERVICE_OF_KIND[said], fault_symptom=floor.turn.text)
    floor.say(f"utter_fault_heard_{said}")
    floor.forget("fault_wrong_part")
    if ALREADY_TRIED.search(floor.turn.text):
        floor.remember(fault_self_check=len(SELF_CHECKS.get(said, ())))
    else:
        floor.forget("fault_self_check")
    return True
