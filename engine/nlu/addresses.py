"""Where the addresses 地址 of a sentence begin and end: what a CRF over its characters has learned, and its limits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple

import pycrfsuite

from engine.nlu.divisions import Division, Divisions
from engine.nlu.numbers import doors_in_digits
from engine.nlu.patterns import any_of
from engine.nlu.place_features import features
from engine.nlu.place_grammar import pieces
from engine.nlu.spans import Span

_NAMES, _TAGGER = "names.json", "addresses.crf"
_BETWEEN = re.compile(
    r"[\s,，、]{0,3}(?:(?:过了|然后|那个|这个|呃|嗯|啊|就是说?|的)[\s,，、]?)*"
)  # parts of one address
_CROSSING = re.compile(r"[和跟与及]")
_CORNER = re.compile(r".*(?:路口|街口|交[叉汇][口处]|[东西南北]角|之间)")
_UNSAID = re.compile(r"[\s,，、]+|呃|嗯|啊|[那这]个|就是说?|叫什么(?:来着)?")
_BESIDE = re.compile(
    "的?" + any_of("旁边? 隔壁 斜?对面 楼[上下] 后[面头边] 附近 交叉口 路口 里[面头] [东南西北中]段 [东南西北]侧")
)
_OURS = re.compile(r"的?(?:广电)?(?:营业[厅部点所]|服务[厅点站]|网点|门市部?|大厅)$")  # asked about, nobody's home
_TOO_LONG = r"[A-Z-]*(?:\d{5,}|\d{3,}(?:-\d+)+|\d+(?:-\d+)*-\d{5,})"
_DATE = r"\d{1,2}月(?:\d{1,2}[号日])?[初中底]?"
_NO_DOOR = re.compile(f"{_TOO_LONG}|{_DATE}")
_BEFORE = re.compile(r"(?:[请哎诶呃嗯喂啊哦喊]|那个|这个|于(?!都)|系(?=\d))+")
_BEHIND = re.compile(r"(?:[这那][边里儿头块单台套]|一带|片区|物业|[噻嘛呢啊哦]|\([^)]*)+$")
_CORRECTED = re.compile(r"[\s,，、]*(?:不是|并非|而是|是|→|划掉)")
_PUTS_RIGHT = re.compile("并非|→|划掉")
_ROOM = re.compile(r"\d{2,4}[室房]?")
_DENIED = re.compile(r"不是\s*$")  # what is only said to be wrong is no address given: 是109室不是|108室
_HAN = re.compile("[\u4e00-\u9fa5]+")
_CUT_OFF, _LEADS_UP = 2, 6  # characters between a county's name and what was tagged, and before it
_A_PLACE = re.compile(r"[省市州盟区县旗乡镇街路道村社]|\d")
_DOORS = frozenset({"part", "room"})


class Addresses:
    def __init__(self, names: Sequence[str], divisions: Divisions, tagger: bytes) -> None:
        self._names, self._divisions = tuple(names), divisions
        self._bytes = tagger  # the tagger reads from them as long as it lives
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(tagger)

    @classmethod
    def load(cls, folder: Path) -> Addresses:
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        divisions = Divisions(frozenset(names["divisions"]))
        return cls(names["charters"], divisions, (folder / _TAGGER).read_bytes())

    def save(self, folder: Path) -> None:
        names = {"charters": self._names, "divisions": sorted(self._divisions.full)}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        (folder / _TAGGER).write_bytes(self._bytes)

    def spans(self, text: str, *, taken: Sequence[Span] = ()) -> List[Span]:
        """In a text whose spoken numbers are written out; `taken`: phones and ticket numbers, never part of one."""
        divisions = self._divisions.found(text)
        seen = features(text, divisions=divisions, taken=taken, names=self._names)
        doors = [piece for piece in pieces(text, taken=taken, names=self._names) if piece[2] in _DOORS]
        tagged = [(_begin(text, *place, divisions), place[1]) for place in _places(self._tagger.tag(seen))]
        found = _joined(text, [(at, _whole(text, end, doors)) for at, end in tagged])
        free = [
            place
            for each in found
            for theirs in _not_ours(text, *each)
            for place in _trimmed(text, *theirs)
            if not any(_overlap(place, (span.start, span.end)) for span in taken)
        ]
        given = [place for place in free if not (_DENIED.search(text[: place[0]]) or _only_corrects(text, *place))]
        return [Span("address", _said(text[start:end]), start, end) for start, end in (free if given else ())]


def _said(place: str) -> str:
    return doors_in_digits(_UNSAID.sub("", place))


def _begin(text: str, start: int, end: int, divisions: Sequence[Division]) -> int:
    """With the county's whole name (旺|苍县, 名山区蒙|顶山镇), and without what leads up to it (敝公司设于|九江市)."""
    if any(each.start == start for each in divisions):
        return start
    for each in divisions:
        if each.full and each.start < start <= each.end + _CUT_OFF and _HAN.fullmatch(text, each.start, start):
            return each.start
        led_up = text[start : each.start]
        if each.full and start < each.start < end and len(led_up) <= _LEADS_UP and not _A_PLACE.search(led_up):
            return each.start
    return start


