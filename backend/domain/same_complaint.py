"""Two complaints of one kind by one customer: are they one matter? The names in them decide, else their words."""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Final

from backend.domain.address import plain
from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket_number import TicketNumber

SAME_FROM: Final = 0.5  # of the shorter story's pairs of neighbouring characters stand in the other, too
UNCLEAR_FROM: Final = 0.3  # of its characters
LITTLE: Final = 5  # characters: who tells less tells no story of their own (态度差)

_NUMBER: Final = re.compile(r"(?<!\d)\d{6} ?\d{4,} ?\d(?!\d)")
_STAFF: Final = re.compile(
    r"工号\D{0,3}[0-9〇零一二三四五六七八九幺]{3,6}|姓[一-龥](?=的|，|,|。|；|$)|[一二三四五六七八九\d]号窗口"
)
# What any complaint says, and the headings that the form adds.
_COMMON: Final = re.compile(
    r"投诉(?:服务态度|逾期或失约|收费|反复故障|其他问题)|希望：|涉及(?:人员|工单)：|投诉|举报|我要|我们|我家|我|你们|你|他们|他"
    r"|师傅|维修|客服|营业厅|工作人员|公司|的|了|是|就|都|还|又|也|要|太|很|真|一个|这个|那个|什么|怎么"
)


class Sameness(StrEnum):
    SAME = "same"
    UNCLEAR = "unclear"  # the customer is asked
    OTHER = "other"


def staff_named(story: str) -> tuple[str, ...]:
    """工号1027, 姓万, 三号窗口: as the customer said it."""
    return tuple(dict.fromkeys(_STAFF.findall(story)))


def sameness(*, told: str, said: str) -> Sameness:
    """`told`: the complaint on record, `said`: the new one, of the same kind and customer."""
    for one, other in ((_tickets(told), _tickets(said)), (_staff(told), _staff(said))):
        if one and other:
            return Sameness.SAME if one & other else Sameness.OTHER
    first, second = _parts(told), _parts(said)
    if _shared(_characters(first), _characters(second)) >= UNCLEAR_FROM:
        return Sameness.SAME if _shared(_pairs(first), _pairs(second)) >= SAME_FROM else Sameness.UNCLEAR
    return Sameness.UNCLEAR if min(len(_characters(first)), len(_characters(second))) < LITTLE else Sameness.OTHER


def _tickets(story: str) -> set[str]:
    numbers = set()
    for written in _NUMBER.findall(story):
        try:
            numbers.add(TicketNumber.parse(written).text)
        except InvalidTicketNumber:
            continue  # a phone, an account
    return numbers


def _staff(story: str) -> set[str]:
    """By job number, the one name that is nobody else's: 姓万 may be two."""
    numbers = {re.sub(r"\D", "", name) for name in staff_named(story) if name.startswith("工号")}
    return numbers - {""}


def _parts(story: str) -> list[str]:
    """The story in pieces, without what any complaint says."""
    return [plain(part) for part in _COMMON.split(re.sub(r"[^\w\s]", "\n", _NUMBER.sub("", story)))]


def _characters(parts: Iterable[str]) -> set[str]:
    return {sign for part in parts for sign in part}


def _pairs(parts: Iterable[str]) -> set[str]:
    return {one + other for part in parts for one, other in pairwise(part)}


def _shared(one: set[str], other: set[str]) -> float:
    """How much of the smaller set the two share."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0
