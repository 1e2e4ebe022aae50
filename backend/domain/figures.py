"""Figures in a sentence: amounts of money 金额 and numbers of times 次数, in digits or in Chinese numerals."""

import re
from decimal import Decimal
from typing import Final

_SIMPLIFIED: Final = str.maketrans("兩萬億圓塊貳參", "两万亿元块二三")
_DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    **{c: n for n, c in enumerate("三四五六七八九", start=3)},
}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
_NUMERAL: Final = r"(?:\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]*"
_MONEY: Final = re.compile(rf"({_NUMERAL})([多余几来]?)(万?)\s*[块元]|[¥￥]\s*(\d[\d,]*(?:\.\d+)?)")
# 回看, 回访 … are no times.
_TIMES: Final = re.compile(rf"({_NUMERAL})[多几来]?\s*(?:次|趟|遍|回(?![看放复访答应电家来去头话]))")


def yuan_in(text: str) -> tuple[Decimal, ...]:
    """The amounts named in 元 or 块, in their order; 五百多块 is at least a yuan more, 几千块 at least one thousand."""
    amounts = []
    for numeral, more, myriads, after_sign in _MONEY.findall(text.translate(_SIMPLIFIED)):
        amount = _number(after_sign or numeral) * (_MYRIADS["万"] if myriads else 1)
        amounts.append(amount + 1 if more else amount)
    return tuple(amounts)


def times_in(text: str) -> tuple[int, ...]:
    """第三次, 3回, 两三趟: how many times are named; of 两三 the fewer."""
    return tuple(int(_number(numeral)) for numeral in _TIMES.findall(text.translate(_SIMPLIFIED)))


def _number(numeral: str) -> Decimal:
    arabic, units = re.fullmatch(r"([\d,，.]*)(.*)", numeral).groups()  # type: ignore[union-attr]  # always matches
    if not arabic:
        return Decimal(_chinese(units))
    number = Decimal(re.sub("[,，]", "", arabic))
    for unit in units:
        number *= {**_UNITS, **_MYRIADS}.get(unit, 1)
    return number


def _chinese(numeral: str) -> int:
    if len(numeral) > 2 and all(sign in _DIGITS for sign in numeral):  # digit by digit: 一二八零
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    whole = below_myriad = 0
    digit, unit_before = None, 1
    for sign in numeral:
        if sign in _MYRIADS:
            whole = (whole + below_myriad + (digit or 0) or 1) * _MYRIADS[sign]
            below_myriad, digit, unit_before = 0, None, _MYRIADS[sign]
        elif sign in _UNITS:
            below_myriad += (1 if digit is None else digit) * _UNITS[sign]
            digit, unit_before = None, _UNITS[sign]
        elif not _DIGITS[sign]:
            unit_before = 1  # 一千零二 is no 一千二
        elif digit is None:
            digit = _DIGITS[sign]
    return whole + below_myriad + (digit or 0) * max(unit_before // 10, 1)
