"""A message that we start 主动触达, on WeChat: as a customer-service message, else as a template message."""

import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.errors import NotFollowing, WechatUnavailable
from bot.channels.wechat.sender import Sender
from bot.conversations.messages import Conversation
from bot.outreach.reach import Reach

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NO_NUMBER: Final = "-"
_TICKET: Final = re.compile(r"(?<!\d)\d{6} ?\d{4,6} ?\d(?!\d)")
logger: Final = structlog.get_logger()


class Follower:
    """A follower of the account. What they could only be told of stands in the conversation, and is given to them
    with the next reply."""

    def __init__(self, *, api: WechatApi, sender: Sender, operator: str, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._sender = sender
        self._operator = operator
        self._clock = clock

    async def __call__(self, conversation: Conversation, text: str) -> Reach:
        """NONE also while WeChat is away: it is sent when it is back, and by another way now."""
        if await self._sender.deliver(conversation.id):
            return Reach.WECHAT
        try:
            told = await self._api.send_template(
                str(conversation.peer), self._values(text), key=_key(conversation.id, text)
            )
        except (NotFollowing, WechatUnavailable) as closed:
            logger.warning("wechat_template_failed", conversation=conversation.id, why=type(closed).__name__)
            return Reach.NONE
        return Reach.TEMPLATE if told else Reach.NONE

    def _values(self, text: str) -> dict[str, str]:
        number = _TICKET.search(text)
        return {
            "title": f"{self._operator}服务通知",
            "number": number[0] if number else NO_NUMBER,
            "time": f"{self._clock().astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "note": text,
        }


def _key(conversation: str, text: str) -> str:
    """The same message is the same template message, also when it is pushed again."""
    return sha256(f"{conversation}\n{text}".encode()).hexdigest()[:32]
