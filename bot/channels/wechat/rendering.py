"""How messages look on WeChat: text in one bubble, options with their numbers or to be clicked, never too long."""

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from bot.conversations.messages import Button, Message, Speaker

MOST_BYTES: Final = 2048  # of one text, in UTF-8
CHOOSE: Final = "回复数字即可选择："
CLICK: Final = "点一下即可选择，也可以直接打字。"
MENU_STEP: Final = 100  # more than a message has options
TEMPLATE_LENGTHS: Final = {"thing": 20, "phrase": 5, "character_string": 32, "name": 10}


def text_of(message: Message) -> str:
    """Who speaks stands before what a person says; the card of a ticket repeats its text, so it is left out."""
    return f"【坐席 {message.author}】{message.text}" if message.speaker is Speaker.AGENT else message.text


def merged(messages: Sequence[Message]) -> str:
    return "\n\n".join(text_of(message) for message in messages)


def options_of(messages: Sequence[Message]) -> tuple[Sequence[Button], int]:
    """Those offered last, and the seq of the message that offers them."""
    return next(((each.buttons, each.seq) for each in reversed(messages) if each.buttons), ((), 0))


def numbered(text: str, options: Sequence[Button]) -> str:
    listed = "\n".join(f"{number}. {option.title}" for number, option in enumerate(options, start=1))
    return f"{text}\n\n{CHOOSE}\n{listed}" if options else text


def menu_message(text: str, options: Sequence[Button], *, menu: int) -> dict[str, Any]:
    """菜单消息; the id of an option is made of the seq of its message and its number there."""
    listed = [
        {"id": str(menu * MENU_STEP + number), "content": option.title}
        for number, option in enumerate(options, start=1)
    ]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": text, "list": listed, "tail_content": CLICK}}


def clicked(menu_id: str) -> tuple[int, int] | None:
    """The seq and the number of the option that was clicked; None for an id that is not ours."""
    if not (menu_id.isascii() and menu_id.isdigit() and len(menu_id) <= 12):
        return None
    return divmod(int(menu_id), MENU_STEP)


def fits(text: str) -> bool:
    return len(text.encode()) <= MOST_BYTES


def pieces(text: str) -> list[str]:
    """The text in parts that WeChat takes, cut where a line or a sentence ends if there is such a place."""
    found: list[str] = []
    while not fits(text):
        head = text.encode()[:MOST_BYTES].decode(errors="ignore")
        cut = max(head.rfind("\n"), *(head.rfind(end) + 1 for end in "。！？；"), 0) or len(head)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def template_value(keyword: str, value: str) -> str:
    """As long as WeChat takes for such a keyword (thing1, phrase2, …), on one line."""
    line = " ".join("".join(sign for sign in value if unicodedata.category(sign) != "Cc" or sign == "\n").split())
    most = TEMPLATE_LENGTHS.get(keyword.rstrip("0123456789"), len(line))
    return line if len(line) <= most else f"{line[: most - 1]}…"
