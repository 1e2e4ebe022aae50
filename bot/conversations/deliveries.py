"""What was said and still has to be pushed, on a channel whose customers don't fetch it. The mark moves one way."""

from sqlalchemy import Engine, select, update

from bot.conversations.database import writing
from bot.conversations.messages import Message, Speaker
from bot.conversations.rows import message_of
from bot.conversations.tables import conversations, messages


class Deliveries:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def undelivered(self, *, conversation: str) -> list[Message]:
        """What was said to the customer and not yet pushed to a channel that wants it pushed."""
        wanted = (
            select(messages)
            .join(conversations, conversations.c.id == messages.c.conversation)
            .where(messages.c.conversation == conversation, messages.c.seq > conversations.c.delivered)
            .where(messages.c.speaker != Speaker.CUSTOMER)
            .order_by(messages.c.seq)
        )
        with self._reading.begin() as connection:
            return [message_of(row) for row in connection.execute(wanted).mappings()]

    def waiting_for_delivery(self, *, channel: str) -> list[str]:
        """The conversations of this channel with something undelivered."""
        wanted = (
            select(conversations.c.id)
            .join(messages, messages.c.conversation == conversations.c.id)
            .where(conversations.c.channel == channel, messages.c.seq > conversations.c.delivered)
            .where(messages.c.speaker != Speaker.CUSTOMER)
            .distinct()
        )
        with self._reading.begin() as connection:
            return list(connection.scalars(wanted))

    def delivered(self, *, conversation: str, before: int, up_to: int) -> bool:
        """Moves the mark from `before` to `up_to`; False where somebody else has moved it: theirs are the messages."""
        changed = update(conversations).where(conversations.c.id == conversation, conversations.c.delivered == before)
        with self._writing.begin() as connection:
            return connection.execute(changed.values(delivered=up_to)).rowcount == 1
