"""Figures as they are said: digit by digit with 幺 for 1, as an amount, as money, as a time of day."""

from decimal import Decimal
from typing import Final

from cn2an import an2cn

_DIGITS: Final = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_YEAR: Final = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_DAYPARTS: Final = ((6, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
_ROUND: Final = {0: "", 30: "半"}
GROUPS: Final = {11: (3, 4, 4), 12: (4, 4, 4), 10: (3, 4, 3), 8: (4, 4), 7: (3, 4)}


def digits(text: str) -> str:
    """96130: 九六幺三零."""
    return "".join(_DIGITS.get(sign, sign) for sign in text)


def grouped(text: str, *, sizes: tuple[int, ...] = ()) -> str:
    """13807911234: 幺三八，零七九幺，幺二三四. A pause between the groups."""
    groups, start = [], 0
    for size in sizes or GROUPS.get(len(text), (len(text),)):
        groups.append(digits(text[start : start + size]))
        start += size
    return "，".join(groups)


def year(text: str) -> str:
    return "".join(_YEAR[sign] for sign in text)


def amount(text: str, *, of: str = "") -> str:
    """24: 二十四; 2 of something counted: 两; 1.5: 一点五."""
    if text == "2" and of:
        return "两"
    said = str(an2cn(text.lstrip("0") or "0" if "." not in text else text, "low"))
    return said.removeprefix("一") if said.startswith("一十") else said


def money(text: str) -> str:
    """25.50: 二十五元五角; 0.15: 一角五分; 120.05: 一百二十元零五分."""
    yuan, cents = divmod(int(Decimal(text) * 100), 100)
    jiao, fen = divmod(cents, 10)
    said = f"{amount(str(yuan))}元" if yuan or not cents else ""
    if jiao:
        said += f"{amount(str(jiao))}角"
    if fen:
        said += f"{'零' if yuan and not jiao else ''}{amount(str(fen))}分"
    return said


def daypart(hour: int) -> str:
    return next(name for until, name in _DAYPARTS if hour < until)


def clock(hour: int, minute: int, *, after: str = "") -> str:
    """20:30: 晚上八点半; `after`: the part of the day that was just said and needs no repetition."""
    part = daypart(hour)
    shown = hour - 12 if hour > 12 else hour
    said = "十二" if shown == 12 else "零" if shown == 0 else "两" if shown == 2 else amount(str(shown))
    minutes = f"{'零' if minute < 10 else ''}{amount(str(minute))}分"
    return f"{'' if part == after else part}{said}点{_ROUND.get(minute, minutes)}"
