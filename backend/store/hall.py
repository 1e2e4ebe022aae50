"""The hall in SQL: duty log and opinion book."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, case, func, or_, select, update

from backend.domain.hall import DutyNote, Opinion, OpinionKind
from backend.domain.ticket_number import TicketNumber
from backend.domain.ticket_states import OPEN
from backend.store.agenda import insert_once
from backend.store.tables import duty_note, opinion, ticket


class SqlDutyNotes:
    """`backend.ports.DutyNotes` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, note: DutyNote) -> DutyNote:
        row = asdict(note)
        del row["number"]
        insert_once(self._sql, duty_note, row)
        return self._many(duty_note.c.key == note.key)[0]

    def get(self, *, number: int) -> DutyNote | None:
        return next(iter(self._many(duty_note.c.number == number)), None)

    def save(self, ended: DutyNote) -> None:
        self._sql.execute(update(duty_note).where(duty_note.c.number == ended.number), asdict(ended))

    def written(self, *, since: datetime, until: datetime) -> Sequence[DutyNote]:
        return self._many(duty_note.c.at >= since, duty_note.c.at < until)

    def carried(self, *, to: datetime) -> Sequence[DutyNote]:
        unfinished = or_(duty_note.c.ended_at.is_(None), duty_note.c.ended_at >= to)
        return self._many(duty_note.c.event, duty_note.c.at < to, unfinished)

    def _many(self, *conditions: Any) -> Sequence[DutyNote]:
        found = self._sql.execute(select(duty_note).where(*conditions).order_by(duty_note.c.at, duty_note.c.number))
        return tuple(DutyNote(**row) for row in found.mappings())


class SqlOpinions:
    """`backend.ports.Opinions` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, opinion_: Opinion) -> Opinion:
        row = asdict(opinion_)
        del row["number"], row["ticket"]
        number = str(opinion_.ticket) if opinion_.ticket else None
        insert_once(self._sql, opinion, row | {"ticket_number": number})
        return self.of_key(key=opinion_.key)

    def of_key(self, *, key: str) -> Opinion:
        row = self._sql.execute(select(opinion).where(opinion.c.key == key)).mappings().one_or_none()
        if row is None:
            raise KeyError(key)
        return _read(row)

    def page(self, *, offset: int, limit: int) -> Sequence[Opinion]:
        oldest_first, newest_first = opinion.c.number, -opinion.c.number
        order = case((_UNANSWERED, 0), else_=1), case((_UNANSWERED, oldest_first), else_=newest_first)
        page = select(opinion).select_from(_TRACKED).order_by(*order).offset(offset).limit(limit)
        return tuple(_read(row) for row in self._sql.execute(page).mappings())

    def unanswered(self) -> int:
        owed = select(func.count()).select_from(_TRACKED).where(_UNANSWERED)
        return self._sql.execute(owed).scalar_one()

    def count(self) -> int:
        return self._sql.execute(select(func.count()).select_from(opinion)).scalar_one()


_TRACKED: Final = opinion.outerjoin(ticket, ticket.c.number == opinion.c.ticket_number)
_UNANSWERED: Final = and_(ticket.c.status.in_(OPEN), ticket.c.responded_at.is_(None))


def _read(row: RowMapping) -> Opinion:
    fields = dict(row)
    number = fields.pop("ticket_number")
    return Opinion(
        **{**fields, "kind": OpinionKind(fields["kind"]), "ticket": TicketNumber(number) if number else None}
    )
