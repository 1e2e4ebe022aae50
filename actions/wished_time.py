"""A time the customer wishes to be visited at, read from Chinese date phrases."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta

with warnings.catch_warnings():  # the package's own sources warn while they are compiled
    warnings.simplefilter("ignore", SyntaxWarning)
    from recognizers_date_time import Culture, recognize_datetime

from actions.spoken import SHANGHAI

_WISHING = re.compile(
    r"(?<![回起出原从本将])来(?!电)|上门|在家|才有人|有人在|方便|有空|有时间|没空|约|派人|再修|必须.{0,2}修|点[以之]?前.{0,4}修好"
)
_BEFORE = re.compile(
    r"说好|答应|约好|请了假|等了|昨|前天|上周|上个?星期|上个?礼拜|上个?月|上次|上回|刚才|来过|来了|没来|开始"
)
# Wished for, though no clock can tell them: 周末, 下班以后.
_UNCLEAR = re.compile(r"周末|双休|节假日|工作日|下班|放学|[早中午晚]饭")
# 就是晚上八点到十点, 一到晚上: when it is broken, unless a day to come is named.
_HAPPENS = re.compile(r"就是|都是|一到|每[天晚次]|天天|[的那]时候|老是|总是|经常|有时|时段|开始|以来")
_DAY = re.compile(r"今[天晚早]|[明后]天|[明后]早|(?<!上)(?:周|星期|礼拜)|(?:这|下|本)个?(?:星期|礼拜)|[号日]|下个?月")
# 上午要去买菜, 明天白天没人: when nobody may come. 下午去修 is said of us.
_GOING_OUT = (
    r"没空|没人|没时间|不在|(?<!方便)不方便|有事|来不了|走不开|上班|加班|别来|不用来|不要来"
    r"|出[门去]|要去|去(?:买|医院|看|接|上|办|赶集|外地|亲戚)|看病|接(?:小?孩|孙)|走亲戚"
)
NOT_THEN = re.compile(rf"^[^，,。；;！!？?]{{0,6}}?(?:(?<!行)不行|{_GOING_OUT})")
_NOBODY_HOME = re.compile(
    r"(?:[今明后]天|[今明后]早|[今明]晚|周[一二三四五六日天末]|(?:星期|礼拜)[一二三四五六日天]|[早上中下]午|早[上晨]|晚上|白天|(?<![快早晚])点)"
    rf"[^，,。；;！!？?]{{0,6}}?(?:{_GOING_OUT})"
)
_OF_ANOTHER = re.compile(r"电视|网|信号|宽带|画面|点播|看不|(?<!要)不来|投诉|修好")  # what is broken; who threatens
_LONG = 20  # characters: a story has such words, too
_FARTHEST = timedelta(days=180)  # 11月20号, said the day after, is no wish for next year
_IMPOSSIBLE = "not resolved"  # 2月30号
_MORNING = 7  # o'clock: 三点 is three in the afternoon


def is_wished(text: str) -> bool:
    """Whether a time in this sentence is one to come at, not one since when something is broken."""
    return _WISHING.search(text) is not None and _BEFORE.search(text) is None


def happens(text: str) -> bool:
    """Whether a time in this sentence says when something is broken, or what was before."""
    if _DAY.search(text):
        return False
    return _BEFORE.search(text) is not None or (_HAPPENS.search(text) is not None and not _WISHING.search(text))


def nobody_home(text: str) -> bool:
    """Whether a short sentence says when nobody is at home, and nothing of what was before."""
    other = _BEFORE.search(text) or _HAPPENS.search(text) or _OF_ANOTHER.search(text)
    return len(text) <= _LONG and _NOBODY_HOME.search(text) is not None and not other


def is_unclear(phrase: str) -> bool:
    """Whether the phrase names a time to come, but no moment that could be computed."""
    return _UNCLEAR.search(phrase) is not None


def read_time(phrase: str, *, at: datetime) -> datetime | None:
    """The first moment after `at` that the phrase may mean, aware; None where it names none that can be computed."""
    now = at.astimezone(SHANGHAI)
    moments = [
        moment
        for found in recognize_datetime(phrase, Culture.Chinese, reference=now.replace(tzinfo=None))
        for value in (found.resolution or {}).get("values", ())
        if (moment := _moment(value, now=now)) is not None
    ]
    to_come = [moment for moment in moments if now < moment < now + _FARTHEST]
    return min(to_come, key=lambda moment: (moment.hour < _MORNING, moment), default=None)


def _moment(value: dict[str, str], *, now: datetime) -> datetime | None:
    text = value.get("start") or value.get("value") or ""
    if text == _IMPOSSIBLE:
        return None
    match value["type"]:
        case "datetime" | "datetimerange":
            return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        case "date" | "daterange":
            # A bare day is wished from its morning on; today's is already under way.
            return datetime.combine(date.fromisoformat(text), time(8), tzinfo=SHANGHAI)
        case "time" | "timerange":
            clock = time.fromisoformat(text)
            today = datetime.combine(now.date(), clock, tzinfo=SHANGHAI)
            return today if today > now else today + timedelta(days=1)
        case _:
            return None
