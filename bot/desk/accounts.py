"""Accounts of staff: a password for a job number of the charter, never more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, exists, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from backend.domain.charter import Charter, StaffMember
from backend.domain.errors import NobodyOnDuty
from backend.domain.staff import StaffGrade
from bot.conversations.database import writing
from bot.desk.tables import accounts, sessions

ONE_TIME_LASTS: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Account:
    """`one_time`: the password was issued by somebody else and is to be changed first."""

    job_number: str
    password_hash: str
    one_time: bool
    set_at: datetime

    def has_lapsed(self, *, now: datetime) -> bool:
        return self.one_time and now - self.set_at > ONE_TIME_LASTS


class Accounts:
    """Blocking."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def of(self, job_number: str) -> Account | None:
        with self._reading.begin() as connection:
            row = connection.execute(select(accounts).where(accounts.c.job_number == job_number)).mappings().first()
            return Account(**row) if row else None

    def job_numbers(self) -> frozenset[str]:
        with self._reading.begin() as connection:
            return frozenset(connection.scalars(select(accounts.c.job_number)))

    def open_first(self, *, job_number: str, password_hash: str, at: datetime) -> bool:
        """False, and nothing written, where there is an account already."""
        row = select(literal(job_number), literal(password_hash), literal(True), literal(at, accounts.c.set_at.type))
        with self._writing.begin() as connection:
            upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            first = upsert(accounts).from_select(
                ["job_number", "password_hash", "one_time", "set_at"], row.where(~exists(select(accounts)))
            )
            opened = first.on_conflict_do_nothing().returning(accounts.c.job_number)
            return connection.scalar(opened) is not None

    def issue(self, *, job_number: str, password_hash: str, at: datetime) -> None:
        """A one-time password in the place of what there was; every session of the account ends."""
        values = {"password_hash": password_hash, "one_time": True, "set_at": at}
        with self._writing.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.job_number == job_number))
            changed = connection.execute(update(accounts).where(accounts.c.job_number == job_number).values(values))
            if not changed.rowcount:
                connection.execute(insert(accounts).values(job_number=job_number, **values))

    def change(self, *, account: Account, password_hash: str, at: datetime) -> bool:
        """The member's own; every session ends. False where somebody changed it in between."""
        same = accounts.c.job_number == account.job_number, accounts.c.password_hash == account.password_hash
        with self._writing.begin() as connection:
            values = {"password_hash": password_hash, "one_time": False, "set_at": at}
            if connection.execute(update(accounts).where(*same).values(values)).rowcount != 1:
                return False
            connection.execute(delete(sessions).where(sessions.c.job_number == account.job_number))
            return True


def first_member(charter: Charter) -> StaffMember:
    """Who gets the first password: the most senior leader, where there is none the most senior supervisor.

    Raises NobodyOnDuty where the charter has neither.
    """
    for grade in (StaffGrade.LEADER, StaffGrade.SUPERVISOR):
        members = [member for member in charter.staff if member.grade is grade]
        if members:
            return min(members, key=lambda member: (-member.rank, member.job_number))
    raise NobodyOnDuty
