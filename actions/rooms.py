"""…3栋 and 1505: where a phone was asked, the room at the end of an address is found as a piece of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_PIECES = frozenset({"phone_part", "last_four"})
_ROOM_DIGITS = 4
_BEFORE_A_ROOM = re.compile(r"(?:号楼|[栋幢座楼]|单元)$")


def joined(entities: Sequence[Mapping[str, Any]], text: str) -> list[Mapping[str, Any]]:
    """The entities with each such piece put back to its address; `text` is what their starts count in."""
    places = [each for each in entities if each["name"] == "address" and each["value"]]
    whole = list(entities)
    for piece in (each for each in entities if each["name"] in _PIECES and each["value"]):
        place = next((each for each in places if _BEFORE_A_ROOM.search(str(each["value"]))), None)
        if place and len(piece["value"]) <= _ROOM_DIGITS and _BEFORE_A_ROOM.search(text[: piece["start"]].rstrip()):
            whole = [each for each in whole if each is not piece]
            whole[whole.index(place)] = {**place, "value": f"{place['value']}{piece['value']}"}
            break
    return whole
