"""By what a notice reached its customer: written down once, so that a repeated notice is answered as the first was."""

from sqlalchemy import Engine, select, update

from bot.conversations.database import writing
from bot.conversations.tables import notices


class Reached:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def by(self, *, notice_id: str) -> str | None:
        with self._reading.begin() as connection:
            return connection.scalar(select(notices.c.reach).where(notices.c.id == notice_id))

    def write_down(self, *, notice_id: str, reach: str) -> str:
        """What stands there then: of two at once the first."""
        unknown = notices.c.id == notice_id, notices.c.reach.is_(None)
        with self._writing.begin() as connection:
            connection.execute(update(notices).where(*unknown).values(reach=reach))
            stands: str = connection.execute(select(notices.c.reach).where(notices.c.id == notice_id)).scalar_one()
            return stands
