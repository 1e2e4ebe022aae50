"""Who has proven which ticket to be theirs, and who guessed, in SQL."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from backend.domain.ticket import TicketNumber
from backend.store.tables import failed_attempt, proven


class SqlProofs:
    """The part of `backend.ports.Tickets` that `backend.usecases.proof` asks."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def failed_attempts_of_conversation(self, *, conversation: str, since: datetime) -> int:
        return self._attempts(failed_attempt.c.conversation == conversation, failed_attempt.c.at > since)

    def failed_attempts_at_ticket(self, *, number: str, since: datetime) -> int:
        return self._attempts(failed_attempt.c.ticket_number == number, failed_attempt.c.at > since)

    def has_proven(self, *, number: TicketNumber, conversation: str) -> bool:
        of_both = proven.c.ticket_number == str(number), proven.c.conversation == conversation
        return self._sql.execute(select(proven.c.at).where(*of_both)).first() is not None

    def record_proven(self, *, number: TicketNumber, conversation: str, at: datetime) -> None:
        if not self.has_proven(number=number, conversation=conversation):
            self._sql.execute(insert(proven), {"ticket_number": str(number), "conversation": conversation, "at": at})

    def record_failed_attempt(self, *, number: str, conversation: str, at: datetime) -> None:
        self._sql.execute(insert(failed_attempt), {"ticket_number": number, "conversation": conversation, "at": at})

    def _attempts(self, *conditions: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(failed_attempt).where(*conditions)
        return self._sql.execute(counted).scalar_one()
