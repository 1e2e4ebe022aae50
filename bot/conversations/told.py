"""What the customer is told on the way to a person and back, and what they say there that needs no engine."""

import re
import unicodedata
from typing import Final

from backend.domain.vocabulary import Channel
from bot.conversations.messages import Button, Reply, Speaker

CANCEL: Final = "取消"
RATINGS: Final = ("满意", "基本满意", "不满意")
CALL_ME: Final = "请人工给我回电话"  # what the assistant's own turn says where nobody came
_CANCELS: Final = re.compile(r"取消(?:排队|人工|转人工)?|不(?:用|要)?(?:等|排队?)了|不(?:用|要)人工了?|算了")
_RATES: Final = re.compile(r"(?:(?:非常|很|挺|比较|还算|基本|一般)?(?:不太|不|没)?满意|[123])(?:了|的)?")


def bare(text: str) -> str:
    """Letters and digits only: 取消！ is 取消."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def cancels(text: str) -> bool:
    """取消, said by who waits for a person."""
    return _CANCELS.fullmatch(bare(text)) is not None


def rating(text: str) -> str | None:
    """Which of RATINGS the answer to the satisfaction question 满意度 is; None: it is something else."""
    said = bare(text)
    if _RATES.fullmatch(said) is None:
        return None
    if said[0] in "123":
        return RATINGS[int(said[0]) - 1]
    if "不" in said or "没" in said:
        return RATINGS[2]
    return RATINGS[1] if re.match("基本|一般|还算|比较", said) else RATINGS[0]


def queued(*, ahead: int, minutes: int | None) -> Reply:
    return _says(f"正在为您转人工坐席。{_place(ahead, minutes)}{_WAY_BACK}")


def place(*, ahead: int, minutes: int | None) -> Reply:
    return _says(_place(ahead, minutes))


def is_worth_telling(ahead: int, *, channel: Channel) -> bool:
    """WeChat lets through few messages until the customer writes again: there only that it is their turn next."""
    return channel is not Channel.WECHAT or ahead == 0


def _place(ahead: int, minutes: int | None) -> str:
    before = f"您前面还有 {ahead} 位" if ahead else "您排在第一位"
    return f"{before}，预计还要等 {minutes} 分钟左右。" if minutes else f"{before}，请稍等。"


_WAY_BACK: Final = f"等的时候可以接着说，坐席都看得到；回复“{CANCEL}”就由机器人继续为您服务。"


def cancelled() -> Reply:
    return _says("好的，不再排队，由机器人继续为您服务。请问您要办什么事？")


def served(*, agent: str) -> Reply:
    return _says(f"工号 {agent} 的坐席为您服务。", agent=agent)


def handed_back(*, settled: bool) -> Reply:
    if settled:
        return _says("人工服务已结束，由机器人继续为您服务。还有别的事，请直接说。")
    return _says("由机器人继续为您服务。刚才说过的都记着，不用再说一遍。")


def transferred(*, to: str | None) -> Reply:
    whom = f"工号 {to} 的坐席" if to else "负责这件事的坐席"
    return _says(f"正在为您转给{whom}，刚才说过的一并转过去，不用再说一遍。请稍等。")


def requeued() -> Reply:
    return _says("非常抱歉让您久等了，刚才的坐席没能及时回复。已把您排到最前面，由其他坐席接着为您服务。")


def nobody_came() -> Reply:
    return _says("非常抱歉让您久等了，现在没有坐席能接待。我这就给您登记人工回电。")


def still_there() -> Reply:
    return Reply(
        speaker=Speaker.SYSTEM,
        text="您好，请问还在吗？需要的话请接着说；一直没有回复，这次对话就先结束，以后随时可以再来。",
    )


def thanks() -> Reply:
    ask = "感谢您的咨询，这次人工服务已结束。请问您对刚才的服务满意吗？还有别的事，也可以直接说。"
    buttons = [Button(title=each, payload=each) for each in RATINGS]
    return Reply(speaker=Speaker.SYSTEM, text=ask, buttons=buttons, card={"kind": "served_by", "agent": None})


def rated(given: str) -> Reply:
    if given == RATINGS[2]:
        return _says("非常抱歉没有让您满意，您的评价已经记下。有意见要反映，或者事情还没办好，请直接说。")
    return _says("谢谢您的评价！还有别的事，请直接说。")


def _says(text: str, *, agent: str | None = None) -> Reply:
    """A page labels by the card who answers from here on."""
    return Reply(speaker=Speaker.SYSTEM, text=text, card={"kind": "served_by", "agent": agent})
