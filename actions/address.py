"""An address 地址 as its parts, so that a correction replaces what it names and keeps the rest."""

from __future__ import annotations

import re

import cn2an

# From the largest to the smallest; each names what may stand there.
_DIGITS = r"[0-9A-Za-z]+(?:[-—][0-9A-Za-z]+)*"
_NUMBER = rf"(?:{_DIGITS}|[一二三四五六七八九十百零〇]+)"
_COMMUNITY = (
    r"小区|花园|家园|花苑|嘉园|公寓|山庄|新村|名城|华府|大厦|广场|宿舍|大院|苑|园|城(?!区)|(?<!政)府|庭|湾|组|屯|庄|院"
)
_BUILDING = r"号楼|栋|幢|座"
_LEVELS = (
    ("city", r"(?:[一-龥]{2,3}(?:省|自治区))?[一-龥]{2,4}?市(?!场)"),
    ("district", r"[一-龥]{2,5}?(?:新区|开发区|(?<!小)区|县|市(?!场))(?!域)"),
    ("town", r"[一-龥]{1,6}?(?:镇|乡(?!下)|街道|社区|办事处)"),
    (
        "road",
        r"[一-龥]{1,8}?(?:大道|大街|路|街(?!道)|巷|弄|村(?:委会)?)(?:[一二三四五六七八九十]+村|[一-龥]{0,4}?(?:段|支路))?",
    ),
    ("number", rf"{_NUMBER}(?:号(?!楼|房)|弄)(?:院)?"),
    # 恒大绿洲8栋: a name may lack the word for what it is.
    (
        "place",
        rf"[一-龥A-Za-z0-9]{{1,12}}?(?:{_COMMUNITY})(?:小区|宿舍)?(?:{_NUMBER}[期区])?"
        rf"|[一-龥]{{2,10}}?(?={_DIGITS}(?:{_BUILDING}))",
    ),
    ("building", rf"{_NUMBER}(?:{_BUILDING}|楼(?!上|下))"),
    ("unit", rf"{_NUMBER}单元"),
    ("room", rf"{_DIGITS}(?:号房|室|房|号)?|{_NUMBER}(?:号房|室|房|号)"),
)
_ADDRESS = re.compile("".join(rf"(?P<{name}>{pattern})?" for name, pattern in _LEVELS) + r"(?P<rest>.*)", re.DOTALL)
_NAMES = (*(name for name, _ in _LEVELS), "rest")
_REGIONS = frozenset({"city", "district", "town"})
_PLACES = ("town", "road", "place")
_DOOR = frozenset({"building", "unit", "room"})
# 菜市场对面, beside an address that has its door: how to find it, no place of its own.
_LANDMARK = re.compile(r"(?:旁边?|隔壁|斜?对面|附近|门口|[前后]面)$")
_VILLAGE = re.compile(r"(?<!新)村(?:委会)?$|(?<!山)庄$|[组屯湾]$")
_NO_DOOR = re.compile(
    r"[没冇无]有?得?.{0,3}(?:门牌|楼号|房号|栋|单元)|^(?:没|冇|无)[有得]?[了的啊呀]?$|就(?:这|那|在|是|写|叫)"
    r"|不用[说写]|自建|平房"
)

_ENDS_AS_COMMUNITY = re.compile(rf"(?:{_COMMUNITY})$")
_CORRECTED = re.compile(rf"(?<!不)(?:是|改成|改为|换成)((?:{_NUMBER}(?:{_BUILDING}|单元|室|楼|号))+(?:{_DIGITS})?)")
_PAIR = re.compile(
    r"不是(\d{2,4})室?[\s，,]*[应而]?该?是(\d{2,4})(?![\d栋幢号单])"
    r"|是(\d{2,4})室?[\s，,]*不是(\d{2,4})(?![\d栋幢号单])"
)
# Four digits may be the end of a phone.
_RIGHT_ROOM = re.compile(r"(?:不对|不是|错了?|说错了?|弄错了?)[\s，,。]*(?:应该)?是(\d{3})室?[的啊。]?")
_PLACE_WORD = re.compile(
    r"[区县镇乡村街巷弄栋幢楼室苑园城府寓组屯庄湾院]|(?<![线电网])路(?!由)|(?<![信账型])号(?!码)"
    r"|单元|旁边|隔壁|对面|附近|门口|\d"
)

_NUMBERED = re.compile(r"[\d零〇一二三四五六七八九十百]号")  # 系马桩36号2楼


def parts(address: str) -> dict[str, str]:
    """The address by level; what fits no level stands under `rest`, a name without a door under `place`."""
    found = _ADDRESS.match(re.sub(r"[\s，,。、]+", "", address))
    named = {name: value for name in _NAMES if found and (value := found.group(name))}
    if "rest" in named and not (_DOOR | {"place"}) & named.keys():
        named["place"] = named.pop("rest")
    return named


def region(address: str, *, areas: tuple[str, ...]) -> str:
    """南昌市西湖区 or 红谷滩, of an address that goes on from there; empty where it names none."""
    named = parts(address)
    district = "".join(named.get(level, "") for level in ("city", "district"))
    return district or max((area for area in areas if address.startswith(area)), key=len, default="")


