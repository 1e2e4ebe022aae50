"""Who sits at the desk 在线坐席: known by a heartbeat, and gone when none has come in time."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.tables import presence, takeovers
from bot.conversations.takeover import State
from bot.errors import HandsFull, NotPresent

LASTS: Final = timedelta(seconds=45)  # a page beats every 15 s; a laptop's lid that closes is noticed within this
CAPACITY: Final = 5  # conversations at the same time, unless the desk says otherwise


@dataclass(frozen=True, kw_only=True)
class Seat:
    """`capacity`: conversations at the same time; `team`: the key of the agent's department, if any."""

    agent: str
    until: datetime
    capacity: int
    team: str | None


class Presence:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def beat(self, *, agent: str, at: datetime, capacity: int = CAPACITY, team: str | None = None) -> None:
        row = {"agent": agent, "until": at + LASTS, "capacity": capacity, "team": team}
        with self._writing.begin() as connection:
            upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            again = upsert(presence).values(row).on_conflict_do_update(index_elements=["agent"], set_=row)
            connection.execute(again)

    def leave(self, *, agent: str) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(presence).where(presence.c.agent == agent))

    def seats(self, *, at: datetime) -> list[Seat]:
        with self._reading.begin() as connection:
            return seats(connection, at=at)


def seats(connection: Connection, *, at: datetime) -> list[Seat]:
    there = select(presence).where(presence.c.until > at).order_by(presence.c.agent)
    rows = connection.execute(there).mappings()
    return [Seat(**{field.name: row[field.name] for field in fields(Seat)}) for row in rows]


def take_seat(connection: Connection, *, agent: str, at: datetime) -> None:
    """Room for one more: the agent's row is locked, so two claims at once can't both take the last place.

    Raises NotPresent, HandsFull.
    """
    there = update(presence).where(presence.c.agent == agent, presence.c.until > at).values(agent=agent)
    capacity = connection.execute(there.returning(presence.c.capacity)).scalar_one_or_none()
    if capacity is None:
        raise NotPresent
    has = select(func.count()).where(takeovers.c.agent == agent, takeovers.c.state == State.AGENT)
    if (connection.scalar(has) or 0) >= capacity:
        raise HandsFull(most=capacity)
