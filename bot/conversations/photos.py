"""The photos 照片 that customers send, kept with their conversations."""

from dataclasses import asdict

from sqlalchemy import Engine, insert, select

from bot.conversations.database import writing
from bot.conversations.messages import Attachment
from bot.conversations.rows import locked
from bot.conversations.tables import attachments
from bot.errors import AttachmentUnknown


class Photos:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def keep(self, attachment: Attachment) -> None:
        """The same id again changes nothing. Raises ConversationUnknown."""
        with self._writing.begin() as connection:
            locked(connection, attachment.conversation)
            if connection.scalar(select(attachments.c.id).where(attachments.c.id == attachment.id)) is None:
                connection.execute(insert(attachments).values(asdict(attachment)))

    def get(self, *, conversation: str, attachment: str) -> Attachment:
        """Raises AttachmentUnknown."""
        wanted = select(attachments).where(attachments.c.id == attachment, attachments.c.conversation == conversation)
        with self._reading.begin() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            raise AttachmentUnknown
        return Attachment(**row)
