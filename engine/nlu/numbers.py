"""Spoken numbers → digits, only where a number is meant: 幺三八零 → 1380, 三个六 → 666, 二百四十号 → 240号."""

from __future__ import annotations

import re

import cn2an

from engine.nlu.aligned import Aligned

DIGITS = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    "〇": "0",
    "○": "0",
    "幺": "1",
    "两": "2",
    "洞": "0",
}
_PHONE_LONG = 7  # digits
_SPOKEN = "零〇○幺一二两三四五六七八九"
# 三四组, 五六天: about so many, or both of them.
_ABOUT = "(?:一二|[二两]三|三四|四五|五六|六七|七八|八九)"
_COUNTER = "[个天次回年周月岁户家台块楼层栋幢组]"
_MOBILE = r"1[3-9]\d{9}(?!\d)"
_TOKEN = (
    rf"(?!{_ABOUT}{_COUNTER})(?![{_SPOKEN}][ ,，、]?{_MOBILE})"  # 张三 13807911234: the name is no part of the phone
    rf"(?:[一二两三四五六七八九十]个[{_SPOKEN}\d](?![百十千万个点\d])|[{_SPOKEN}]|\d)"
)
_GAP = r"[ \-,，、]?"
_THINGS = rf"(?:[天家台口人次年月岁部遍回套间条户位点周楼层栋]|个(?![{_SPOKEN}\d]))"
# 502，一家三口; 502两家: the room ends before it.
_OF_THINGS = rf"(?:[ ,，、][{_SPOKEN}\d]{{1,2}}|(?<=\d)[{_SPOKEN}]{{1,2}}){_THINGS}"
_RUN = re.compile(rf"{_TOKEN}(?:(?!{_OF_THINGS}){_GAP}{_TOKEN})+")
_TIMES = re.compile(rf"([一二两三四五六七八九十])个([{_SPOKEN}\d])")
_LONE_TIMES = re.compile(rf"[一二两三四五六七八九]个[{_SPOKEN}\d](?=$|[,，。;； ]|然后|再|后面|接着)")
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_UNITS = r"号|栋|幢|单元|室|楼|层|弄|座|户|排|村民?小?组|组|支路|门"
_COUNTED = re.compile(rf"(?<![一二三四五六七八九]、)(第?)([零〇幺一二两三四五六七八九十百千]+)(?=(?:{_UNITS}))")
_WRITTEN_OUT = re.compile(rf"[壹贰叁肆伍陆柒捌玖拾佰仟零]+(?={_UNITS})|[壹贰叁肆伍陆柒捌玖零]{{3,}}")  # 叁栋, 伍零壹
_ROOM = re.compile(
    rf"(?<=[元室楼层栋幢座号]){_GAP}([{_SPOKEN}十百千]{{1,7}})(?=$|[^{_SPOKEN}十百千万点个块元年月日天次回台户家期])"
)

_DOOR = re.compile(rf"(?<=[A-Za-z附])[{_SPOKEN}]+|[{_SPOKEN}]+幺|幺[{_SPOKEN}]+")


def with_digits(text: Aligned) -> Aligned:
    """All spoken numbers written as digits. Idioms, counts and single numerals (三次, 一直, 八一家园) stay."""
    for rewrite in (_financial, _runs, _lone_times, _counted, _rooms):
        text = rewrite(text)
    return text


def doors_in_digits(address: str) -> str:
    """B二三 → B23, 附幺 → 附1, 幺八F → 18F; 八一路 and 二三栋, which may be both, stay."""
    return _DOOR.sub(lambda found: "".join(DIGITS[char] for char in found.group()), address)


def _financial(text: Aligned) -> Aligned:
    for found in _WRITTEN_OUT.finditer(text.text):
        text = text.replaced(*found.span(), found.group().translate(_FINANCIAL))
    return text


def _runs(text: Aligned) -> Aligned:
    for found in reversed(list(_RUN.finditer(text.text))):
        run = found.group()
        spoken = sum(char in DIGITS for char in run)
        # Two numerals side by side are mostly words (三四天, 八一); next to Arabic digits they are one number.
        if spoken < 3 and not (spoken and sum(char.isdigit() and char.isascii() for char in run) >= 3):
            continue
        if spoken < 7 and re.match(r"[百十千万点个月]", text.text[found.end() : found.end() + 1]):
            continue  # the numeral goes on: 三百, 八点
        text = text.replaced(found.start(), found.end(), _spelled(run))
    return text


def _lone_times(text: Aligned) -> Aligned:
    """三个六 on its own, when the rest of the number stands beside it."""
    if not re.search(r"\d{2}", text.text):
        return text
    for found in reversed(list(_LONE_TIMES.finditer(text.text))):
        text = text.replaced(found.start(), found.end(), _spelled(found.group()))
    return text


def _counted(text: Aligned) -> Aligned:
    for found in reversed(list(_COUNTED.finditer(text.text))):
        written = _written(found.group(2))
        if written and not found.group(1):
            text = text.replaced(found.start(2), found.end(2), written)
    return text


def _rooms(text: Aligned) -> Aligned:
    """The room after a unit has no word of its own: 三单元六零二, 5栋十二."""
    for found in reversed(list(_ROOM.finditer(text.text))):
        before = text.text[: found.start()]
        written = _written(found.group(1))
        if written and re.search(r"\d(?:单元|室|楼|层|栋|幢|座|号楼?)$", before):
            text = text.replaced(found.start(1), found.end(1), written)
    return text


def _spelled(run: str) -> str:
    """Without what stands between; 八-二-五零一 is a door and keeps its dashes."""
    run = _TIMES.sub(lambda m: (DIGITS.get(m[2]) or m[2]) * (10 if m[1] == "十" else int(DIGITS[m[1]])), run)
    written = "".join(DIGITS.get(char, char) for char in run if char not in " ,，、")
    return written if sum(map(str.isdigit, written)) < _PHONE_LONG else written.replace("-", "")


def _written(numeral: str) -> str:
    """二百四十 → 240, 六零二 → 602; empty where it is no number, or not a certain one."""
    if re.fullmatch(_ABOUT, numeral):
        return ""
    if not set(numeral) & set("十百千"):
        return "".join(DIGITS[char] for char in numeral)
    try:
        return str(int(cn2an.cn2an(numeral.replace("〇", "零").replace("两", "二").replace("幺", "一"), "smart")))
    except ValueError:
        return ""
