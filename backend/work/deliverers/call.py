"""A call to the customer, placed by the bot, which owns the telephone and is asked how it stands until it is over.

Nobody picks up: the next try comes by itself, and after the last one an SMS. No telephone is set up: an SMS each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backend.ports import Message, NotYet
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.bot import Bot
from backend.work.outgoing import instead, is_last

LOOKED_AT_EVERY: Final = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class ToCall:
    bot: Bot
    clock: Callable[[], datetime]

    def __call__(self, message: Message, *, time_out: float) -> Message | None:
        call = {
            "id": message.body["call_id"],
            "phone": message.recipient,
            "text": message.body["text"],
            "visit": message.body["visit"],
        }
        match self.bot.asked("/internal/calls", call, answer="outcome", time_out=time_out):
            case "under_way":
                raise NotYet(at=self.clock() + LOOKED_AT_EVERY)
            case "reached":
                return None
            case "unanswered":
                return instead(message) if is_last(message) else None
            case "none":
                return instead(message)
            case other:
                raise NotDelivered(f"an outcome that none is: {other}")
