"""Sentences to say: whole and ordinary, never the same one twice in a run, none from the training data."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Final

ASKED, PRAISED = "ask_fee", "praise"  # answered with an action, and without
_LEADS: Final = (
    *(
        "",
        "您好，",
        "请问",
        "麻烦问下",
        "想问一下",
        "咨询一下",
        "喂，",
        "我想知道",
        "帮我查下",
        "打听下",
        "那个",
        "不好意思，",
    ),
    *("我再问问", "劳驾，", "顺便问一句", "有空说下"),
)
_THINGS: Final = ("移机", "过户", "看电视一个月", "副终端每个月", "第三台电视", "移机费", "收视费", "补用户证")
_ASKED_ENDS: Final = ("", "？", "。", "，急着知道", "，麻烦您", "，说一下")
_WHO: Final = (
    "师傅",
    "客服",
    "营业厅的小姑娘",
    "昨天来的师傅",
    "装机的小伙子",
    "你们班长",
    "修机顶盒的师傅",
    "接电话的大姐",
)
_HOW: Final = ("态度特别好", "服务真好", "修得又快又好", "很耐心", "干活利索", "讲得清楚", "真负责")
_PRAISED_ENDS: Final = ("", "。", "！", "，辛苦了", "，真的", "~")
# Between signs, as Rasa's keyword classifier wants them: to it, Chinese without one is a single word.
KEYWORDS: Final = {
    ASKED: ("多少钱", "怎么收费", "收费是多少", "要多少钱", "什么价格", "费用是多少", "得交多少钱"),
    PRAISED: ("表扬一下", "给你们点赞", "要夸一夸", "值得表扬", "必须点赞", "我要表扬他"),
}


def endless(kind: str, *, seed: int = 7) -> Iterator[str]:
    """ASKED or PRAISED. More than 5,000 before the first comes again: no cache of sentences reaches that far."""
    begun = {ASKED: (_LEADS, _THINGS), PRAISED: (_LEADS, _WHO, _HOW)}[kind]
    ends = _ASKED_ENDS if kind == ASKED else _PRAISED_ENDS
    sentences = ["".join(each) for each in product(*begun, ("，",), KEYWORDS[kind], ends)]
    Random(seed).shuffle(sentences)  # noqa: S311  an order, no secret
    while True:
        yield from sentences
