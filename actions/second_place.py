"""另一处: the same fault at a second place; it comes next and has a ticket of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.address import is_another_door, merged
from actions.fault_kinds import INTENT_OF_KIND, KIND_OF_INTENT
from actions.floor import Floor
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind

_AS_WELL = re.compile(r"还有|另外|另一|再加|[和跟同与]|以及|也|都|[两二三]个?[套处家边户]")
_TAKEN_BACK = re.compile(r"不对|不是|[搞弄说记写]错|错了|改[成到为]|换[成到]|应该是")


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


def _says_both(text: str, told: list[str]) -> bool:
    for place in told:  # 丰和北大道 has an “and” in it
        text = text.replace(place, "，")
    return _AS_WELL.search(text) is not None and _TAKEN_BACK.search(text) is None


def _matter(kind: FaultKind, address: str) -> Mapping[str, Any]:
    """Checked at home with the first."""
    return {
        "text": f"{address}的{FAULT_LABELS[kind]}",
        "intent": INTENT_OF_KIND[kind],
        "entities": [{"name": "address", "value": address, "start": 0}],
        "repaired_before": True,
    }