def _only_corrects(text: str, start: int, end: int) -> bool:
    """109室 of 是109室不是108室 puts right the room of an address that is known."""
    return "不是" in text and _ROOM.fullmatch(text, start, end) is not None


def _not_ours(text: str, start: int, end: int) -> Iterator[Tuple[int, int]]:
    """Of 红谷滩营业厅 the first three."""
    for at, until in _corrected(text, start, end):
        ours = _OURS.search(text, at, until)
        if not ours or at < ours.start():
            yield at, ours.start() if ours else until


def _trimmed(text: str, start: int, end: int) -> Iterator[Tuple[int, int]]:
    """Without 请 before it and 那边 behind it; a number longer than a door's is no place."""
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    behind = _BEHIND.search(text[:end], start)
    end = behind.start() if behind else end
    if start < end and not _NO_DOOR.fullmatch(_UNSAID.sub("", text[start:end])):
        yield start, end


def _corrected(text: str, start: int, end: int) -> Iterator[Tuple[int, int]]:
    """不是阳明路，是叠山路 names two places, and so does 王家村→汪家村."""
    if _PUTS_RIGHT.search(text, start, end) or "不是" in text:
        for word in _CORRECTED.finditer(text, start, end):
            if start < word.start():
                yield start, word.start()
            start = word.end()
    if start < end:
        yield start, end


def _overlap(one: Tuple[int, int], other: Tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _places(labels: Sequence[str]) -> Iterator[Tuple[int, int]]:
    start = None
    for at, label in enumerate([*labels, "O"]):
        if start is not None and label in "BO":
            yield start, at
            start = None
        if start is None and label != "O":
            start = at
        if start is not None and label == "E":
            yield start, at + 1
            start = None


def _whole(text: str, end: int, doors: Sequence[Tuple[int, int, str]]) -> int:
    """Doors and 旁边, 楼上 … right behind an address are part of it."""
    for door_start, door_end, _ in doors:
        if door_start < end < door_end or (end <= door_start and _BETWEEN.fullmatch(text[end:door_start])):
            end = door_end
    beside = _BESIDE.match(text, end)
    return beside.end() if beside else end


def _one_place(one: str, between: str, other: str) -> bool:
    """Parts of one address, or the streets of a corner 路口; what begins again (建设路，建设路5号) is a second one."""
    if _CROSSING.fullmatch(between):
        return bool(_CORNER.fullmatch(other))
    return bool(_BETWEEN.fullmatch(between)) and not other.startswith(one)


def _joined(text: str, places: Sequence[Tuple[int, int]]) -> List[Tuple[int, int]]:
    joined: List[Tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            continue
        if joined and _one_place(text[slice(*joined[-1])], text[joined[-1][1] : start], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
