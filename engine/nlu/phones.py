"""Digits people say: phone, part of a phone, ticket number 工单号, last four 后四位."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Iterator, List, Sequence

import phonenumbers

from engine.nlu.spans import Span

_JOIN = re.compile(
    r"^(?:[\s\-—–_·.,，、。()（）:：/#]|然后|再是|再|接着|后面|后边|最后|是|开头|打头|没错|对|啊|呃|嗯|那个|就是|的|空格|吧)*$"
)
_CHUNK = re.compile(r"(?<![A-Za-z\d])(?<!\d:)\+?\d+(?![A-Za-z\d])(?!:\d)")  # neither E16 nor 14:30
_COUNTER = re.compile(r"^(?:号楼|[栋幢单室楼层弄号座门户组排块元兆点月日年天次台个岁期路]|[Mm](?![A-Za-z]))")
_PHONE_WORDS = re.compile(r"电话|手机|座机|固话|市话|号码|打(?:我|这|给)|联系|拨|回电|微信")
_TICKET_WORDS = re.compile(r"工单|单号|受理|报修号|投诉号|单子|编号|回执")
_LETTERED = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{1,4}[- ]?\d{5,}(?![A-Za-z\d])")
_DENIED = re.compile(r"不是\s*$")
_RIGHT = re.compile(r"不是\s*\d{4}[\s,，]*[应而]?该?是\s*$")  # 不是0105是0106
_WRONG_AFTER = re.compile(r"^[\s,，]*不是\s*\d{4}(?!\d)")  # 是0106不是0105
_THEN_RIGHT = re.compile(r"^[\s,，]*[应而]?该?是\s*\d{4}(?!\d)")
_DOOR_AND_MOBILE = re.compile(r"(\d{2,4})(1[3-9]\d{9})")
_DOOR_BEFORE = re.compile(r"(?:[栋幢元室楼层座]|(?<![机话])号)\s?$")
_DOOR = re.compile(r"(?:(?<![\d-])\d{1,2}(?:-\d{1,2})+|(?<=[苑园区楼座栋村])\d{1,2})-\d{3,4}(?![\d-])")  # 6-1-1103
_LAST_FOUR_WORDS = re.compile(r"(?:尾号|后四位|末四位|后4位|最后四位|尾数|后面四位)[^\d]{0,6}$")


@dataclass(frozen=True)
class Chunk:
    digits: str
    start: int
    end: int


def digit_spans(text: str, *, asked: str = "") -> List[Span]:
    """All of them in a text whose spoken digits are already written out. `asked`: the slot just asked for."""
    spans: List[Span] = []
    for group in _groups(text):
        spans += _read_group(text, group, asked=asked)
    if "ticket" in asked or _TICKET_WORDS.search(text):
        # Another system's number: the actions say that it is none of ours.
        spans += [Span("ticket_number", found.group(), *found.span()) for found in _LETTERED.finditer(text)]
    whole = any(span.entity == "phone" for span in spans)
    return [span for span in spans if not (whole and span.entity == "phone_part")]


def _chunks(text: str) -> Iterator[Chunk]:
    doors = [door.span() for door in _DOOR.finditer(text)]
    for found in _CHUNK.finditer(text):
        if any(start <= found.start() < end for start, end in doors):
            continue
        if not _COUNTER.match(text[found.end() :]):  # 3栋, 20兆, 5点 are no part of a number people dial
            digits, start = found.group().lstrip("+"), found.start()
            glued = _DOOR_AND_MOBILE.fullmatch(digits)
            if glued and _DOOR_BEFORE.search(text[:start]):  # 9栋505 and the phone, spoken in one breath
                digits, start = glued.group(2), start + glued.end(1)
            yield Chunk(digits, start, found.end())


def _groups(text: str) -> List[List[Chunk]]:
    """Chunks with nothing but spaces, dashes and 然后, 再是 … between them."""
    groups: List[List[Chunk]] = []
    for chunk in _chunks(text):
        denied = groups and _DENIED.search(text[: groups[-1][0].start])  # what follows it is another number
        if groups and not denied and _JOIN.match(text[groups[-1][-1].end : chunk.start]):
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return groups


def _read_group(text: str, group: Sequence[Chunk], *, asked: str) -> List[Span]:
    spans: List[Span] = []
    left = 0
    while left < len(group):
        for right in range(len(group), left, -1):
            span = _whole(group[left:right])
            if span:
                spans.append(span)
                left = right
                break
        else:
            left += 1
    if spans:
        return spans
    return _partial(text, group, asked=asked)


def _whole(chunks: Sequence[Chunk]) -> Span | None:
    digits = "".join(chunk.digits for chunk in chunks)
    start, end = chunks[0].start, chunks[-1].end
    if _is_ticket_number(digits):
        return Span("ticket_number", digits, start, end)
    for prefix in ("0086", "86", ""):
        national = digits[len(prefix) :]
        if digits.startswith(prefix) and (
            re.fullmatch(r"1[3-9]\d{9}", national) or re.fullmatch(r"0\d{9,11}", national)
        ):
            number = phonenumbers.parse(national, "CN")
            if phonenumbers.is_valid_number(number):
                e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
                return Span("phone", e164, start, end)
    return None


def _is_ticket_number(digits: str) -> bool:
    """YYMMDD, four or more digits of the day, one check digit. The check itself is the backend's."""
    if not 11 <= len(digits) <= 13 or not digits.startswith(("2", "3")):
        return False
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def _partial(text: str, group: Sequence[Chunk], *, asked: str) -> List[Span]:
    digits = "".join(chunk.digits for chunk in group)
    start, end = group[0].start, group[-1].end
    before = text[max(0, start - 12) : start]
    alone = not re.sub(r"[\s,，。.!?？、:：啊呃嗯呢吧哦的是\d\-]", "", text)
    about_ticket = "ticket" in asked or bool(_TICKET_WORDS.search(text))
    if len(digits) == 4 and "four" in asked:
        return [Span("last_four", digits, start, end)]
    if len(digits) == 4 and _LAST_FOUR_WORDS.search(before):
        # The end of a card's or an order's number is no proof of who is asking.
        of_another = _TICKET_WORDS.search(before) or "卡" in before or text.startswith("的卡", end)
        return [] if of_another else [Span("last_four", digits, start, end)]
    if len(digits) == 4 and _corrected(text, start, end):
        return [Span("last_four", digits, start, end)]
    if len(digits) == 4 and alone and not about_ticket and "phone" not in asked:
        return [Span("last_four", digits, start, end)]
    looks_mobile = bool(re.match(r"1[3-9]", digits))
    if about_ticket and not looks_mobile and not re.search(r"电话|手机", before):
        return [Span("ticket_number", digits, start, end)] if len(digits) >= (4 if "ticket" in asked else 8) else []
    if len(group) == 1 and len(digits) <= 4 and _DOOR_BEFORE.search(before):
        return []
    about_phone = "phone" in asked or bool(_PHONE_WORDS.search(text))
    if len(digits) in (7, 8) and digits[0] in "2345678" and (about_phone or alone):
        return [Span("phone", digits, start, end)]  # local: the charter's area code completes it, in the actions
    if (looks_mobile and len(digits) >= 8) or (
        about_phone and (len(digits) >= 6 or (looks_mobile and len(digits) >= 3))
    ):
        return [Span("phone_part", digits, start, end)]
    if "phone" in asked and alone and len(digits) >= 3:
        return [Span("phone_part", digits, start, end)]
    return []


def _corrected(text: str, start: int, end: int) -> bool:
    """Whether the four digits are one side of 不是0105是0106 or 是0106不是0105."""
    before, after = text[:start], text[end:]
    right = _RIGHT.search(before) or _WRONG_AFTER.match(after)
    wrong = _DENIED.search(before) and (re.search(r"\d{4}[\s,，]*不是\s*$", before) or _THEN_RIGHT.match(after))
    return bool(right or wrong)
