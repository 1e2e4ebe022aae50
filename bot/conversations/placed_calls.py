"""The calls that we place 外呼, and how far each has come. A state moves on only, whoever tells of it, however late."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.tables import calls


class CallState(StrEnum):
    WANTED = "wanted"
    PLACING = "placing"  # the platform is being asked for it
    RINGING = "ringing"
    CONNECTED = "connected"  # somebody has picked up 接通
    REACHED = "reached"  # and said something
    UNANSWERED = "unanswered"  # busy, nobody there, or nobody who spoke
    REFUSED = "refused"  # the platform does not place it


BEFORE: Final[dict[CallState, Sequence[CallState]]] = {
    CallState.RINGING: (CallState.PLACING,),
    CallState.CONNECTED: (CallState.PLACING, CallState.RINGING),
    CallState.REACHED: (CallState.PLACING, CallState.RINGING, CallState.CONNECTED, CallState.UNANSWERED),
    CallState.UNANSWERED: (CallState.PLACING, CallState.RINGING, CallState.CONNECTED),
    CallState.REFUSED: (CallState.PLACING,),
}


@dataclass(frozen=True, kw_only=True)
class PlacedCall:
    """`id` is also its conversation's; `opening`: who calls and why; `visit`: the ticket whose return visit it is;
    `at`: since when it is in this state; `sid`: the platform's own number of the call."""

    id: str
    phone: str
    opening: str
    visit: str | None
    state: CallState
    at: datetime
    sid: str | None = None


class PlacedCalls:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def wanted(self, *, name: str, phone: str, opening: str, visit: str | None, at: datetime) -> PlacedCall:
        """The call as it stands; asked for again it is the same one."""
        row = {"id": name, "phone": phone, "opening": opening, "visit": visit, "state": CallState.WANTED, "at": at}
        with self._writing.begin() as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            connection.execute(insert(calls).values(row).on_conflict_do_nothing(index_elements=["id"]))
            found = connection.execute(select(calls).where(calls.c.id == name)).mappings().one()
            return _call(dict(found))

    def take(self, call: PlacedCall, *, at: datetime) -> bool:
        """Whoever gets True places it, and nobody else, unless it dies over it."""
        as_it_was = calls.c.id == call.id, calls.c.state == call.state, calls.c.at == call.at
        with self._writing.begin() as connection:
            taken = connection.execute(update(calls).where(*as_it_was).values(state=CallState.PLACING, at=at))
            return taken.rowcount == 1

    def become(self, state: CallState, *, name: str, at: datetime, sid: str | None = None) -> bool:
        """False where it is further on already, or there is no such call."""
        before = calls.c.id == name, calls.c.state.in_(BEFORE[state])
        changed = {"state": state, "at": at} | ({"sid": sid} if sid else {})
        with self._writing.begin() as connection:
            return connection.execute(update(calls).where(*before).values(changed)).rowcount == 1

    def get(self, *, name: str) -> PlacedCall | None:
        with self._reading.begin() as connection:
            found = connection.execute(select(calls).where(calls.c.id == name)).mappings().one_or_none()
        return _call(dict(found)) if found else None


def _call(row: dict[str, object]) -> PlacedCall:
    known = {field.name: row[field.name] for field in fields(PlacedCall)}
    return PlacedCall(**{**known, "state": CallState(str(row["state"]))})  # type: ignore[arg-type]
