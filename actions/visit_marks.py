"""满意度 and 上门服务: the mark from 1 to 5 in what is said, and what it says of who came (R5.7, R9.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from backend.domain.visit import Conduct

AS_PROMISED = "都做到了"
MARKS = range(1, 6)
_FIGURES = {**{str(mark): mark for mark in MARKS}, **dict(zip("一二两三四五", (1, 2, 2, 3, 4, 5), strict=True))}
_TOP = re.compile(
    r"满分|(?<!\d)10{1,2}分|一百分|十分(?!钟)|(?:非常|特别|十分|太|很|挺|最|相当)(?:的)?满意|好评|没得说|没话说"
)
_LOWEST = re.compile(r"[负零0]分(?!钟)|(?:很|非常|极其?|太|一点都?|完全|特别)不满意|最低分|差评")
_MARK = re.compile(rf"(?<![\d第])([{''.join(_FIGURES)}])(?:个|颗)?[分星](?![钟一二三四五])")
_BARE = re.compile(rf"(?:[那就我打给个的嗯啊呃吧]|得了?|算|评)*([{''.join(_FIGURES)}])[吧啊呀了。！!，, ]*")
# A word that praises means a mark only as the answer to the question; 不错了 may be said of the picture.
_WORDS = (
    (re.compile(r"不(?:太|怎么|是很|大)?满意|不行|不好|差(?!不多)|糟"), 2),
    (re.compile(r"一般|还行|凑合|马马虎虎|过得去|将就|中等|(?:基本|比较)满意|就那样"), 3),
    (re.compile(r"(?:非常|很|特别|太|真)(?:好|不错|可以)"), 5),
    (re.compile(r"满意|不错|[挺还蛮]好|还可以"), 4),
)
_SO_SO = re.compile(r"(?:[还就也那嗯呃]|只能说|感觉)*(?:一般般?|还行|凑合|马马虎虎|过得去|将就|就那样)[吧了啊呀。！!]*")
_SATISFACTION = re.compile(r"满意")
_DECLINES = re.compile(r"不(?:想|用|要)?(?:评|打分?|给分)|随便|都行|无所谓|没空|算了")
_NOT = re.compile(r"没|不[^错]|迟到|[来到]晚|抽烟|脏|[弄搞]乱|凶|骂|差")
_NOTHING_WRONG = re.compile(r"[没不]有?(?:迟到|[来到]晚|抽烟|[弄搞]?[脏乱]|凶|骂人?|什么|问题|意见|别的)")
_ALL = re.compile(r"都(?:做到|有|挺好|很好|可以|没问题)|做到了$")
_PARTS = re.compile(r"[，,。；;、！!\s]|但是?|不过|就是|(?=别的|其[他余])")
_ASKED = (Conduct.ON_TIME, Conduct.SHOWED_ID, Conduct.LEFT_CLEAN)
_OF = {
    Conduct.ON_TIME: re.compile(r"守时|准时|按时|约定|迟到|[来到]晚"),
    Conduct.SHOWED_ID: re.compile(r"工作证|证件|工牌|胸牌"),
    Conduct.POLITE: re.compile(r"态度|礼貌|客气|文明|凶|骂"),
    Conduct.LEFT_CLEAN: re.compile(r"干净|卫生|鞋套|收拾|脏|[弄搞]乱"),
}


def stated(text: str) -> int | None:
    """The mark that is said outright: 五分, 4星, 非常满意. None: none, or more than one."""
    plain = _plain(text)
    marks = {_FIGURES[found] for found in _MARK.findall(plain)}
    if len(marks) == 1:
        return marks.pop()
    if marks:
        return None
    if _LOWEST.search(plain):
        return 1
    if _TOP.search(plain) and "不" not in plain:
        return 5
    return _worded(plain) if _SATISFACTION.search(plain) else None


def bare(text: str) -> int | None:
    """The mark where nothing else is said: 5, 打个五吧, 一般般. As the answer to the question for it."""
    plain = _plain(text)
    figure = _BARE.fullmatch(plain)
    return _FIGURES[figure[1]] if figure else 3 if _SO_SO.fullmatch(plain) else stated(text)


def answered(text: str) -> int | None:
    """The mark that may be meant by the answer: 还可以吧，就是慢了点."""
    return bare(text) or _worded(_plain(text))


def declines(text: str) -> bool:
    return _DECLINES.search(text) is not None


def conduct(text: str) -> Mapping[Conduct, bool]:
    """What was named, kept or not; the rest of what was asked where that is said to have been kept."""
    parts = [part for part in _PARTS.split(text) if part]
    named = {
        each: not any(not_kept(part) for part in parts if of.search(part))
        for each, of in _OF.items()
        if any(of.search(part) for part in parts)
    }
    kept = dict.fromkeys(_ASKED, True) if any(_ALL.search(part) and not not_kept(part) for part in parts) else {}
    return {**kept, **named}


def answers_what_was_asked(text: str) -> bool:
    """没出示工作证 does, however much it sounds like a complaint; 态度太差 and 我要投诉 are one."""
    return "投诉" not in text and not conduct(text).keys().isdisjoint(_ASKED)


def is_of_conduct(text: str) -> bool:
    return any(of.search(text) for of in _OF.values()) or re.search(r"抽烟|做到", text) is not None


def not_kept(text: str) -> bool:
    return _NOT.search(_NOTHING_WRONG.sub("", text)) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _worded(plain: str) -> int | None:
    return next((mark for words, mark in _WORDS if words.search(plain)), None)
