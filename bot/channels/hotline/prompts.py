"""What the hotline itself says, beside the dialogue, and what it understands by itself, without the engine."""

import re
from collections.abc import Sequence
from typing import Final

from bot.conversations.messages import Button

PERSONAL_DATA: Final = "您说的话、号码和地址会保存，只用来办您的事，要查看或删除可以找人工。"
HOLD_ON: Final = "请稍等，马上好。"
STILL_LOOKING: Final = "还在为您办，请再等一下。"
STILL_AWAY: Final = "还没有办好，您刚才说的已经记下。您可以接着等，或者按零找人工。"
STILL_THERE: Final = "您好，请问还在吗？"
ALWAYS_THERE: Final = "我一直在线，您随时可以说话，按零找人工。"
SAY_AGAIN: Final = "不好意思，刚才没听清，请您再说一遍。"
SAY_ANEW: Final = "好的，请您再说一遍。"
APOLOGY: Final = "抱歉，系统出了点问题，请您再说一遍，按零找人工。"
TO_A_PERSON: Final = "正在为您转人工，请不要挂机。"
CONNECTING: Final = "轮到您了，马上为您接通人工。"
NOT_YOUR_TURN: Final = "前面的客户还没有接完。您可以接着等人工，也可以说取消，由我继续帮您。接着等吗？"
STILL_WAITING: Final = "好的，请接着等，您排在前面。"
NO_AGENT: Final = "人工坐席现在都在通话，没能接通。"
AS_BEFORE: Final = "好的，由我继续帮您。请问您要办什么事？"
ANYTHING_ELSE: Final = "还有别的事吗？"  # not asked of who has said goodbye
BACK_AGAIN: Final = f"由机器人接着为您服务。{ANYTHING_ELSE}"
HANG_UP_FIRST: Final = "请您先挂机"
FAREWELL: Final = f"{HANG_UP_FIRST}。再见。"
PERSON: Final = "人工"
YES_NO_KEYS: Final = "12"
NOBODY_THERE: Final = f"没有听到您说话，我们过些时候再联系您。{FAREWELL}"
NOTHING_MORE: Final = f"没有听到您说话，先不打扰您了，有事随时打给我们。{FAREWELL}"

_FILLERS: Final = (
    r"(?:[啊呃嗯哦喂诶哎那这好的了吧呢呀嘛吗么哈，。！？、\s]|那个|就是|请|麻烦|您|你|给?我|能不能|可以|师傅|同志)*"
)
_REPEAT: Final = re.compile(
    rf"{_FILLERS}(?:(?:刚才|刚刚)?(?:那?个?(?:工单号?|单号|号码|电话|时间|地址))?{_FILLERS}"
    rf"(?:再(?:说|讲|念|报|来|重复)(?:一?[遍次下])?|重复(?:一?[遍次下])?|没[有]?听(?:清楚?|见|到|明白)|听不清楚?|慢一?点[说讲念]?"
    rf"|说慢一?点|(?:刚才|刚刚)?你?说(?:的是?)?(?:什么|啥)来?着?)){_FILLERS}(?:[一1][遍次下])?{_FILLERS}"
)
_YES: Final = re.compile(rf"{_FILLERS}(?:对|是|没错|就是|行|可以|嗯|好){_FILLERS}(?:对|是|的|没错)*{_FILLERS}")
_NO: Final = re.compile(rf"{_FILLERS}(?:不对?|不是|错了?|没有|不是这个|说错了?){_FILLERS}")
_GOODBYE: Final = re.compile(r"再见|拜拜|挂了啊?$|先挂")
_PICKS_UP: Final = re.compile(
    r"(?:喂+|诶|哎|[您你]好|谁啊?|哪位|哪里|什么事|[您你](?:是)?(?:谁|哪位|哪里|哪个)|[啊呀呢吗，。？! ])+"
)
_MACHINE: Final = re.compile(
    r"(?:暂时|正忙|现在)?无法接[听通]|已关机|不在服务区|正在通话中?，?请|请稍后再[拨打]|语音信箱|(?:[嘀滴哔]|提示音).{0,3}[声后].{0,4}留言|请留言"
)
_CANCELS: Final = re.compile(r"取消|不等了|不用等|算了|你[来接继]|机器|自己办|不要人工|不用人工")
_LONGEST_GOODBYE: Final = 12
_DOUBT: Final = re.compile(r"您是说“(.+)”，对吗？", re.DOTALL)


def welcome(greeting: str, *, is_known: bool) -> list[str]:
    """The operator's own greeting 欢迎语; after its hello who speaks and what is kept of whom we don't know yet."""
    hello, _, invitation = greeting.partition("。")
    return [f"{hello}。我是机器人。{'' if is_known else PERSONAL_DATA}", *([invitation] if invitation else [])]


def picks_up(text: str) -> bool:
    """喂, 你好, 哪位: said by who is called, before hearing why."""
    return _PICKS_UP.fullmatch(text) is not None


def is_machine(text: str) -> bool:
    """What an exchange or a mailbox says instead of the customer."""
    return _MACHINE.search(text) is not None


def asks_again(text: str) -> bool:
    """再说一遍, 重复一下, 刚才那个号码没听清."""
    return _REPEAT.fullmatch(text) is not None


def says_goodbye(text: str) -> bool:
    return len(text) <= _LONGEST_GOODBYE and _GOODBYE.search(text) is not None


def agrees(text: str) -> bool:
    return _YES.fullmatch(text) is not None


def denies(text: str) -> bool:
    return _NO.fullmatch(text) is not None


def comes_back(text: str) -> bool:
    """取消, said by who waits for a person."""
    return _CANCELS.search(text) is not None


def doubt(text: str) -> str:
    """What was heard and may be wrong, asked back."""
    return f"您是说“{text.replace('“', '').replace('”', '')}”，对吗？"


def doubted(question: str) -> str | None:
    """What such a question asked back."""
    found = _DOUBT.fullmatch(question)
    return found[1] if found else None


def menu(buttons: Sequence[Button]) -> str:
    """The keys 按键 for who can't make themselves heard."""
    if not buttons:
        return "没有听到您说话。您可以直接说，也可以用键盘输入号码，输完按井号。按星号再听一遍，按零找人工。"
    keys = "，".join(f"{button.title}请按 {key}" for key, button in enumerate(buttons, start=1))
    return f"没有听到您说话，您也可以按键。{keys}。按星号再听一遍，按零找人工。"


def position(ahead: int) -> str:
    """`ahead`: how many are served first."""
    return f"前面还有 {ahead} 位，请稍等。过一会儿我问您一次，那时说取消，就由我继续帮您。"
