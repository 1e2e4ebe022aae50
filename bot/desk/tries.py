"""How often signing in was tried, counted in the database: by all processes together, and through a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import Connection, Engine, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.desk.tables import tries
from bot.errors import TooManySignIns
from bot.rates import network


@dataclass(frozen=True, kw_only=True)
class Limit:
    most: int
    within: timedelta  # from the first try on


OF_ADDRESS: Final = Limit(most=30, within=timedelta(minutes=1))  # a whole shift may sit behind one
OF_ACCOUNT: Final = Limit(most=10, within=timedelta(minutes=10))


class Tries:
    """Blocking."""

    def __init__(self, database: Engine) -> None:
        self._writing = writing(database)

    def count(self, *, address: str, job_number: str, at: datetime) -> None:
        """One more. Raises TooManySignIns with `retry_after`, in seconds."""
        with self._writing.begin() as connection:
            connection.execute(delete(tries).where(tries.c.until <= at))
        limits = {f"address:{network(address)}": OF_ADDRESS, f"account:{job_number}": OF_ACCOUNT}
        with self._writing.begin() as connection:
            over = _over(connection, limits, at=at)
        if over:
            raise TooManySignIns(retry_after=max(1, ceil((over - at).total_seconds())))


def _over(connection: Connection, limits: Mapping[str, Limit], *, at: datetime) -> datetime | None:
    """Until when no more is allowed. None: this one still is."""
    for who, limit in limits.items():
        made, until = _one_more(connection, who, within=limit.within, at=at)
        if made > limit.most:
            return until
    return None


def _one_more(connection: Connection, who: str, *, within: timedelta, at: datetime) -> tuple[int, datetime]:
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    lapsed = tries.c.until <= at
    counted = upsert(tries).values(who=who, made=1, until=at + within)
    again = {
        "made": case((lapsed, 1), else_=tries.c.made + 1),
        "until": case((lapsed, at + within), else_=tries.c.until),
    }
    stated = counted.on_conflict_do_update(index_elements=["who"], set_=again).returning(tries.c.made, tries.c.until)
    row = connection.execute(stated).one()
    return row.made, row.until
