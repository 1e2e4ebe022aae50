"""Several matters 几件事 in one message: each as if it had been said alone, and no detail lost or given twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.address import is_another_door

Said = dict[str, Any]
_CONTACT = frozenset({"phone", "phone_part", "address", "time"})
_DOOR = re.compile(r"\d")
TAKEN_BACK = re.compile(r"不对|不是|[搞弄说记写]错|错了|改[成到为]|换[成到]|应该是|以前|原来")


def apart(message: Mapping[str, Any]) -> tuple[Said, list[Said]]:
    """What is served first, and the rest in its order; `entities` as in `Turn.as_noted`."""
    everything = [_entity(found) for found in message.get("entities") or ()]
    told = [
        {**each, "entities": [_entity(found) for found in each["entities"]]} for each in message.get("matters") or ()
    ]
    if not told:
        name = (message.get("intent") or {}).get("name") or "nlu_fallback"
        return {"text": message.get("text") or "", "intent": name, "entities": everything}, []
    first, *others = told
    lent = _lent(first, others, everything)
    if TAKEN_BACK.search(message.get("text") or "") is None:
        lent = _one_place(lent)
    given = [(each["name"], each["value"]) for each in lent]
    for other in others:  # a phone that is corrected later must not come back with the next matter
        other["entities"] = [each for each in other["entities"] if (each["name"], each["value"]) not in given]
    return {**first, "entities": [*first["entities"], *({**each, "start": 0} for each in lent)]}, others


def _lent(first: Said, others: Sequence[Said], everything: Sequence[Said]) -> list[Said]:
    """Address and phone at the end of a message are those of its first matter, too, if that has none of its own."""
    own = {each["name"] for each in first["entities"]}
    asked_about = [
        (each["name"], each["value"])
        for other in others
        if other["intent"].startswith("ask_")
        for each in other["entities"]
        if each["name"] in {"address", "time"} and not _DOOR.search(each["value"])  # 红谷滩哪里有营业厅
    ]
    return [
        each
        for each in everything
        if each["name"] in _CONTACT - own and (each["name"], each["value"]) not in asked_about
    ]


def _one_place(lent: list[Said]) -> list[Said]:
    """Of 甲5号2栋 and 乙8号1栋 the first is where the first matter is; the other stays with the next."""
    here = next((each["value"] for each in lent if each["name"] == "address"), "")
    return [each for each in lent if each["name"] != "address" or not is_another_door(here, each["value"])]


def _entity(found: Mapping[str, Any]) -> Said:
    return {"name": found["entity"], "value": str(found["value"]), "start": found.get("start") or 0}
