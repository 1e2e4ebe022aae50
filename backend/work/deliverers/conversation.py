"""Into the customer's conversation, as a notice of the bot. The bot knows a notice again by its id, and says whether it
reached anybody: a page that nobody has open reaches nobody, and the message goes to the phone as well."""

from dataclasses import dataclass
from typing import Final

from backend.ports import Message
from backend.work.deliverers.bot import Bot, Unknown
from backend.work.outgoing import instead

NOBODY: Final = "none"


@dataclass(frozen=True, kw_only=True)
class ToConversation:
    bot: Bot

    def __call__(self, message: Message, *, time_out: float) -> Message | None:
        notice = {"id": message.key, "conversation": message.recipient, "text": message.body["text"]}
        if "visit" in message.body:
            notice["visit"] = message.body["visit"]
        try:
            reach = self.bot.asked("/internal/notices", notice, answer="reach", time_out=time_out)
        except Unknown:
            if "phone" not in message.body:
                raise
            reach = NOBODY
        return instead(message) if reach == NOBODY and "phone" in message.body else None
