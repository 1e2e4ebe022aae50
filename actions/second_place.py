"""另一处: a fault at a second place, or of a second service; it comes next and has a ticket of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.address import is_another_door, merged
from actions.fault_kinds import INTENT_OF_KIND, KIND_OF_INTENT, SERVICE_OF_KIND, fails
from actions.floor import Floor
from actions.matters import TAKEN_BACK
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind, Service

_AS_WELL = re.compile(r"还有|另外|另一|再加|[和跟同与]|以及|也|都|[两二三]个?[套处家边户]")
_CLAUSE = re.compile(r"[，,。；;！!\s]+")
_SITE = re.compile(r"家|店|公司|单位|铺|厂|办公室|[爸妈]")
_APART: Mapping[Service, re.Pattern[str]] = {
    Service.TV: re.compile("电视"),
    Service.BROADBAND: re.compile("网|宽带"),
    Service.TELEPHONE: re.compile("电话|座机|固话"),
}


def set_apart(floor: Floor) -> bool:
    """Leave the first place in the turn; each further one is noted as the matter that comes next."""
    turn = floor.turn
    told = list(dict.fromkeys(turn.values("address")))
    kind = floor.recall("fault_kind") if turn.asked else KIND_OF_INTENT.get(turn.intent)
    known = floor.recall("contact_address") if turn.asked else None
    first, *others = [*([known] if known else ()), *told] or [None]
    # 西湖区…602还有一套也没信号 is heard as an address and a fault: one thing that says both.
    of_it = [each for each in turn.also if kind and KIND_OF_INTENT.get(each["intent"]) == kind and not each["entities"]]
    both = kind and others and (of_it or _says_both(turn.text, told))
    if not (both and all(is_another_door(first, other) for other in others)):
        return False
    noted = floor.recall("next_matters") or []
    floor.remember(next_matters=[*noted, *(_matter(FaultKind(kind), merged(first, other)) for other in others)])
    mine = tuple(each for each in turn.entities if each.value not in others)
    floor.turn = replace(turn, entities=mine, also=tuple(each for each in turn.also if each not in of_it))
    return True


def note_other_service(floor: Floor) -> bool:
    """我家网好慢，店里电视黑屏, heard as one of them: the other, named in a clause of its own, comes next.

    What comes next is not searched again.
    """
    turn, kind = floor.turn, floor.recall("fault_kind")
    if turn.slots.get("next_matters") or kind not in SERVICE_OF_KIND or kind == FaultKind.DANGER:
        return False
    noted = floor.recall("next_matters") or []
    kinds = [KIND_OF_INTENT.get(matter["intent"]) for matter in (*noted, *turn.also)]
    known = {floor.recall("fault_service"), *(SERVICE_OF_KIND[each] for each in kinds if each in SERVICE_OF_KIND)}
    for clause in _CLAUSE.split(turn.text):
        other = fails(clause)
        service = SERVICE_OF_KIND[other] if other else None
        names_it = service in _APART and [each for each in _APART if _APART[each].search(clause)] == [service]
        if other and names_it and service not in known and known <= _APART.keys():
            floor.remember(next_matters=[*noted, {"text": clause, "intent": INTENT_OF_KIND[other], "entities": []}])
            return True
    return False


def each_its_own(floor: Floor) -> bool:
    """家在甲，店在乙, of two faults: each its place, by the site that was said with it, else in the order served."""
    turn, noted = floor.turn, floor.recall("next_matters") or []
    told = [entity for entity in turn.entities if entity.name == "address" and entity.value]
    if len(told) != 2 or len(noted) != 1 or not _wants_a_place(noted[0]):
        return False
    here, there = told
    if not is_another_door(str(here.value), str(there.value)) or TAKEN_BACK.search(turn.text):
        return False
    site, before = _SITE.search(noted[0]["text"]), _SITE.findall(turn.text[: here.start])
    if site and before and before[-1] == site[0]:
        here, there = there, here
    place = {"name": "address", "value": there.value, "start": 0}
    floor.remember(next_matters=[{**noted[0], "entities": [*noted[0]["entities"], place]}])
    floor.turn = replace(turn, entities=tuple(each for each in turn.entities if each is not there))
    return True


def _wants_a_place(matter: Mapping[str, Any]) -> bool:
    return matter["intent"] in KIND_OF_INTENT and all(each["name"] != "address" for each in matter["entities"])


def _says_both(text: str, told: list[str]) -> bool:
    for place in told:  # 丰和北大道 has an “and” in it
        text = text.replace(place, "，")
    return _AS_WELL.search(text) is not None and TAKEN_BACK.search(text) is None


def _matter(kind: FaultKind, address: str) -> Mapping[str, Any]:
    """Checked at home with the first."""
    return {
        "text": f"{address}的{FAULT_LABELS[kind]}",
        "intent": INTENT_OF_KIND[kind],
        "entities": [{"name": "address", "value": address, "start": 0}],
        "repaired_before": True,
    }
