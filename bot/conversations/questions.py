"""The question of ours that a customer's message answers, where we asked one of our own accord."""

from sqlalchemy import Connection, func, select

from bot.conversations.messages import Speaker
from bot.conversations.tables import messages, notices


def question_open(connection: Connection, conversation: str, *, before: int) -> dict[str, str]:
    """`visit`: the ticket whose return visit was asked for since the customer last said something, before this seq."""
    said = select(func.max(messages.c.seq)).where(
        messages.c.conversation == conversation, messages.c.speaker == Speaker.CUSTOMER, messages.c.seq < before
    )
    asked = select(notices.c.visit).where(
        notices.c.conversation == conversation,
        notices.c.visit.is_not(None),
        notices.c.seq > func.coalesce(said.scalar_subquery(), 0),
    )
    visit = connection.scalar(asked.order_by(notices.c.seq.desc()).limit(1))
    return {"visit": visit} if visit else {}