def merged(known: str | None, said: str, *, areas: tuple[str, ...] = ()) -> str:
    """`known` with what `said` names put in its place: a smaller part keeps the larger ones, a new place drops the old
    door, a landmark is added. `areas` are the names of areas (红谷滩) that stand for a district."""
    if not known:
        return said
    door, landmark = _apart(known)
    old, new = (_as_district(parts(address), areas) for address in (door, said))
    if _LANDMARK.search(said) and _DOOR & old.keys() and not (_DOOR | {"number"}) & new.keys():
        return f"{door}，{said}"
    if new.keys() == {"number"} and "number" not in old and "place" in old:
        new = {"room": new["number"]}  # 黄家小组, then 12号
    if _elsewhere(old, new):
        landmark, old = "", {name: part for name, part in old.items() if name in {"city", "district"}}
    elif _moved(old, new):
        largest = min(map(_NAMES.index, new))
        landmark, old = "", {name: part for name, part in old.items() if _NAMES.index(name) < largest}
    if "rest" in old and "rest" not in new and _DOOR & new.keys():  # 八一公园旁边, then 3单元102
        old["place"] = f"{new.get('place') or old.get('place', '')}{old.pop('rest')}"
        new = {name: part for name, part in new.items() if name != "place"}
    return "".join({**old, **new}.get(name, "") for name in _NAMES) + landmark


def _apart(address: str) -> tuple[str, str]:
    """3栋502 and ，菜市场对面, which was added to it."""
    door, comma, landmark = address.rpartition("，")
    return (door, comma + landmark) if door and _LANDMARK.search(landmark) else (address, "")


def _as_district(named: dict[str, str], areas: tuple[str, ...]) -> dict[str, str]:
    alone = named.keys() == {"place"} and named["place"].endswith(areas)
    return {"district": named["place"]} if alone and not _ENDS_AS_COMMUNITY.search(named["place"]) else named


def _moved(old: dict[str, str], new: dict[str, str]) -> bool:
    """Whether a place differs from the one known. A city or district alone only corrects what was known."""
    if new.keys() <= {"city", "district"}:
        return False
    return any(name in old and name in new and new[name] != old[name] for name in ("city", "district", *_PLACES))


def _elsewhere(old: dict[str, str], new: dict[str, str]) -> bool:
    """恒大绿洲8栋, after 丰和北大道66号3栋502: with a door of its own, so the road is not the one it lies at.

    恒大绿洲3栋 names the community of the house that was known.
    """
    named = "road" in old and "place" not in old and "place" in new and "road" not in new
    return named and any(name in old and name in new and old[name] != new[name] for name in ("number", *_DOOR))


def is_another_door(known: str, said: str) -> bool:
    """Whether `said` is a door to look for beside the known one, and not more of that."""
    one, other = parts(known), parts(said)
    door = frozenset({"number", *_DOOR})
    differs = any(name in one and name in other and one[name] != other[name] for name in (*_PLACES, *door))
    return bool(door & one.keys() and door & other.keys()) and differs


def can_be_found(address: str, *, areas: tuple[str, ...] = ()) -> bool:
    """Whether a repairer finds the door: more is named than a district, or an area by its name alone."""
    return any(not value.endswith(areas) for level, value in parts(address).items() if level not in _REGIONS)


def lacks_a_door(address: str) -> bool:
    """Whether it is a bare road or community (民德路, 荷塘园); a village has no numbers, 菜市场对面 names none."""
    named = parts(address)
    if _LANDMARK.search(address) or any(_VILLAGE.search(named.get(level, "")) for level in ("road", "place")):
        return False
    return not ({"number", "rest", *_DOOR} & named.keys() or _NUMBERED.search(named.get("place", "")))


def has_none(text: str) -> bool:
    """没有门牌, 就在路边, 就这么多: nothing more can be said of the address."""
    return _NO_DOOR.search(text) is not None and re.search(r"\d", text) is None


def corrected_part(text: str) -> str | None:
    """5栋, said as 不是3栋是5栋 or 改成5栋: a part without a place, which is an address only beside one."""
    found = _CORRECTED.findall(text)
    return re.sub("[零〇一二三四五六七八九十百]+", _in_digits, found[-1]) if found else None


def _in_digits(spoken: re.Match[str]) -> str:
    try:
        return str(int(cn2an.cn2an(spoken.group().replace("〇", "零"), "smart")))
    except ValueError:
        return spoken.group()


def corrected_room(text: str, *, known: str) -> str | None:
    """The room of 不是502是503, where the known address ends in the wrong one; and of 不对，是503."""
    if alone := _RIGHT_ROOM.fullmatch(text):
        room = parts(known).get("room", "")
        return room.replace(digits, alone[1]) if len(digits := re.sub(r"\D", "", room)) == len(alone[1]) else None
    pair = _PAIR.search(text)
    if pair is None:
        return None
    wrong, right = (pair[1], pair[2]) if pair[1] else (pair[4], pair[3])
    room = parts(known).get("room", "")
    return room.replace(wrong, right) if re.sub(r"\D", "", room) == wrong else None


def looks_like_place(text: str) -> bool:
    """For an answer to the address question in which no address was recognised."""
    return len(text) >= 2 and _PLACE_WORD.search(text) is not None
