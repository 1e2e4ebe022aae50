"""Two addresses as customers write them: are they one place?"""

import re

from backend.domain.areas import fold

# 省, 市 and 区 or 县 at the front, and the rest; 城市花园 and 锦江小区 are names of places, no units.
_PARTS = re.compile(
    r"(?:([^\W\d]{2,3}?)省)?"
    r"(?:([^\W\d路街]{2,6}?)(?<![城都超门夜菜花])市(?![场民政区]))?"
    r"(?:([^\W\d路街]{2,6}?)(?<![小社园校厂])[区县])?"
    r"(.*)"
)
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_PUNCTUATION = re.compile(r"(?!-)[\W_]|(?<!\d)-|-(?!\d)")


def plain(text: str) -> str:
    """Simplified, half width, lower case, without white space and punctuation; 3—2—501 becomes 3-2-501."""
    return _PUNCTUATION.sub("", _BETWEEN_NUMBERS.sub("-", fold(text).casefold()))


def same_address(*, one: str, other: str) -> bool:
    """The same, or the same but for a province, city or district that only one of them names."""
    first, second = plain(one), plain(other)
    if _one_ends_with_the_other(first, second):
        return True
    *units, first_rest = _PARTS.findall(first)[0]
    *other_units, second_rest = _PARTS.findall(second)[0]
    agree = all(
        mine.endswith(theirs) or theirs.endswith(mine)  # also where one is not named, or 南昌红谷滩 and 红谷滩
        for mine, theirs in zip(units, other_units, strict=True)
    )
    return agree and _one_ends_with_the_other(first_rest, second_rest)


def _one_ends_with_the_other(first: str, second: str) -> bool:
    """In whole numbers: 13栋 does not end with 3栋."""
    short, long = sorted((first, second), key=len)
    before = long[: len(long) - len(short)]
    return bool(short) and long.endswith(short) and not (before[-1:].isdigit() and short[0].isdigit())
