"""How the hotline says a text that was written: numbers, money and dates in words, nothing that must be seen."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from bot.channels.hotline.numerals import amount, clock, daypart, digits, grouped, money, year

LONGEST: Final = 110  # characters of one say verb
_HAN: Final = "\u4e00-\u9fff"
_ENDS: Final = "。！？；"
_PAUSES: Final = f"，、：{_ENDS}"
# What is counted, with 两 for 2; behind the others a number is a name, with 二.
_COUNTED: Final = (
    "小时|分钟|公里|个|位|次|台|天|年|家|张|条|件|项|套|户|路|人|名|周|种|步|端|集|遍|分|兆|米|秒|部|笔|倍|折"
)
_NAMED: Final = "单元|频道|月份|号|栋|幢|座|楼|层|室|组|期|区|弄|门|排|队|月|日|点|段|巷|街|环|村|线|岁|级"
_UNIT: Final = f"(?:{_COUNTED}|{_NAMED})"
_BEFORE_DIGITS: Final = (
    "工号|尾号|号码|热线|电话|手机|代码|卡号|户号|账号|编号|单号|工单|后四位|末四位|四位|转|拨打|拨|打|监督|听到|幺"
)
_WEEKDAY: Final = {"日": "天"}

Say = Callable[[re.Match[str]], str]


def _weekday(letter: str) -> str:
    return f"星期{_WEEKDAY.get(letter, letter)}"


def _date(found: re.Match[str]) -> str:
    stated = f"{year(found['year'])}年" if found["year"] else ""
    weekday = _weekday(found["weekday"]) if found["weekday"] else ""
    return f"{stated}{amount(found['month'])}月{amount(found['day'])}号{weekday}"


def _month(found: re.Match[str]) -> str:
    on = f"{amount(found['day'])}号" if found["day"] else ""
    return f"{year(found['year'])}年{amount(found['month'])}月{on}"


def _times(found: re.Match[str]) -> str:
    hour, until = int(found["hour"]), found["until"]
    said = clock(hour, int(found["minute"]))
    return f"{said}到{clock(int(until), int(found['and']), after=daypart(hour))}" if until else said


def _price(found: re.Match[str]) -> str:
    """24 元/月: 每月二十四元; 每台 5 元/月·台: 每台每月五元."""
    per = dict.fromkeys(f"每{each}" for each in [found["each"], *re.findall(r"[^/·]+", found["per"])] if each)
    return f"{''.join(per)}{money(found['money'])}"


def _phone(found: re.Match[str]) -> str:
    area, rest = found["area"], re.sub(r"\D", "", found["rest"])
    return f"，{digits(area)}，{grouped(rest)}，" if area else f"，{grouped(rest)}，"


def _ticket(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found[0])
    return f"，{grouped(number, sizes=(6, len(number) - 7, 1))}，"


def _named(found: re.Match[str]) -> str:
    return f"{found['name']}{'，'.join(digits(group) for group in re.split('[ -]+', found['number']))}"


def _counter(unit: str) -> str:
    return unit if re.fullmatch(_COUNTED, unit) else ""


def _counted(found: re.Match[str]) -> str:
    return amount(found["number"], of=_counter(found["unit"])) + found["unit"]


def _least(found: re.Match[str]) -> str:
    return amount(found["least"], of=_counter(found["unit"]))


def _bare(found: re.Match[str]) -> str:
    number = found[0]
    by_digit = "." not in number and (len(number) > 3 or (len(number) > 1 and number[0] == "0"))
    return digits(number) if by_digit else amount(number)


# In this order: what says more about a number comes first.
_RULES: Final[tuple[tuple[re.Pattern[str], Say], ...]] = (
    (
        re.compile(
            r"(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]"
            r"(?:（周(?P<weekday>[一二三四五六日])）)?"
        ),
        _date,
    ),
    (re.compile(r"(?<!\d)(?P<year>20\d{2})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?![\d-])"), _month),
    (re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2}) ?年"), lambda found: f"{year(found['year'])}年"),
    (re.compile(r"（周(?P<weekday>[一二三四五六日])）"), lambda found: _weekday(found["weekday"])),
    (
        re.compile(
            r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)"
            r"(?: ?[–—~～-] ?(?P<until>[01]?\d|2[0-4])[:：](?P<and>[0-5]\d))?"
        ),
        _times,
    ),
    (
        re.compile(
            r"(?:每(?P<each>[台户个次]) ?)?(?P<money>\d+(?:\.\d{1,2})?) ?元"
            r"(?P<per>(?:[/·](?:[月年台次户个路天张]|小时))*)"
        ),
        _price,
    ),
    (re.compile(r"(?<!\d)(?:\+?86[ -]?)?(?P<area>)(?P<rest>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"), _phone),
    (re.compile(r"(?<!\d)(?P<area>0(?:10|2\d|[3-9]\d{2}))[ -]?(?P<rest>[2-9]\d{2,3}[ -]?\d{4})(?!\d)"), _phone),
    (re.compile(r"(?<!\d)\d{6} ?\d{4,6} ?\d(?!\d)"), _ticket),
    (re.compile(r"(?<![\d.])11[09]|(?<![\d.])120(?= ?(?:或|报|急救|[，。、]|$))"), lambda found: digits(found[0])),
    (
        re.compile(rf"(?P<name>(?:{_BEFORE_DIGITS})[ 是:：]*)(?P<number>\d[\d -]*\d|\d)(?! ?(?:{_UNIT}|[\d元%.]))"),
        _named,
    ),
    (re.compile(r"(?P<percent>\d+(?:\.\d+)?) ?%"), lambda found: f"百分之{amount(found['percent'])}"),
    (
        re.compile(rf"(?<![\d.])(?P<least>\d+) ?[–—~～-] ?(?P<most>\d+) ?(?P<unit>{_UNIT})"),
        lambda found: f"{_least(found)}到{amount(found['most'])}{found['unit']}",
    ),
    (
        re.compile(r"(?<=[栋幢座号楼元层室附])(?P<room>\d{3,4})(?!\d)(?! ?(?:元|户|个|号|栋|幢))"),
        lambda found: f"，{digits(found['room'])}",
    ),
    (
        re.compile(r"(?<!\d)\d{1,3}(?:[-—]\d{1,4})+(?!\d)"),
        lambda found: "杠".join(digits(part) for part in re.split("[-—]", found[0])),
    ),
    (re.compile(rf"(?<![\d.])(?P<number>\d{{1,5}}(?:\.\d+)?) ?(?P<unit>{_UNIT})"), _counted),
    (re.compile(r"\d+(?:\.\d+)?"), _bare),
)
_UNSPEAKABLE: Final = (
    (re.compile(r"https?://\S+|www\.\S+"), ""),
    (re.compile(r"(?m)^\s*[-*•]\s+"), ""),
    (re.compile(r"\s*\n\s*"), "。"),
    (re.compile(r"[（()）【】\[\]]"), "，"),
    (re.compile(rf"(?<=[{_HAN}])/(?=[{_HAN}])"), "或"),
    (re.compile(r"[&＆]"), "和"),
    (re.compile(r"[…—–]+"), "，"),
    (re.compile(r"[\u2190-\u2bff\u3004\ufe0f\u200d\U0001f000-\U0001faff#*_`<>{}|~～\\/·+=^$@\[\]]"), ""),
    (re.compile(rf"(?<=[{_HAN}{_PAUSES}“”])[ \t]+|[ \t]+(?=[{_HAN}{_PAUSES}“”])"), ""),
    (re.compile(r"[，、；：]+(?=[，、。！？；：])"), ""),
    (re.compile(rf"(?<=[{_ENDS}：])[，、。；]+"), ""),
    (re.compile(rf"^[{_PAUSES}\s]+"), ""),
)


def spoken(text: str) -> str:
    """最迟 11月22日（周日）20:30 前: 最迟十一月二十二号星期天晚上八点半前. Empty where nothing can be said."""
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    for pattern, instead in _UNSPEAKABLE:
        text = pattern.sub(instead, text)
    return text.strip()


def said(texts: Iterable[str], *, longest: int = LONGEST) -> list[str]:
    """What is said one after the other, in pieces that end with a sentence; what was asked stands in the last one."""
    pieces: list[str] = []
    for sentence in (each for text in texts for each in _sentences(spoken(text))):
        if pieces and len(pieces[-1]) + len(sentence) <= longest:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _sentences(text: str) -> list[str]:
    ended = text if text.endswith(tuple(_ENDS)) or not text else f"{text.rstrip('，、：')}。"
    return re.findall(rf"[^{_ENDS}]+[{_ENDS}]+[”]?", ended)
