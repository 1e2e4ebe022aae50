"""An address 地址 as its parts, so that a correction replaces what it names and keeps the rest."""

from __future__ import annotations

import re

# From the largest to the smallest; each names what may stand there.
_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百零〇]+"
_COMMUNITY = r"小区|花园|家园|花苑|嘉园|公寓|山庄|新村|名城|华府|大厦|广场|宿舍|苑|园|城|府|庭|湾|组|屯|庄|院"
_LEVELS = (
    ("city", r"[一-龥]{2,4}?市"),
    ("district", r"[一-龥]{2,5}?(?:新区|开发区|区|县|市)(?!域)"),
    ("town", r"[一-龥]{1,6}?(?:镇|乡|街道|社区|办事处)"),
    (
        "road",
        rf"[一-龥]{{1,8}}?(?:大道|大街|路|街|巷|弄|村)(?:[一-龥]{{0,4}}?(?:段|支路))?(?:{_NUMBER}(?:号|弄)(?:院)?)?",
    ),
    ("place", rf"[一-龥A-Za-z0-9]{{1,12}}?(?:{_COMMUNITY})(?:{_NUMBER}期)?"),
    ("building", rf"{_NUMBER}(?:号楼|栋|幢|座|楼(?!上|下))"),
    ("unit", rf"{_NUMBER}单元"),
    ("room", rf"{_NUMBER}(?:号房|室|房|号)?"),
)
_ADDRESS = re.compile("".join(rf"(?P<{name}>{pattern})?" for name, pattern in _LEVELS) + r"(?P<rest>.*)", re.DOTALL)
_NAMES = (*(name for name, _ in _LEVELS), "rest")
_PLACES = _NAMES[: _NAMES.index("building")]

_PLACE_WORD = re.compile(r"[区县镇乡村路街巷弄号栋幢楼室苑园城府庭寓组屯庄湾]|单元|小区|\d")


def parts(address: str) -> dict[str, str]:
    """The address by level; what fits no level stands under `rest`."""
    found = _ADDRESS.match(re.sub(r"[\s，,。、]+", "", address))
    return {name: value for name in _NAMES if found and (value := found.group(name))}


def merged(known: str | None, said: str) -> str:
    """`known` with what `said` names put in its place: a smaller part keeps the larger ones, a new place drops the old
    door."""
    if not known:
        return said
    old, new = parts(known), parts(said)
    if not new:
        return known
    largest = next(name for name in _NAMES if name in new)
    if largest in ("city", "district") and not set(new) <= {"city", "district"}:
        return "".join({**({"city": old["city"]} if "city" in old else {}), **new}.get(name, "") for name in _NAMES)
    moved = any(name in new and new[name] != old.get(name) for name in _PLACES[2:])
    kept = {name: part for name, part in old.items() if not (moved and _NAMES.index(name) > _NAMES.index(largest))}
    return "".join({**kept, **new}.get(name, "") for name in _NAMES)


def can_be_found(address: str) -> bool:
    """Whether a repairer finds the door: more than a district is named."""
    return bool(set(parts(address)) - {"city", "district", "town"})


def looks_like_place(text: str) -> bool:
    """For an answer to the address question in which no address was recognised."""
    return len(text) >= 2 and _PLACE_WORD.search(text) is not None
